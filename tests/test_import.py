"""What importing the package and making a gateway may load."""

import json
import os
import subprocess
import sys

import pytest

_NEVER = ("tenacity", "pydantic_settings", "nh3", "cryptography", "keyring", "pytest")
_EXTRAS = ("typer", "starlette", "uvicorn", "aiohttp", "playwright", "hypothesis")


def loaded_by(statement: str) -> frozenset[str]:
    """Names of the modules that a fresh interpreter has after a statement, and had not before."""
    script = (
        "import json, sys\n"
        "before = set(sys.modules)\n"
        f"{statement}\n"
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    clean = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=clean
    )
    return frozenset(json.loads(done.stdout))


def under(modules: frozenset[str], *packages: str) -> list[str]:
    return sorted(
        name for name in modules if any(name == p or name.startswith(f"{p}.") for p in packages)
    )


def plugins_in(modules: frozenset[str]) -> list[str]:
    return sorted(name for name in modules if name.startswith("gateway_"))


def test_importing_the_package_loads_hardly_anything() -> None:
    modules = loaded_by("import gateway")

    assert "gateway" in modules
    assert under(modules, "gateway") == ["gateway"]
    assert under(modules, "asyncio", "pydantic", "msgspec", "pluggy", "ssl") == []


def test_importing_the_main_names_loads_no_provider_no_extra_and_no_http_client() -> None:
    modules = loaded_by("from gateway import AsyncGateway, Settings, GatewayError, Capability")

    assert "gateway.core.client.gateway" in modules
    assert plugins_in(modules) == []
    assert under(modules, "httpx", "httpcore", "rich", *_NEVER, *_EXTRAS) == []
    assert under(modules, "gateway.cli", "gateway.sandbox", "gateway.testing") == []
    assert under(modules, "gateway.core.replay", "gateway.core.client.sync") == []


@pytest.mark.parametrize(
    "plugin, most",
    [
        ("gateway_dnevnik_ru", 4),
        ("gateway_eljur", 5),
        ("gateway_gosuslugi", 15),  # the sign-in system of other diaries comes with it
        ("gateway_mos_ru", 5),
    ],
)
def test_making_a_gateway_loads_declarations_but_no_adapter_emulator_or_flow(
    plugin: str, most: int
) -> None:
    modules = loaded_by("from gateway import AsyncGateway; AsyncGateway()")

    assert f"{plugin}.declaration" in modules
    brought = under(modules, plugin)
    assert under(modules, f"{plugin}.adapter", f"{plugin}.reads") == []
    assert under(modules, f"{plugin}.emulator", f"{plugin}.login") == []
    assert under(modules, f"{plugin}.mapping", f"{plugin}.wire") == []
    assert under(modules, f"{plugin}.esia.crypto", f"{plugin}.esia.oauth") == []
    assert under(modules, f"{plugin}.esia.identity.headless", f"{plugin}.myschool") == []
    assert len(brought) <= most, brought
    # Making the transport loads httpx, which itself loads rich wherever that is installed.
    assert under(modules, *_NEVER, *_EXTRAS) == []
    assert under(modules, "gateway.cli", "gateway.sandbox", "gateway.testing") == []


def test_no_model_is_built_before_its_first_use() -> None:
    statement = (
        "from gateway import AsyncGateway, model; AsyncGateway()\n"
        "built = [name for name, item in vars(model).items() if isinstance(item, type)\n"
        "         and issubclass(item, model.Model) and item.__pydantic_complete__]\n"
        "assert not built, built"
    )

    assert "gateway.core.model.lessons" in loaded_by(statement)
