import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gateway.cli.run import run
from gateway.sandbox.server import Sandbox


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Diary = Callable[..., Done]


@pytest.fixture
def diary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Diary:
    """Runs the command as a new user on a machine of their own."""
    for name in ("DIARY_LOGIN", "DIARY_PASSWORD", "DIARY_CODE", "DIARY_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DIARY_LANGUAGE", "en")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str, **environ: str) -> Done:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["diary", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        capsys.readouterr()
        code = int(run())
        captured = capsys.readouterr()
        for name in environ:
            monkeypatch.delenv(name)
        return Done(code, captured.out, captured.err)

    return command


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    with Sandbox(today=date(2026, 11, 20)).serving({"dnevnik_ru": 0}) as (served,):
        yield served.origin
