"""What stands in the cells of the register: marks, absences, lateness (notes 4.2, 4.5)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m

ABSENT: Final = "н"
LATE: Final = "оп"
_ILL: Final = "б"
_EXCUSED: Final = "у"
LETTERED: Final = frozenset({"school-2", "school-4"})
"""Schools that have letters of their own for absences that are excused."""

_NEVER_SHOWN: Final = frozenset(
    {
        m.MarkStatus.RETAKEN,  # the teacher writes the new mark over it
        m.MarkStatus.ABSENT,  # the absence itself stands in the cell
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One entry of a pupil in a subject on a day.

    Attributes:
        subject_key: The subject.
        lesson_key: The lesson.
        day: Its date.
        index: `nm`: the place among the entries of the subject on the day.
        value: As printed.
        convert: Its number; 0 for what has none.
        counts: Whether the average takes it in.
        marks: The marks that it consists of; empty for an absence.
    """

    subject_key: str
    lesson_key: str
    day: date
    index: int
    value: str
    convert: Decimal
    counts: bool
    marks: tuple[m.Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    lesson_key: str
    subject_key: str
    day: date
    value: str
    marks: tuple[m.Mark, ...]


def cells_of(world: World, student: m.Student, schools: Iterable[str]) -> tuple[Cell, ...]:
    """Every entry of this year in some schools, in the order of days and lessons."""
    within = set(schools)
    entries = [
        *_absences(world, student, within),
        *(_of_marks(marks) for marks in _groups(world, student, within)),
    ]
    found: list[Cell] = []
    counted: defaultdict[tuple[str, date], int] = defaultdict(int)
    for entry in sorted(entries, key=lambda item: (item.day, item.lesson_key)):
        place = entry.subject_key, entry.day
        values = [mark.value for mark in entry.marks if mark.value is not None]
        on_scale = bool(values) and entry.marks[0].scale_key != "scale-pass"
        convert = sum(values, Decimal(0)) / len(values) if on_scale else Decimal(0)
        found.append(
            Cell(
                subject_key=entry.subject_key,
                lesson_key=entry.lesson_key,
                day=entry.day,
                index=counted[place],
                value=entry.value,
                convert=convert,
                counts=any(mark.counts for mark in entry.marks),
                marks=entry.marks,
            )
        )
        counted[place] += 1
    return tuple(found)


def _groups(world: World, student: m.Student, schools: set[str]) -> Iterable[tuple[m.Mark, ...]]:
    """Marks of one cell together: `3/5` is two marks for one piece of work."""
    groups: dict[tuple[str, str], list[m.Mark]] = {}
    for mark in world.marks_of(student.key):
        if mark.status in _NEVER_SHOWN or mark.school_key not in schools:
            continue
        key = (mark.assignment_key, mark.cell_text if mark.cell_size > 1 else mark.key)
        groups.setdefault(key, []).append(mark)
    return (tuple(sorted(group, key=lambda mark: mark.cell_index)) for group in groups.values())


def _of_marks(marks: tuple[m.Mark, ...]) -> _Entry:
    first = marks[0]
    value = first.cell_text if len(marks) > 1 else first.text
    return _Entry(first.lesson_key, first.subject_key, first.date, value, marks)


def _absences(world: World, student: m.Student, schools: set[str]) -> Iterable[_Entry]:
    for item in world.attendance_of(student.key):
        value = letter_of(item)
        if item.school_key in schools and value is not None:
            yield _Entry(item.lesson_key, item.subject_key, item.date, value, ())


def letter_of(item: m.Attendance) -> str | None:
    """The letter of an absence or a late arrival; leaving early has none."""
    if item.kind is m.AttendanceKind.TARDY:
        return LATE
    if item.kind is not m.AttendanceKind.ABSENT:
        return None
    if item.school_key in LETTERED:
        if item.reason is m.AbsenceReason.ILLNESS:
            return _ILL
        if item.reason is m.AbsenceReason.EXCUSED:
            return _EXCUSED
    return ABSENT
