"""A store that ends with its process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from gateway.core.pipeline.clock import Clock, SystemClock
from gateway.core.sessions.leases import LocalLeases, wait_for_lease
from gateway.core.sessions.store import Place, RecordKind, Stored, check_version


class MemoryStore:
    """Records in memory, in clear; a `RecordStore`.

    Args:
        tenant: Whose records these are.
        clock: Where waiting for a lease happens.
    """

    def __init__(self, *, tenant: str = "", clock: Clock | None = None) -> None:
        self.tenant = tenant
        self._clock = clock or SystemClock()
        self._records: dict[tuple[RecordKind, str], Stored] = {}
        self._versions = count(1)
        self._leases = LocalLeases()

    def __repr__(self) -> str:
        return f"MemoryStore({len(self._records)} records)"

    async def load(self, kind: RecordKind, key: str) -> Stored | None:
        """As `RecordStore.load()`; every record can be read."""
        return self._records.get((kind, key))

    async def save(
        self, kind: RecordKind, key: str, payload: bytes, *, if_version: int | None
    ) -> int:
        """As `RecordStore.save()`; never full."""
        found = self._records.get((kind, key))
        check_version(if_version, found.version if found else 0, kind)
        version = next(self._versions)
        self._records[kind, key] = Stored(payload, version)
        return version

    async def delete(self, kind: RecordKind, key: str) -> None:
        """As `RecordStore.delete()`."""
        self._records.pop((kind, key), None)

    async def list_keys(self, kind: RecordKind, prefix: str = "") -> tuple[str, ...]:
        """As `RecordStore.list_keys()`."""
        return tuple(
            sorted(key for found, key in self._records if found == kind and key.startswith(prefix))
        )

    @asynccontextmanager
    async def lease(self, kind: RecordKind, key: str, *, seconds: float) -> AsyncIterator[None]:
        """As `RecordStore.lease()`, within this process."""
        place, owner = Place(self.tenant, kind, key), object()

        async def attempt() -> bool:
            return self._leases.try_take(place, owner)

        try:
            await wait_for_lease(attempt, seconds=seconds, clock=self._clock)
            yield
        finally:
            self._leases.give_back(place, owner)
