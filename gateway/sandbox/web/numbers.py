"""A service's own numbers for the world's keys, stable and readable both ways."""

from collections.abc import Callable, Iterable, Mapping

from gateway.sandbox.world import World, native_id

Keys = Callable[[World], Iterable[str]]
"""Every key of one kind that a world holds."""


class Numbers:
    """Numbers of one emulator.

    Args:
        world: Whose keys are numbered.
        prefix: Sets the numbers of one emulator apart from those of the others.
        keys: By kind, the keys that a number may be looked up for.
        digits: Length of the numbers of a kind.
        default_digits: Length of all the others.
    """

    def __init__(
        self,
        world: World,
        *,
        prefix: str,
        keys: Mapping[str, Keys],
        digits: Mapping[str, int],
        default_digits: int,
    ) -> None:
        self._world = world
        self._prefix = prefix
        self._sources = keys
        self._digits = digits
        self._default = default_digits
        self._numbers: dict[tuple[str, str], int] = {}
        self._keys: dict[str, dict[int, str]] = {}

    def of(self, kind: str, key: str) -> int:
        """The number of a key."""
        number = self._numbers.get((kind, key))
        if number is None:
            digits = self._digits.get(kind, self._default)
            number = native_id(f"{self._prefix}_{kind}", key, digits=digits)
            self._numbers[kind, key] = number
        return number

    def key(self, kind: str, number: str | int) -> str | None:
        """The key with this number, or None for a stranger or anything that is no number."""
        try:
            value = int(number)
        except ValueError:
            return None
        table = self._keys.get(kind)
        if table is None:
            table = {self.of(kind, key): key for key in self._sources[kind](self._world)}
            self._keys[kind] = table
        return table.get(value)
