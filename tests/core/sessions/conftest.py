import os
from pathlib import Path

import pytest

from gateway.core.sessions.file import FileStore
from gateway.core.sessions.sealing import KeyRing


@pytest.fixture
def key() -> bytes:
    return os.urandom(32)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store"


@pytest.fixture
def store(directory: Path, key: bytes) -> FileStore:
    return FileStore(directory, KeyRing([key]))
