"""Unified identifiers of the service's things.

Ids are numbers of one school, so the instance that stands in every identifier names the school
too. Classes have no number: their key is the name, beside their school's, for schools of a region
may share a host. Marks, lessons and homework have none either: theirs are the natural keys of the
page (notes 3, 4.5).
"""

from typing import Final

from gateway.core.ids import Ids

_KINDS: Final = ("student", "person", "subject", "message", "announcement")


class Keys:
    """Identifiers of one school: `keys.student + number` and the composed ones."""

    __slots__ = ("ids", *_KINDS)

    student: str
    person: str
    subject: str
    message: str
    announcement: str

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        for kind in _KINDS:
            setattr(self, kind, f"{ids.prefix}:{kind}:")

    def group(self, name: str, school: str | None = None) -> str:
        """A class or subgroup by its name, and by its school where that is known."""
        return self.ids.of("group", name) if school is None else self.ids.of("group", school, name)

    def lesson(self, keys: tuple[str, ...]) -> str:
        """A lesson by student, date, number and subgroup, or by what stands for a number."""
        return self.ids.of("lesson", *keys)

    def homework(self, lesson: tuple[str, ...], number: str) -> str:
        """A piece of homework by the keys of its lesson and its own number within it."""
        return self.ids.of("homework", *lesson, number)

    def mark(self, student: str, subject: str, day: str, index: str) -> str:
        """A mark by student, subject, date and the provider's index on that day."""
        return self.ids.of("mark", student, subject, day, index)

    def period(self, student: str, code: str, year: int) -> str:
        """A period by its code in the school year that begins in `year`."""
        return self.ids.of("period", student, code, year)
