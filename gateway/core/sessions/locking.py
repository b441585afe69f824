"""Locks between processes that end with their owner, however it dies."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from gateway.core.errors import StoreError

_PAUSE: Final = 0.002
_LONGEST_PAUSE: Final = 0.05

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    # flock(), not lockf(): it belongs to the open file, so it also parts two stores of one
    # process, and closing another handle of the same file does not drop it.
    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class FileLock:
    """One taking of a lock file; it is used once and may be given back from any thread.

    The file is removed when the lock is given back, so none pile up. An owner that dies leaves
    the file without its lock, and the next one takes it over.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self._ended = False
        self._guard = threading.Lock()

    def try_take(self) -> bool:
        """Whether the lock is held now; never after `give_back()`, even one that came first."""
        with self._guard:
            while not self._ended and self._handle is None:
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
                try:
                    taken = _lock(handle)
                    current = taken and _is_at(handle, self._path)
                except BaseException:
                    os.close(handle)
                    raise
                if current:
                    self._handle = handle
                else:
                    os.close(handle)
                if not taken:
                    break
            return self._handle is not None

    def give_back(self) -> None:
        """Ends the lock; calling it again, or before it was taken, does no harm."""
        with self._guard:
            self._ended = True
            handle, self._handle = self._handle, None
            if handle is None:
                return
            with suppress(OSError):  # Windows keeps files that are open elsewhere
                self._path.unlink()
            # Explicitly, because a forked child may still have the handle.
            _unlock(handle)
            os.close(handle)


@contextmanager
def locked(
    path: Path,
    *,
    seconds: float = 10.0,
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> Iterator[None]:
    """Holds a lock file in a blocking way, for the moments that a write takes.

    Raises:
        StoreError: Somebody else held it for all of `seconds`.
    """
    lock = FileLock(path)
    end, pause = monotonic() + seconds, _PAUSE
    try:
        while not lock.try_take():
            if monotonic() >= end:
                raise StoreError("another process keeps the store's files locked")
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        yield
    finally:
        lock.give_back()


def _is_at(handle: int, path: Path) -> bool:
    # Its former owner may have removed the file between our opening and our locking.
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
