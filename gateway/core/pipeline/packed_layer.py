"""Many packed answers in little memory: nothing in here costs the garbage collector any time.

Keys, index and records are bytes. A hundred thousand accounts as tuples, sets and entry objects
would be half a million objects to visit, a pause of a third of a second.
"""

from hashlib import blake2b

from cachetools import LRUCache

from gateway.core.pipeline.cache_key import AccountRef, CacheKey, owner

_DIGEST = 16
_OVERHEAD = 500  # bytes of keys and tables per record, as measured


class PackedLayer:
    """Records by key, those not used for longest dropped first, bounded by bytes.

    Args:
        max_bytes: Bytes of all records, some overhead per record included.
    """

    def __init__(self, max_bytes: int) -> None:
        self._records = _Records(max_bytes, self)
        self._index: dict[bytes, bytes] = {}  # account digest: digests of its keys, end to end

    def __len__(self) -> int:
        return len(self._records)

    @property
    def size(self) -> int:
        """Bytes in use."""
        return int(self._records.currsize)

    def put(self, key: CacheKey, record: bytes) -> bool:
        """Store a record; False if it alone is larger than the layer."""
        if len(record) + _OVERHEAD > self._records.maxsize:
            return False
        place = _place(key)
        if place not in self._records:
            account = place[:_DIGEST]
            self._index[account] = self._index.get(account, b"") + place[_DIGEST:]
        self._records[place] = record
        return True

    def pop(self, key: CacheKey) -> bytes | None:
        """Take a record out; None if there is none."""
        if not self._index:
            return None
        place = _place(key)
        record = self._records.pop(place, None)
        if record is not None:
            self.unindex(place)
        return record

    def erase(self, account: AccountRef) -> None:
        """Drop all records of `account`."""
        digest = _digest(account)
        keys = self._index.pop(digest, b"")
        for start in range(0, len(keys), _DIGEST):
            del self._records[digest + keys[start : start + _DIGEST]]

    def unindex(self, place: bytes) -> None:
        """Take a place whose record is gone out of the index."""
        account, mine = place[:_DIGEST], place[_DIGEST:]
        keys = self._index[account]
        if len(keys) == _DIGEST:
            del self._index[account]
            return
        starts = range(0, len(keys), _DIGEST)
        kept = (keys[start : start + _DIGEST] for start in starts)
        self._index[account] = b"".join(key for key in kept if key != mine)


class _Records(LRUCache[bytes, bytes]):
    """The records; tells the layer what is pushed out."""

    def __init__(self, max_bytes: int, layer: PackedLayer) -> None:
        super().__init__(max_bytes, getsizeof=lambda record: len(record) + _OVERHEAD)
        self._layer = layer

    def popitem(self) -> tuple[bytes, bytes]:
        """Drop the record that was not used for longest."""
        place, record = super().popitem()
        self._layer.unindex(place)
        return place, record


def _place(key: CacheKey) -> bytes:
    return _digest(owner(key)) + _digest(key)


def _digest(value: AccountRef | CacheKey) -> bytes:
    return blake2b(
        repr(tuple(value)).encode("utf-8", "surrogatepass"), digest_size=_DIGEST
    ).digest()
