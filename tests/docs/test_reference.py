"""Every hook, capability, operation, setting and error is documented, or this fails."""

import dataclasses
import importlib.util
import inspect
from pathlib import Path
from types import ModuleType

import pytest

from gateway.cli.run import COMMANDS, app
from gateway.core import hooks
from gateway.core.config import Settings
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability
from gateway.core.contract.operation import OPERATIONS
from gateway.core.errors import ERRORS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_hook_and_its_arguments_are_documented(generate: ModuleType) -> None:
    page = generate.hook_page()
    found = [name for name, _ in inspect.getmembers(hooks, inspect.isfunction)]
    specified = [name for name in found if name.startswith("gateway_")]
    assert len(specified) == 5
    assert all(f"## `{name}`" in page for name in specified)


def test_every_error_is_documented(generate: ModuleType) -> None:
    page = generate.errors()
    assert all(f"`{code}`" in page for code in ERRORS)


def test_every_capability_and_operation_is_documented(generate: ModuleType) -> None:
    matrix, operations = generate.capabilities(()), generate.operations()
    assert all(f"`{item.value}`" in matrix for item in Capability)
    assert all(f"`{name}`" in operations for name in OPERATIONS)


def test_every_operation_has_its_capability_and_adapter_method() -> None:
    capabilities = [item.capability for item in OPERATIONS.values()]
    assert len(set(capabilities)) == len(capabilities)
    assert set(Capability) - set(capabilities) == {Capability.ATTACHMENTS}
    assert all(hasattr(Adapter, name) for name in OPERATIONS)


def test_every_setting_has_its_sentence() -> None:
    doc = inspect.getdoc(Settings) or ""
    for field in dataclasses.fields(Settings):
        assert f"{field.name}:" in doc, f"{field.name} is not documented"


def test_every_command_is_documented() -> None:
    assert COMMANDS
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    names = {item.name or item.callback.__name__ for item in app.registered_commands}  # type: ignore[union-attr]
    names |= {item.name for item in app.registered_groups if item.name}
    assert {"login", "week", "normalize", "sandbox"} <= names
    for name in names:
        assert f"`{name}`" in page, f"{name} is not documented"
