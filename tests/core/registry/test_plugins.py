from collections.abc import Sequence
from dataclasses import replace

import pytest

from gateway.core.contract.declaration import (
    PLUGIN_API,
    Declaration,
    Instance,
    LoginMethod,
    Quality,
)
from gateway.core.errors import PluginBroken, PluginIncompatible, Text, UnknownProvider
from gateway.core.hooks import hookimpl
from gateway.core.registry.plugins import Registry

TEXT = Text("Проба", "Sample")
SAMPLE = Declaration(
    name="sample",
    api=PLUGIN_API,
    title=TEXT,
    platform="sample",
    quality=Quality.BRONZE,
    instances=(
        Instance(key="main", title=TEXT, hosts={"api": "https://sample.example"}, regions=("77",)),
    ),
    login_methods=(LoginMethod(name="password:site", title=TEXT),),
    capabilities={},
    adapter="sample:Adapter",
    emulator="sample:Emulator",
)


class Plugin:
    def __init__(self, *declarations: Declaration) -> None:
        self.declarations = declarations

    @hookimpl
    def gateway_providers(self) -> Sequence[Declaration]:
        return self.declarations


class Raising:
    @hookimpl
    def gateway_providers(self) -> Sequence[Declaration]:
        raise RuntimeError("out of order")


class Point:
    def __init__(self, name: str, plugin: object) -> None:
        self.name = name
        self._plugin = plugin

    def load(self) -> object:
        if isinstance(self._plugin, Exception):
            raise self._plugin
        return self._plugin


def test_a_broken_plugin_is_named_and_hides_no_other() -> None:
    registry = Registry(
        [
            Point("missing", ImportError("no module")),
            Point("raising", Raising()),
            Point("good", Plugin(SAMPLE)),
        ]
    )
    assert list(registry.providers) == ["sample"]
    assert [item.name for item in registry.skipped] == ["missing", "raising"]
    assert all(isinstance(item.error, PluginBroken) for item in registry.skipped)


def test_an_unknown_provider_is_told_what_was_skipped() -> None:
    registry = Registry([Point("missing", ImportError("no module"))])
    with pytest.raises(UnknownProvider, match="missing"):
        registry.provider("sample")


@pytest.mark.parametrize(
    "api", [(PLUGIN_API[0] + 1, 0), (PLUGIN_API[0], PLUGIN_API[1] + 1), (PLUGIN_API[0] - 1, 9)]
)
def test_another_plugin_api_is_reported_with_what_to_install(api: tuple[int, int]) -> None:
    registry = Registry([Point("old", Plugin(replace(SAMPLE, api=api)))])
    assert not registry.providers
    error = registry.skipped[0].error
    assert isinstance(error, PluginIncompatible)
    wanted = "diary-gateway" if api > PLUGIN_API else "old"
    assert f"newer {wanted}" in error.message


def test_a_name_belongs_to_its_first_plugin() -> None:
    registry = Registry([Point("one", Plugin(SAMPLE)), Point("two", Plugin(SAMPLE))])
    assert len(registry.providers) == 1
    assert registry.skipped[0].name == "two"


def test_providers_are_found_by_region() -> None:
    registry = Registry([Point("one", Plugin(SAMPLE))])
    assert registry.for_region("77") == ((SAMPLE, "main"),)
    assert registry.for_region("78") == ()


def test_a_login_method_is_found_by_name_or_first_variant() -> None:
    method = SAMPLE.login_methods[0]
    assert SAMPLE.login_method() is method
    assert SAMPLE.login_method("password:site") is method
    assert SAMPLE.login_method("password") is method
    assert SAMPLE.login_method("pass") is None
