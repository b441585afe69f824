"""The pytest plugin is loaded by every run of an environment, so it must be cheap and harmless."""

import subprocess
import sys
from pathlib import Path

_DEAR = ("pydantic", "msgspec", "starlette", "uvicorn", "httpx", "gateway.core", "gateway.sandbox")


def test_importing_the_plugin_loads_nothing_dear() -> None:
    code = "import sys, gateway.testing.plugin; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "gateway.testing.plugin" in loaded
    assert [name for name in loaded if name.startswith(_DEAR)] == []


def test_an_unrelated_project_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text("def test_other():\n    assert True\n")
    command = [sys.executable, "-W", "error", "-m", "pytest", "-q", "--strict-markers"]
    command += ["-p", "no:asyncio", "-p", "no:cacheprovider", "test_other.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_names_of_the_package_are_those_it_promises() -> None:
    import gateway.testing as kit  # noqa: PLC0415 - looked at as a module

    assert dir(kit) == kit.__all__
    assert all(getattr(kit, name).__name__ == name for name in kit.__all__)
