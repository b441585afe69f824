"""What can be asked of the data call."""

from collections.abc import Iterable
from typing import Final, NamedTuple

LESSONS: Final = "student_lessons"
MARKS: Final = "student_marks"
HOMEWORK: Final = "student_homeworks_materials"
CLASSES: Final = "student_classes"

PERIOD_RESULTS: Final = "student_pmarks"
YEAR_RESULTS: Final = "student_ymarks"
EVENTS: Final = "student_events"
MASS_EVENTS: Final = "events_mass"
MENU: Final = "student_menu"
PLAN: Final = "student_subject_plan"
"""Object types from here on are known by name only."""


class Query(NamedTuple):
    """One question: an object type of one student in one interval."""

    obj_type: str
    student: str
    interval: str


def asked(obj_type: str, student: str, intervals: Iterable[str]) -> list[Query]:
    """The same type in several intervals."""
    return [Query(obj_type, student, interval) for interval in intervals]
