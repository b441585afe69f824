"""Writing small private files so that a crash leaves the old one or the new one."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gateway.core.errors import StoreError, StoreFull

_PRIVATE_FILE: Final = 0o600
_PRIVATE_DIRECTORY: Final = 0o700
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turns operating system errors into the store's; the path stays out of the message.

    Raises:
        StoreFull: There is no room.
        StoreError: Anything else that the system refused.
    """
    try:
        yield
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "unknown")
        if error.errno in _NO_ROOM:
            raise StoreFull(f"no room left for the store ({reason})") from error
        raise StoreError(f"the store's files cannot be used ({reason})") from error


def make_private(directory: Path) -> None:
    """Makes a directory and what leads to it; it is open to its owner alone afterwards."""
    if not directory.is_dir():
        directory.parent.mkdir(parents=True, exist_ok=True)
        directory.mkdir(mode=_PRIVATE_DIRECTORY, exist_ok=True)
        _sync_directory(directory.parent)
    if sys.platform != "win32" and directory.stat().st_mode & 0o077:
        directory.chmod(_PRIVATE_DIRECTORY)


def read_whole(path: Path) -> bytes | None:
    """The content of a file, or None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write_whole(path: Path, content: bytes) -> None:
    """Replaces a file's content at once and durably; the caller holds the file's lock.

    The new content takes a neighbouring name first, always the same one: what a crash leaves
    there is overwritten by the next writer.
    """
    draft = draft_of(path)
    try:
        _write_draft(draft, content)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_directory(path.parent)


def remove(path: Path) -> None:
    """Removes a file and its draft durably; nothing happens if there are none."""
    draft_of(path).unlink(missing_ok=True)
    try:
        path.unlink()
    except FileNotFoundError:
        return
    _sync_directory(path.parent)


def draft_of(path: Path) -> Path:
    """Where the next content of `path` is written first."""
    return path.with_name(path.name + ".tmp")


def _write_draft(draft: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    handle = os.open(draft, flags, _PRIVATE_FILE)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":

    def _sync_directory(directory: Path) -> None:
        """Directories cannot be opened there; the system orders their changes itself."""
else:

    def _sync_directory(directory: Path) -> None:
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
