"""What a scenario found wrong: everything at once, not the first thing only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

_SHOWN: Final = 20


class NotApplicable(Exception):
    """The provider has nothing that the scenario is about; the message says what is lacking."""


class Findings:
    """Collects what is wrong, each thing once."""

    def __init__(self) -> None:
        self._found: dict[str, int] = {}

    def add(self, text: str) -> None:
        """Notes something wrong."""
        self._found[text] = self._found.get(text, 0) + 1

    def check(self, good: bool, text: str) -> None:
        """Notes `text` unless `good`."""
        if not good:
            self.add(text)

    def __bool__(self) -> bool:
        return bool(self._found)

    def fail(self) -> NoReturn:
        """Ends the scenario.

        Raises:
            AssertionError: Always, with everything that was found.
        """
        lines = [
            f"- {text}" + (f" ({times} times)" if times > 1 else "")
            for text, times in self._found.items()
        ]
        more = len(lines) - _SHOWN
        shown = lines[:_SHOWN] + ([f"… and {more} more"] if more > 0 else [])
        raise AssertionError("\n".join(("", *shown)))


@contextmanager
def findings() -> Iterator[Findings]:
    """Collects findings; fails at the end of the block if there are any.

    Raises:
        AssertionError: Something was found.
    """
    found = Findings()
    yield found
    if found:
        found.fail()
