"""Randomness by part: every part has a stream of its own, so that one more changes no other."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(seed: int, *part: str) -> Random:
    """A generator that depends on the seed and the name of the part alone."""
    return Random("/".join((str(seed), *part)))


class Bag:
    """Draws every item once, in random order, before any comes again."""

    def __init__(self, items: tuple[str, ...], rng: Random) -> None:
        self._items = items
        self._rng = rng
        self._left: list[str] = []

    def draw(self) -> str:
        """The next item."""
        if not self._left:
            self._left = list(self._items)
            self._rng.shuffle(self._left)
        return self._left.pop()


def in_turn(items: Sequence[T], index: int) -> T:
    """The first item opens; the others follow in turn, again and again."""
    return items[1 + (index - 1) % (len(items) - 1)] if index else items[0]
