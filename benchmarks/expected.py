"""The model that a timed call must answer with, read once and looked at by eye's standards."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from benchmarks import payloads
from gateway.core.model import DiaryWeek, Lesson, Mark

FIRST: Final = payloads.MONDAY
LAST: Final = payloads.MONDAY + timedelta(days=6)

_NINE_IN_MOSCOW: Final = datetime(2026, 11, 16, 8, 30, tzinfo=ZoneInfo("Europe/Moscow"))


def ranges(number: int) -> tuple[date, date]:
    """A range of its own for every number below 64 that holds the whole week and nothing else."""
    before, after = divmod(number, 8)
    return FIRST - timedelta(days=before), LAST + timedelta(days=after)


RANGES: Final = 64


def check_lessons(lessons: tuple[Lesson, ...]) -> None:
    """Raises unless these are the forty lessons of the payload."""
    first = lessons[0]
    if (
        len(lessons) != payloads.LESSONS
        or first.subject.name != "Русский язык"
        or first.starts_at != _NINE_IN_MOSCOW
        or first.room != "100"
        or first.topic != "Тема урока № 1"
        or not first.teachers
        or first.teachers[0].name != "Образцова Анна Борисовна"
    ):
        raise AssertionError("the lessons are not those of the payload")


def check_week(week: DiaryWeek) -> None:
    """Raises unless this is the whole week of the payload."""
    check_lessons(tuple(lesson for day in week.days for lesson in day.lessons))
    homework = [item for day in week.days for item in day.homework]
    marks = [item for day in week.days for item in day.marks]
    absences = [item for day in week.days for item in day.attendance]
    if (len(homework), len(marks), len(absences)) != (5, 4, 1):
        raise AssertionError("the week lacks homework, marks or absences")


def check_marks(marks: tuple[Mark, ...]) -> None:
    """Raises unless these are the marks of the term, each with its subject."""
    wanted = payloads.TERM_SUBJECTS * payloads.TERM_MARKS
    if len(marks) != wanted or any(mark.subject is None or mark.value is None for mark in marks):
        raise AssertionError("the marks are not those of the payload")
