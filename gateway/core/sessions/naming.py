"""Names of record files: the same for every process and key, telling nothing.

The names are HMACs under a naming key that is drawn once per directory. It is kept in the
directory `names`, sealed once under every store key that has written there; a new store key
adds its own copy, and a finished rotation drops the others.
"""

import hmac
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gateway.core.errors import StoreKeyMissing, StoreUnreadable
from gateway.core.sessions.disk import make_private, read_whole, remove, write_whole
from gateway.core.sessions.locking import locked
from gateway.core.sessions.sealing import KeyRing, Random, packed
from gateway.core.sessions.store import Place, Stored

NAMES_DIRECTORY: Final = "names"

_SUFFIX: Final = ".key"
_KEY_BYTES: Final = 32
_TENANT_BYTES: Final = 8
_NAME_BYTES: Final = 20


@dataclass(frozen=True, slots=True)
class Naming:
    """Where the records of one directory lie."""

    directory: Path
    key: bytes = field(repr=False)

    def kind_directory(self, tenant: str, kind: str) -> Path:
        """The directory of a tenant's records of one kind."""
        return self.directory / self._hidden(_TENANT_BYTES, "tenant", tenant) / kind

    def path(self, place: Place) -> Path:
        """The file of a record."""
        name = self._hidden(_NAME_BYTES, "record", place.tenant, place.kind, place.key)
        return self.kind_directory(place.tenant, place.kind) / f"{name}.rec"

    def _hidden(self, size: int, *parts: str) -> str:
        message = packed(*(part.encode() for part in parts))
        return hmac.digest(self.key, message, "sha256")[:size].hex()


def is_founded(directory: Path) -> bool:
    """Whether a store was begun here, so that only its own keys are of use."""
    return any((directory / NAMES_DIRECTORY).glob(f"*{_SUFFIX}"))


def open_naming(directory: Path, keys: KeyRing) -> Naming | None:
    """The names of a store that was begun earlier; None if there is none yet.

    Raises:
        StoreKeyMissing: None of the keys has ever written here.
        StoreUnreadable: The naming key is damaged or gone.
    """
    return _opened(directory, keys) if _was_used(directory) else None


def found_naming(directory: Path, keys: KeyRing, random: Random) -> Naming:
    """The names of a store that is begun now, unless another process was faster.

    Raises:
        StoreKeyMissing: Another process began it, with other keys.
        StoreUnreadable: The naming key is damaged or gone.
    """
    make_private(directory)
    make_private(directory / NAMES_DIRECTORY)
    with _held(directory):
        if not _was_used(directory):
            _write_copy(Naming(directory, random(_KEY_BYTES)), keys)
    return _opened(directory, keys)


def keep_only_writer(naming: Naming, keys: KeyRing) -> None:
    """Drops the copies of the naming key under all keys but the one that writes."""
    with _held(naming.directory):
        _write_copy(naming, keys)
        for path in (naming.directory / NAMES_DIRECTORY).glob(f"*{_SUFFIX}"):
            if path != _copy(naming.directory, keys.write_id):
                remove(path)


def _was_used(directory: Path) -> bool:
    if is_founded(directory):
        return True
    if any(directory.glob("*/*/*.rec")):
        raise StoreUnreadable("the naming key of the store is gone")
    return False


def _opened(directory: Path, keys: KeyRing) -> Naming:
    naming = Naming(directory, _unsealed(directory, keys))
    if not _copy(directory, keys.write_id).exists():
        with _held(directory):
            _write_copy(naming, keys)
    return naming


def _unsealed(directory: Path, keys: KeyRing) -> bytes:
    damage: StoreUnreadable | None = None
    for key_id in keys.ids:
        sealed = read_whole(_copy(directory, key_id))
        if sealed is None:
            continue
        try:
            return keys.open(_place(key_id), sealed).payload
        except StoreUnreadable as error:  # a copy under another key may be whole
            damage = error
    raise damage or StoreKeyMissing("none of the keys opens this store")


def _write_copy(naming: Naming, keys: KeyRing) -> None:
    sealed = keys.seal(_place(keys.write_id), Stored(naming.key, 1))
    write_whole(_copy(naming.directory, keys.write_id), sealed)


def _copy(directory: Path, key_id: bytes) -> Path:
    return directory / NAMES_DIRECTORY / f"{key_id.hex()}{_SUFFIX}"


def _place(key_id: bytes) -> Place:
    return Place("", NAMES_DIRECTORY, key_id.hex())


def _held(directory: Path) -> AbstractContextManager[None]:
    return locked(directory / NAMES_DIRECTORY / "names.lock")
