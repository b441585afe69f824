"""Our weeks as a document of the published contract (notes 4.5). Pure; nothing is sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Final, TypeVar
from uuid import NAMESPACE_URL, uuid5

import msgspec

from gateway.core.model.attendance import AttendanceRecord, AttendanceStatus
from gateway.core.model.calendar import SchoolYear
from gateway.core.model.diary import DiaryDay, DiaryWeek
from gateway.core.model.grading import GradingScale
from gateway.core.model.homework import Homework
from gateway.core.model.lessons import Lesson, LessonStatus
from gateway.core.model.marks import Mark
from gateway.core.model.schools import ClassGroup, School
from gateway_gosuslugi.federal import wire

R = TypeVar("R", Homework, Mark, AttendanceRecord)

_SYSTEMS: Final[Mapping[GradingScale, str]] = {
    GradingScale.FIVE_POINT: "5",
    GradingScale.SIX_POINT: "6",
    GradingScale.SEVEN_POINT: "7",
    GradingScale.TEN_POINT: "10",
    GradingScale.TWELVE_POINT: "12",
    GradingScale.HUNDRED_POINT: "100",
}
_SIGNS: Final[Mapping[AttendanceStatus, str]] = {
    AttendanceStatus.ABSENT: "н",
    AttendanceStatus.EXCUSED: "у",
    AttendanceStatus.UNEXCUSED: "н",
    AttendanceStatus.ILLNESS: "б",
    AttendanceStatus.TARDY: "о",
    AttendanceStatus.EXEMPT: "осв",
}
"""Signs where the diary told no sign of its own. Assumed: schools differ."""
_LONGEST_SIGN: Final = 4
_VALUES_OF_A_CELL: Final = 2


@dataclass(frozen=True, slots=True)
class Exported:
    """A document, and what it has no place for.

    Attributes:
        document: JSON-able data of the published shape.
        left_out: Identifiers of lessons without times and cancelled ones, and of marks and
            homework that belong to no lesson of the document.
    """

    document: Mapping[str, Any]
    left_out: tuple[str, ...]


def schedule(
    weeks: Sequence[DiaryWeek],
    *,
    pupil: str,
    school: School,
    group: ClassGroup,
    year: SchoolYear,
    made_at: datetime,
) -> Exported:
    """Weeks of one pupil as `Schedule/{esiaId}`.

    Lessons keep the order of their beginnings. A cancelled lesson is not written; the lesson that
    stands at its time names its subject in `insteadOf`. Of the values of one cell the first two
    are written, and homework at the lesson for which it is due.

    Args:
        weeks: Weeks of the diary, in any order.
        pupil: The pupil's number at ЕСИА.
        school: The pupil's school.
        group: The pupil's class.
        year: The school year.
        made_at: Aware moment of making.

    Raises:
        ValueError: `made_at` is not aware.
    """
    if made_at.tzinfo is None:
        raise ValueError("an aware moment is due")
    written: list[wire.Lesson] = []
    left_out: list[str] = []
    days = {day.date: day for week in weeks for day in week.days}
    for date in sorted(days):
        lessons, lost = _day(days[date])
        written += lessons
        left_out += lost
    name = f"{year.starts_in}/{(year.starts_in + 1) % 100:02d}"
    span = None
    if year.start is not None and year.end is not None:
        span = wire.Span(year.start.isoformat(), year.end.isoformat())
    grade = None if group.grade_level is None else str(group.grade_level)
    found = wire.Schedule(
        resource_type="Schedule",
        id=_uuid(f"schedule/{pupil}"),
        meta=wire.Meta(made_at.isoformat(timespec="seconds")),
        school=[
            wire.SchoolLessons(
                id=_uuid(school.id),
                name=school.name,
                academic_year=name,
                period=span,
                classes=[wire.ClassLessons(name=group.name, grade=grade, lesson=written)],
            )
        ],
    )
    return Exported(msgspec.to_builtins(found), tuple(left_out))


def _day(day: DiaryDay) -> tuple[list[wire.Lesson], list[str]]:
    placed = sorted(_placed(day), key=lambda item: item.span.start)
    held = [item.lesson for item in placed]
    known = {item.id for item in held}
    lost = [item.id for item in day.lessons if item.id not in known]
    marks, lost_marks = _by_lesson(day.marks, held)
    homework, lost_homework = _by_lesson(day.homework, held)
    absences, _ = _by_lesson(day.attendance, held)
    lessons = [
        _lesson(
            item,
            marks=marks.get(item.lesson.id, []),
            homework=homework.get(item.lesson.id, []),
            absences=absences.get(item.lesson.id, []),
            instead_of=_replaced(item.lesson, day),
        )
        for item in placed
    ]
    return lessons, [*lost, *lost_homework, *lost_marks]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A lesson that is held, with its times."""

    lesson: Lesson
    span: wire.Span


def _placed(day: DiaryDay) -> Iterator[_Placed]:
    for lesson in day.lessons:
        starts, ends = lesson.starts_at, lesson.ends_at
        if lesson.status is not LessonStatus.CANCELLED and starts and ends:
            yield _Placed(lesson, wire.Span(starts.isoformat(), ends.isoformat()))


def _by_lesson(
    records: Sequence[R], lessons: Sequence[Lesson]
) -> tuple[dict[str, list[R]], list[str]]:
    """Records by the lesson that they name, or the day's first one of their subject."""
    known = {item.id for item in lessons}
    subjects: dict[str, str] = {}
    for item in lessons:
        subjects.setdefault(item.subject.name, item.id)
    found: dict[str, list[R]] = {}
    lost: list[str] = []
    for record in records:
        lesson = record.lesson_id if record.lesson_id in known else None
        if lesson is None and record.subject is not None:
            lesson = subjects.get(record.subject.name)
        if lesson is None:
            lost.append(record.id)
        else:
            found.setdefault(lesson, []).append(record)
    return found, lost


def _lesson(
    placed: _Placed,
    *,
    marks: Sequence[Mark],
    homework: Sequence[Homework],
    absences: Sequence[AttendanceRecord],
    instead_of: str | None,
) -> wire.Lesson:
    lesson = placed.lesson
    sign = next((found for item in absences if (found := _sign(item))), None)
    comment = lesson.comment
    return wire.Lesson(
        id=_uuid(lesson.id),
        subject=lesson.subject.name,
        period=placed.span,
        classroom=lesson.room,
        instead_of=instead_of,
        topic=lesson.topic,
        homework="\n".join(item.text for item in homework if item.text) or None,
        distant=lesson.is_remote,
        note=comment if isinstance(comment, str) else None,
        attendance=None if sign is None else wire.Absence(sign),
        score=list(_scores(marks)) or None,
    )


def _replaced(lesson: Lesson, day: DiaryDay) -> str | None:
    """The subject of the cancelled lesson in whose place this one stands."""
    for other in day.lessons:
        same_time = other.starts_at is not None and other.starts_at == lesson.starts_at
        same_number = bool(other.number) and other.number == lesson.number
        if other.status is LessonStatus.CANCELLED and (same_time or same_number):
            return other.subject.name
    return None


def _scores(marks: Sequence[Mark]) -> Iterator[wire.Score]:
    for _, cell in groupby(marks, key=lambda item: item.cell or item.id):
        values = list(cell)
        for start in range(0, len(values), _VALUES_OF_A_CELL):
            first, *second = values[start : start + _VALUES_OF_A_CELL]
            yield wire.Score(
                code=_code(first),
                score=first.text,
                score_system=_system(first),
                weight=float(first.weight) if isinstance(first.weight, Decimal) else None,
                score2=second[0].text if second else None,
            )


def _code(mark: Mark) -> str | None:
    work = mark.assignment
    return None if work is None else work.category_short or work.category or work.title


def _system(mark: Mark) -> str | None:
    return _SYSTEMS.get(mark.scale, mark.scale_text)


def _sign(record: AttendanceRecord) -> str | None:
    if record.status in {AttendanceStatus.PRESENT, AttendanceStatus.EARLY_DEPARTURE}:
        return None
    own = (record.status_text or "").strip()
    if own and len(own) <= _LONGEST_SIGN:
        return own
    return _SIGNS.get(record.status)


def _uuid(text: str) -> str:
    """The contract's identifiers are UUIDs: one that follows from ours."""
    return str(uuid5(NAMESPACE_URL, text))
