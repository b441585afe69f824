"""Small indexes over records: by key, by owner, by owner and day."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar


class Keyed(Protocol):
    """Anything with a stable key."""

    @property
    def key(self) -> str:
        """The key."""


K = TypeVar("K", bound=Keyed)
T = TypeVar("T")


def by_key(items: Iterable[K]) -> Mapping[str, K]:
    """Index records by their key."""
    return {item.key: item for item in items}


def grouped(items: Iterable[T], owner: Callable[[T], str]) -> Mapping[str, tuple[T, ...]]:
    """Records of each owner, in the order given."""
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        groups[owner(item)].append(item)
    return {key: tuple(group) for key, group in groups.items()}


class Timeline(Generic[T]):
    """Records of each owner by day; ``order`` sorts and its date part is what ranges look at."""

    def __init__(
        self,
        items: Iterable[T],
        owner: Callable[[T], str],
        order: Callable[[T], date | datetime],
    ) -> None:
        self._items: dict[str, tuple[T, ...]] = {}
        self._days: dict[str, list[date]] = {}
        for key, group in grouped(items, owner).items():
            ordered = tuple(sorted(group, key=order))
            self._items[key] = ordered
            self._days[key] = [_day(order(item)) for item in ordered]

    def of(self, owner: str, start: date | None = None, end: date | None = None) -> tuple[T, ...]:
        """The owner's records from ``start`` to ``end``, both included, in time order."""
        items, days = self._items.get(owner, ()), self._days.get(owner, [])
        first = 0 if start is None else bisect_left(days, start)
        last = len(days) if end is None else bisect_right(days, end)
        return items[first:last]


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
