"""Environments for third-party clients and for the `[fast]` extra, thrown away after the run.

None of them is a dependency of the gateway; each gets a virtual environment of its own.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

REQUIREMENTS: Final[dict[str, tuple[str, ...]]] = {
    "school-mosreg-api": ("school-mosreg-api==0.9.4", "pydantic<2", "aiohttp", "requests"),
    "pydnevnikruapi": ("pydnevnikruapi==0.1.1",),
    "netschoolpy": ("netschoolpy==9.6.3",),
}
FAST: Final = ("aiohttp>=3.13",)
_PATIENCE: Final = 240


@dataclass
class Environments:
    """Made on first use, inside one temporary folder."""

    folder: Path
    missing: dict[str, str] = field(default_factory=dict)
    _made: dict[str, Path] = field(default_factory=dict)

    def python(self, peer: str) -> str | None:
        """The interpreter of a peer's environment; None if it cannot be had."""
        if peer in self.missing:
            return None
        if peer not in self._made:
            place = self.folder / peer
            try:
                _run(sys.executable, "-m", "venv", str(place))
                python = str(place / "bin" / "python")
                _run(python, "-m", "pip", "install", "-q", *REQUIREMENTS[peer])
            except (OSError, subprocess.SubprocessError) as error:
                self.missing[peer] = _reason(error)
                return None
            self._made[peer] = Path(python)
        return str(self._made[peer])

    def fast(self) -> str | None:
        """A folder with what `[fast]` needs, for PYTHONPATH; None if it cannot be had."""
        if "fast" in self.missing:
            return None
        if "fast" not in self._made:
            place = self.folder / "fast"
            try:
                _run(sys.executable, "-m", "pip", "install", "-q", "--target", str(place), *FAST)
            except (OSError, subprocess.SubprocessError) as error:
                self.missing["fast"] = _reason(error)
                return None
            self._made["fast"] = place
        return str(self._made["fast"])


def scratch() -> "tempfile.TemporaryDirectory[str]":
    """A folder for one run."""
    return tempfile.TemporaryDirectory(prefix="diary-benchmarks-")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        return lines[-1][:120] if lines else "pip failed"
    return type(error).__name__
