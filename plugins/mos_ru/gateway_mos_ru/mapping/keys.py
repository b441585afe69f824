"""Unified identifiers of the service's things.

A student is known by the person's UUID, which outlives schools and is the same for every parent;
the number of the student profile, which most routes ask for, lies in the session.
"""

from typing import Final

from gateway.core.ids import Beginnings

PLAN_SOURCES: Final = frozenset({"PLAN", "OO"})
"""Words for a lesson of the study plan: the timetable's and the one of all other answers."""


class Keys(Beginnings):
    """Identifiers of one instance: `keys.lesson + str(number)` and the composed ones."""

    kinds = (
        "student",
        "person",
        "school",
        "group",
        "subject",
        "period",
        "lesson",
        "homework",
        "mark",
        "file",
    )
    __slots__ = kinds

    student: str
    person: str
    school: str
    group: str
    subject: str
    period: str
    lesson: str
    homework: str
    mark: str
    file: str

    def lesson_of(self, number: int | str, source: str | None) -> str:
        """A lesson; what is no lesson of the study plan has its source in the identifier."""
        if not source or source.upper() in PLAN_SOURCES:
            return f"{self.lesson}{number}"
        return self.ids.of("lesson", str(number), source.upper())

    def student_of(self, person: str) -> str:
        """A student by the person's UUID."""
        return self.ids.of("student", person)
