"""What a store of sessions, flows and other small secret records can do."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from gateway.core.errors import StoreConflict


class RecordKind(StrEnum):
    """What a record is; each kind has keys of its own."""

    SESSIONS = "sessions"
    FLOWS = "flows"
    SECRETS = "secrets"
    MEMO = "memo"
    TOMBSTONES = "tombstones"


@dataclass(frozen=True, slots=True)
class Stored:
    """One record as it was read.

    Attributes:
        payload: What was saved, in clear.
        version: Positive number that `save(if_version=…)` compares.
    """

    payload: bytes = field(repr=False)
    version: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs; encryption is bound to it.

    Attributes:
        tenant: Whose store it is; empty where there is one only.
        kind: A `RecordKind`, or a store's own word for what it keeps for itself.
        key: Account key, flow id or the like.
    """

    tenant: str
    kind: str
    key: str = field(repr=False)


@runtime_checkable
class RecordStore(Protocol):
    """Small records by kind and key; an application may bring its own.

    A store belongs to one tenant, and no two tenants ever see each other's records: `tenant` is
    part of every key. Payloads hold secrets in clear, so a store that outlives its process
    encrypts them, bound to their `Place`; `KeyRing.seal()` and `KeyRing.open()` do it for any
    medium. A saved record is durable when `save()` returns.

    All methods raise `StoreError` or a class under it, nothing else.
    """

    @property
    def tenant(self) -> str:
        """Whose records these are; empty where there is one tenant only."""
        ...

    async def load(self, kind: RecordKind, key: str) -> Stored | None:
        """The record, or None if there is none.

        Raises:
            StoreUnreadable: It is damaged, belongs to another place or has an unknown form.
            StoreKeyMissing: No key at hand opens it.
        """
        ...

    async def save(
        self, kind: RecordKind, key: str, payload: bytes, *, if_version: int | None
    ) -> int:
        """Writes a record whole or not at all, and returns its new version.

        A new version differs from every earlier one of this key, also after `delete()`.

        Args:
            kind: What the record is.
            key: Which one.
            payload: Its content in clear.
            if_version: The version that must be there now; 0 for "none yet"; None to write
                whatever is there, damaged records included.

        Raises:
            StoreConflict: Another version is there; nothing was written.
            StoreFull: There is no room; the old record stands.
        """
        ...

    async def delete(self, kind: RecordKind, key: str) -> None:
        """Removes a record, also an unreadable one; nothing happens if there is none."""
        ...

    async def list_keys(self, kind: RecordKind, prefix: str = "") -> tuple[str, ...]:
        """The keys that begin with `prefix`, sorted; unreadable records are left out."""
        ...

    def lease(
        self, kind: RecordKind, key: str, *, seconds: float
    ) -> AbstractAsyncContextManager[None]:
        """Holds a key alone over all tasks and processes, for refreshing a rotating token.

        It guards nothing but other leases: loading and saving go on. Where a store cannot see
        that the owner's process has died, a lease lapses by itself, not before two minutes.

        Args:
            kind: What the record is.
            key: Which one; the record need not exist.
            seconds: How long to wait for another owner; 0 tries once.

        Raises:
            StoreConflict: Another owner kept it all that time.
        """
        ...


SessionStore = RecordStore
"""The name under which applications know the protocol."""


def check_version(wanted: int | None, found: int, kind: str) -> None:
    """Compares `if_version` with the version that is there, 0 for none.

    Raises:
        StoreConflict: They differ.
    """
    if wanted is not None and wanted != found:
        raise StoreConflict(f"another version of this record was saved ({kind})")
