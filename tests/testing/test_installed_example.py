"""The example provider is installed from its own folder and found through its entry point."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.testing.conftest import EXAMPLE

_LOOK = """
from gateway.core.registry.plugins import Registry
registry = Registry()
declaration = registry.provider("lighthouse")
print(declaration.title.en, "gateway_lighthouse.adapter" in __import__("sys").modules)
"""


def test_the_example_is_found_through_its_entry_point(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    install += ["--no-build-isolation", "--disable-pip-version-check", "--target", str(tmp_path)]
    built = subprocess.run([*install, str(EXAMPLE)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    found = subprocess.run(
        [sys.executable, "-c", _LOOK],
        env={"PYTHONPATH": f"{tmp_path}:{Path.cwd()}"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout.split() == ["Lighthouse", "False"], found.stderr
