"""Values made once and kept for a while."""

from collections.abc import Callable, Hashable
from typing import TypeVar

T = TypeVar("T")


class Memo:
    """At most `limit` values; the oldest goes first. They must rest on the world alone."""

    def __init__(self, limit: int = 20_000) -> None:
        self._limit = limit
        self._kept: dict[Hashable, object] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """A value made at first use."""
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= self._limit:
                del self._kept[next(iter(self._kept))]
            found = self._kept[key] = make()
        return found  # type: ignore[return-value]  # the key decides on the type
