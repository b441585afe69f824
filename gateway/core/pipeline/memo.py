"""Notes of one account, within bounds."""

from typing import Final

MOST_NOTES: Final = 512
MOST_CHARACTERS: Final = 64 * 1024


class BoundedMemo:
    """Keeps the newest notes; the oldest leave when there is no room."""

    __slots__ = ("_notes", "_size")

    def __init__(self) -> None:
        self._notes: dict[str, str] | None = None
        self._size = 0

    def get(self, key: str) -> str | None:
        """What was noted, if it is still there."""
        return self._notes.get(key) if self._notes else None

    def put(self, key: str, value: str) -> None:
        """Notes `value` as the newest."""
        if self._notes is None:
            self._notes = {}
        self.forget(key)
        self._notes[key] = value
        self._size += len(key) + len(value)
        while self._notes and (len(self._notes) > MOST_NOTES or self._size > MOST_CHARACTERS):
            self.forget(next(iter(self._notes)))

    def forget(self, key: str) -> None:
        """Drops a note."""
        if self._notes and key in self._notes:
            self._size -= len(key) + len(self._notes.pop(key))
