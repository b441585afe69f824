"""A store of encrypted files, shared by any number of processes of one machine."""

import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from anyio import to_thread

from gateway.core.errors import StoreError, StoreKeyMissing, StoreUnreadable
from gateway.core.pipeline.clock import Clock, SystemClock
from gateway.core.sessions.disk import (
    disk_errors,
    draft_of,
    make_private,
    read_whole,
    remove,
    write_whole,
)
from gateway.core.sessions.leases import LocalLeases, wait_for_lease
from gateway.core.sessions.locking import FileLock, locked
from gateway.core.sessions.naming import (
    Naming,
    found_naming,
    is_founded,
    keep_only_writer,
    open_naming,
)
from gateway.core.sessions.sealing import KeyRing, Random, key_id_of
from gateway.core.sessions.store import Place, RecordKind, Stored, check_version

T = TypeVar("T")

_LOG = logging.getLogger(__name__)
_FIRST_VERSION_BYTES: Final = 6


@dataclass(frozen=True, slots=True)
class Rotation:
    """What `FileStore.rotate()` did.

    Attributes:
        rewritten: Records that the writing key has sealed now.
        current: Records that it had sealed before.
        unreadable: Names of the files that could not be opened; they stand as they were.
    """

    rewritten: int
    current: int
    unreadable: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the older keys are no longer needed here."""
        return not self.unreadable


class FileStore:
    """One encrypted file per record; a `RecordStore`.

    File names are HMACs, files have mode 0600 and directories 0700, a write replaces the file at
    once and is on the disk when it returns. Leases and writes are told apart between processes
    by file locks, which end with their owner; so the directory must be on a file system that has
    them, and on one machine. Disk work happens in worker threads.

    Args:
        directory: Where the files lie; made when the first record is saved.
        keys: All of them read, the first writes.
        tenant: Whose records these are; several tenants may share a directory.
        clock: Where waiting for a lease happens.
        random: Source of nonces, version numbers and the naming key.
    """

    def __init__(
        self,
        directory: Path,
        keys: KeyRing,
        *,
        tenant: str = "",
        clock: Clock | None = None,
        random: Random = os.urandom,
    ) -> None:
        self.tenant = tenant
        self._directory = directory
        self._keys = keys
        self._clock = clock or SystemClock()
        self._random = random
        self._leases = LocalLeases()
        self._known_naming: Naming | None = None

    def __repr__(self) -> str:
        return f"FileStore({str(self._directory)!r}, {self._keys!r})"

    async def load(self, kind: RecordKind, key: str) -> Stored | None:
        """As `RecordStore.load()`."""
        return await _off_loop(partial(self._load, self._place(kind, key)))

    async def save(
        self, kind: RecordKind, key: str, payload: bytes, *, if_version: int | None
    ) -> int:
        """As `RecordStore.save()`; a write that was begun is finished, cancelled or not."""
        return await _off_loop(partial(self._save, self._place(kind, key), payload, if_version))

    async def delete(self, kind: RecordKind, key: str) -> None:
        """As `RecordStore.delete()`."""
        await _off_loop(partial(self._delete, self._place(kind, key)))

    async def list_keys(self, kind: RecordKind, prefix: str = "") -> tuple[str, ...]:
        """As `RecordStore.list_keys()`; each unreadable record is logged by its file name."""
        return await _off_loop(partial(self._list, kind, prefix))

    @asynccontextmanager
    async def lease(self, kind: RecordKind, key: str, *, seconds: float) -> AsyncIterator[None]:
        """As `RecordStore.lease()`; it ends with its process and never before."""
        place, owner = self._place(kind, key), object()
        lock = FileLock(await _off_loop(partial(self._lease_path, place)))

        async def attempt() -> bool:
            return self._leases.try_take(place, owner) and await _off_loop(lock.try_take)

        try:
            await wait_for_lease(attempt, seconds=seconds, clock=self._clock)
            yield
        finally:
            # Here and not in a thread, so that nothing can come between when a task is cancelled.
            lock.give_back()
            self._leases.give_back(place, owner)

    async def rotate(self) -> Rotation:
        """Seals every record of the directory, all tenants', with the key that writes.

        It can be interrupted at any point and called again; versions stay. Other processes may go
        on, if the new key comes first with them too. Once it is complete, nobody needs the older
        keys any more.

        Raises:
            StoreFull: There is no room; what was done so far stands.
        """
        rewritten, current, unreadable = 0, 0, []
        for path in await _off_loop(self._all_records):
            try:
                changed = await _off_loop(partial(self._reseal, path))
            except (StoreUnreadable, StoreKeyMissing):
                unreadable.append(path.name)
            else:
                rewritten += changed is True
                current += changed is False
        result = Rotation(rewritten, current, tuple(unreadable))
        if result.is_complete:
            await _off_loop(self._drop_old_naming)
        return result

    def _place(self, kind: str, key: str) -> Place:
        return Place(self.tenant, kind, key)

    def _naming(self) -> Naming | None:
        if self._known_naming is None:
            self._known_naming = open_naming(self._directory, self._keys)
        return self._known_naming

    def _writable_naming(self) -> Naming:
        if self._known_naming is None or not is_founded(self._directory):
            self._known_naming = found_naming(self._directory, self._keys, self._random)
        return self._known_naming

    def _path_to_write(self, place: Place) -> Path:
        path = self._writable_naming().path(place)
        make_private(path.parent.parent)
        make_private(path.parent)
        return path

    def _lease_path(self, place: Place) -> Path:
        return self._path_to_write(place).with_suffix(".lease")

    def _load(self, place: Place) -> Stored | None:
        naming = self._naming()
        sealed = None if naming is None else read_whole(naming.path(place))
        return None if sealed is None else self._keys.open(place, sealed)

    def _save(self, place: Place, payload: bytes, if_version: int | None) -> int:
        path = self._path_to_write(place)
        with locked(path.with_suffix(".lock")):
            found = self._version_at(place, path, if_version)
            check_version(if_version, found, place.kind)
            version = found + 1 if found else self._first_version()
            sealed = self._keys.seal(place, Stored(payload, version), random=self._random)
            write_whole(path, sealed)
        return version

    def _version_at(self, place: Place, path: Path, if_version: int | None) -> int:
        sealed = read_whole(path)
        if sealed is None:
            return 0
        try:
            return self._keys.open(place, sealed).version
        except (StoreUnreadable, StoreKeyMissing):
            if if_version is None:  # a new sign-in replaces what nobody can read
                return 0
            raise

    def _first_version(self) -> int:
        # Not 1: whoever holds a version from before a deletion must not match the new record.
        return 1 + int.from_bytes(self._random(_FIRST_VERSION_BYTES), "big")

    def _delete(self, place: Place) -> None:
        naming = self._naming()
        if naming is None:
            return
        path = naming.path(place)
        if path.parent.is_dir():
            with locked(path.with_suffix(".lock")):
                remove(path)

    def _list(self, kind: str, prefix: str) -> tuple[str, ...]:
        naming = self._naming()
        if naming is None:
            return ()
        found = []
        for path in naming.kind_directory(self.tenant, kind).glob("*.rec"):
            sealed = read_whole(path)
            if sealed is None:  # removed since the directory was read
                continue
            try:
                found.append(self._place_of(naming, path, sealed).key)
            except StoreError as error:
                _LOG.warning("unreadable %s record left out: %s (%s)", kind, path.name, error.code)
        return tuple(sorted(key for key in found if key.startswith(prefix)))

    def _place_of(self, naming: Naming, path: Path, sealed: bytes) -> Place:
        place = self._keys.place_of(sealed)
        if naming.path(place) != path:
            raise StoreUnreadable("the record belongs to another place")
        return place

    def _all_records(self) -> list[Path]:
        if self._naming() is None:
            return []
        drafts = self._directory.glob(f"*/*/{draft_of(Path('*.rec'))}")
        found = {path.with_suffix("") for path in drafts}
        return sorted(found.union(self._directory.glob("*/*/*.rec")))

    def _reseal(self, path: Path) -> bool | None:
        with locked(path.with_suffix(".lock")):
            draft_of(path).unlink(missing_ok=True)  # what a crash left, under an old key perhaps
            sealed = read_whole(path)
            if sealed is None:
                return None
            if key_id_of(sealed) == self._keys.write_id:
                return False
            place = self._place_of(self._writable_naming(), path, sealed)
            record = self._keys.open(place, sealed)
            write_whole(path, self._keys.seal(place, record, random=self._random))
            return True

    def _drop_old_naming(self) -> None:
        naming = self._naming()
        if naming is not None:
            keep_only_writer(naming, self._keys)


async def _off_loop(work: Callable[[], T]) -> T:
    def guarded() -> T:
        with disk_errors():
            return work()

    return await to_thread.run_sync(guarded)
