"""The cache of answers: a few decoded, many as compressed bytes, each with two ages."""

import struct
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Generic, NamedTuple, TypeVar

from cachetools import LRUCache

from gateway.core.errors import GatewayError
from gateway.core.pipeline.cache_key import AccountRef, Argument, CacheKey, canonical, owner
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.packed_layer import PackedLayer

V = TypeVar("V")

NEGATIVE_AGE = 60.0
_NEGATIVE_ENTRIES = 1_024
_FASTEST = 1
_HEADER = struct.Struct("<ddd")  # stored at, soft age, hard age


class Freshness(StrEnum):
    """What a look-up found."""

    FRESH = "fresh"
    STALE = "stale"
    MISS = "miss"


class CacheLookup(NamedTuple, Generic[V]):
    """The answer of a look-up.

    Attributes:
        state: FRESH may be served; STALE only where the provider failed; MISS carries nothing.
        value: The cached object itself, never a copy; None for a miss and a negative entry.
        error: The error of a negative entry, to be raised.
        age: Seconds since the value was stored.
    """

    state: Freshness
    value: V | None = None
    error: GatewayError | None = None
    age: float = 0.0


@dataclass(frozen=True, slots=True)
class Ages:
    """Seconds for which an answer is fresh (soft) and may be served at all (hard)."""

    soft: float
    hard: float


class _Entry(Generic[V]):
    """A decoded value with its ages, and its packed form if it came from there."""

    __slots__ = ("hard", "packed", "soft", "stored_at", "value")

    def __init__(
        self, value: V, stored_at: float, soft: float, hard: float, packed: bytes = b""
    ) -> None:
        self.value = value
        self.stored_at = stored_at
        self.soft = soft
        self.hard = hard
        self.packed = packed


class _Decoded(LRUCache[CacheKey, _Entry[V]]):
    """The decoded entries; tells what is pushed out."""

    def __init__(self, maxsize: int, pushed_out: Callable[[CacheKey, _Entry[V]], None]) -> None:
        super().__init__(maxsize)
        self._pushed_out = pushed_out

    def popitem(self) -> tuple[CacheKey, _Entry[V]]:
        """Drop the entry that was not used for longest."""
        key, entry = super().popitem()
        self._pushed_out(key, entry)
        return key, entry


class AnswerCache(Generic[V]):
    """Answers of all accounts in memory (resilience notes 6).

    An entry lies in one of two layers: decoded, bounded by number, returned as the identical
    object; or packed (zlib over `dump(value)`), bounded by bytes, and moved up when it is asked
    for. What `dump` or `load` cannot handle is forgotten and counted in `lost`.

    Args:
        clock: Source of time.
        dump: Value to bytes.
        load: Bytes to an equal value.
        decoded_entries: Size of the decoded layer, above zero.
        packed_bytes: Size of the packed layer.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        dump: Callable[[V], bytes],
        load: Callable[[bytes], V],
        decoded_entries: int = 512,
        packed_bytes: int = 64 * 1024 * 1024,
    ) -> None:
        if decoded_entries < 1:
            raise ValueError("the decoded layer holds one entry or more")
        self._clock = clock
        self._dump = dump
        self._load = load
        self._decoded: _Decoded[V] = _Decoded(decoded_entries, self._pack)
        self._packed = PackedLayer(packed_bytes)
        self._negative: LRUCache[CacheKey, tuple[float, GatewayError]] = LRUCache(_NEGATIVE_ENTRIES)
        # One counter for all epochs, so that the larger of two is always the later.
        self._counter = count(1)
        self._epochs: dict[AccountRef, dict[str, int]] = {}
        self.lost = 0

    def __len__(self) -> int:
        return len(self._decoded) + len(self._packed)

    @property
    def packed_bytes(self) -> int:
        """Bytes in the packed layer."""
        return self._packed.size

    def key(
        self,
        *,
        tenant: str,
        provider: str,
        host: str,
        account: str | None,
        student: str,
        operation: str,
        arguments: Mapping[str, Argument],
        model_version: int,
    ) -> CacheKey:
        """The key under today's epoch; make it before sending and store under the same one."""
        epoch = 0
        if self._epochs:
            epoch = self._epoch(AccountRef(tenant, provider, account), operation)
        return CacheKey(
            tenant,
            provider,
            host,
            account,
            student,
            operation,
            canonical(arguments),
            model_version,
            epoch,
        )

    def get(self, key: CacheKey, *, max_age: float | None = None) -> CacheLookup[V]:
        """Look `key` up.

        Args:
            key: From `key()`.
            max_age: Seconds that the caller accepts as fresh, if less than the soft age; 0 is
                always a miss.
        """
        try:
            entry = self._decoded[key]
        except KeyError:
            found = self._unpack(key)
            if found is None:
                return self._negative_lookup(key, max_age)
            entry = found
        age = self._clock.monotonic() - entry.stored_at
        if age >= entry.hard:
            self._drop(key)
            return CacheLookup(Freshness.MISS)
        if max_age is None:
            state = Freshness.FRESH if age < entry.soft else Freshness.STALE
        elif max_age <= 0:
            return CacheLookup(Freshness.MISS)
        else:
            state = Freshness.FRESH if age < entry.soft and age <= max_age else Freshness.STALE
        return CacheLookup(state, entry.value, None, age)

    def put(self, key: CacheKey, value: V, ages: Ages) -> bool:
        """Store a value; False if the epoch of `key` is over, so that it was dropped."""
        if not self._current(key):
            return False
        self._drop(key)
        if ages.hard > 0:
            self._decoded[key] = _Entry(value, self._clock.monotonic(), ages.soft, ages.hard)
        return True

    def put_missing(self, key: CacheKey, error: GatewayError, age: float = NEGATIVE_AGE) -> bool:
        """Store for `age` seconds that there is no such thing; False if the epoch is over."""
        if not self._current(key):
            return False
        self._drop(key)
        self._negative[key] = (self._clock.monotonic() + age, error.with_traceback(None))
        return True

    def invalidate(self, account: AccountRef, operations: Collection[str]) -> None:
        """Void the account's answers of `operations`, those on their way included."""
        epochs = self._epochs.setdefault(account, {})
        for operation in operations:
            epochs[operation] = next(self._counter)
        # Packed ones are out of reach under their old epoch and leave with the oldest.
        for key in [key for key in self._decoded if owner(key) == account]:
            if key.operation in operations:
                del self._decoded[key]

    def raise_epoch(self, account: AccountRef) -> None:
        """Erase all of the account and void what is on its way.

        For logout, erasure, a changed password or owner.
        """
        self._epochs[account] = {"": next(self._counter)}
        for layer in (self._decoded, self._negative):
            for key in [key for key in layer if owner(key) == account]:
                del layer[key]
        self._packed.erase(account)

    def _epoch(self, account: AccountRef, operation: str) -> int:
        epochs = self._epochs.get(account)
        if epochs is None:
            return 0
        return max(epochs.get("", 0), epochs.get(operation, 0))

    def _current(self, key: CacheKey) -> bool:
        return not self._epochs or key.epoch == self._epoch(owner(key), key.operation)

    def _negative_lookup(self, key: CacheKey, max_age: float | None) -> CacheLookup[V]:
        found = self._negative.get(key)
        if found is None or (max_age is not None and max_age <= 0):
            return CacheLookup(Freshness.MISS)
        ends_at, error = found
        if self._clock.monotonic() >= ends_at:
            del self._negative[key]
            return CacheLookup(Freshness.MISS)
        return CacheLookup(Freshness.FRESH, None, error.with_traceback(None))

    def _pack(self, key: CacheKey, entry: _Entry[V]) -> None:
        """Keep an entry pushed out of the decoded layer in the packed one."""
        if self._clock.monotonic() - entry.stored_at >= entry.hard or not self._current(key):
            return
        try:
            packed = entry.packed or zlib.compress(self._dump(entry.value), _FASTEST)
        except Exception:  # noqa: BLE001 - somebody's good answer must not fail for another's
            self.lost += 1
            return
        header = _HEADER.pack(entry.stored_at, entry.soft, entry.hard)
        if not self._packed.put(key, header + packed):
            self.lost += 1

    def _unpack(self, key: CacheKey) -> _Entry[V] | None:
        """Move an entry up from the packed layer, if it is there and not too old."""
        record = self._packed.pop(key)
        if record is None:
            return None
        stored_at, soft, hard = _HEADER.unpack_from(record)
        if self._clock.monotonic() - stored_at >= hard:
            return None
        packed = record[_HEADER.size :]
        try:
            value = self._load(zlib.decompress(packed))
        except Exception:  # noqa: BLE001 - an unreadable entry is no entry
            self.lost += 1
            return None
        entry = self._decoded[key] = _Entry(value, stored_at, soft, hard, packed)
        return entry

    def _drop(self, key: CacheKey) -> None:
        if self._negative:
            self._negative.pop(key, None)
        if key in self._decoded:
            del self._decoded[key]
        else:
            self._packed.pop(key)
