"""Unified identifiers of the diary's things.

Whether its own identifiers are unique beyond one pupil is not known, so the pupil stands in all of
them; parent and pupil see the same one. What is found again only by its week has its date too.
"""

from gateway.core.errors import InvalidId
from gateway.core.ids import Ids

SECOND: str = "2"
"""Stands behind the key of a mark for the second value of its cell."""


class Keys:
    """Identifiers of one pupil's things."""

    __slots__ = ("ids", "student")

    def __init__(self, ids: Ids, student: str) -> None:
        self.ids = ids
        self.student = student

    def of(self, kind: str, *keys: str | int) -> str:
        """A thing by its own keys."""
        return self.ids.of(kind, self.student, *keys)

    def lesson(self, day: str, native: str) -> str:
        """A lesson by its date."""
        return self.of("lesson", day, native)

    def mark(self, day: str, native: str, *, second: bool = False) -> str:
        """A value of a cell by the date that the cell stands on."""
        return self.of("mark", day, native, *((SECOND,) if second else ()))

    def own(self, kind: str, text: str) -> tuple[str, ...]:
        """The keys of a thing of this pupil.

        Raises:
            InvalidId: It is no such thing, or another pupil's.
        """
        student, *keys = self.ids.keys(kind, text)
        if student != self.student or not keys:
            raise InvalidId(f"no {kind} of this student")
        return tuple(keys)
