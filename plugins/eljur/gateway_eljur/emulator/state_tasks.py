"""Sign-ins that ЕСИА has sent back: codes, tasks that are worked on, links (notes 2.3)."""

from dataclasses import dataclass
from typing import Final

from gateway.sandbox.web.draws import Draws

_PATIENCE: Final = 1
"""Times that a task is asked for in vain."""


@dataclass(slots=True)
class _Task:
    host: str
    identity_key: str
    asked: int = 0


class StateTasks:
    """Every word is good once, a task until its link was followed."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._codes: dict[str, tuple[str, str]] = {}
        self._tasks: dict[str, _Task] = {}
        self._links: dict[str, tuple[str, str]] = {}

    def arrive(self, host: str, identity_key: str) -> str:
        """The code with which ЕСИА sends a person back to a host."""
        code = self._draws.letters(48)
        self._codes[code] = (host, identity_key)
        return code

    def begin(self, code: str) -> str | None:
        """The task that a code starts; None for a code that is used or unknown."""
        found = self._codes.pop(code, None)
        if found is None:
            return None
        number = f"task_{self._draws.guid().replace('-', '')}"
        self._tasks[number] = _Task(*found)
        return number

    def link(self, number: str) -> str | None:
        """The word in a task's link, once it is done; the first look is always too early.

        Raises:
            KeyError: There is no such task.
        """
        task = self._tasks[number]
        task.asked += 1
        if task.asked <= _PATIENCE:
            return None
        word = self._draws.letters(32)
        self._links[word] = (task.host, task.identity_key)
        return word

    def follow(self, word: str) -> tuple[str, str] | None:
        """Host and identity of a link, which is good once."""
        return self._links.pop(word, None)
