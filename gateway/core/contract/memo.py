"""A per-account note-pad for what makes the next call cheaper; losing it is always safe."""

from typing import Protocol


class Memo(Protocol):
    """Small bounded texts by key, erased with the account."""

    def get(self, key: str) -> str | None:
        """What was noted, if it is still there."""
        ...

    def put(self, key: str, value: str) -> None:
        """Notes `value`; the oldest notes leave when there is no room."""
        ...

    def forget(self, key: str) -> None:
        """Drops a note."""
        ...
