"""Days of the diary and their lessons (notes 4.2, 4.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from gateway.core.model.base import Reference
from gateway.core.model.lessons import LessonKind, LessonStatus
from gateway_eljur.mapping.clock import clock_of, day_of
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.references import NO_SUBJECT, named, subject_of
from gateway_eljur.mapping.text import label, plain
from gateway_eljur.wire.base import Several, key_text, keyed, switch, whole
from gateway_eljur.wire.diary import Day, Lesson

_CANCELLED: Final = "cancel"
_AFTER: Final = "after"
"""Stands in an identifier for the number of what has none: mostly it is after the regular day."""


@dataclass(frozen=True, slots=True)
class PlacedLesson:
    """A lesson of the wire with its record.

    Attributes:
        lesson: The lesson.
        record: What becomes of it, but for its materials.
        keys: Its native keys: student, date, number and subgroup.
    """

    lesson: Lesson
    record: Record
    keys: tuple[str, ...]


def dated_days(
    context: MapContext, days: Several[Day], start: date, end: date
) -> Iterator[tuple[str, Day]]:
    """Days of a range by date."""
    first, last = start.isoformat(), end.isoformat()
    found: dict[str, Day] = {}
    for index, (key, day) in enumerate(keyed(days)):
        told = day_of(key or None) or day_of(day.name)
        if told is None:
            context.note(f"$.days[{index}].name", "no date")
        elif first <= told <= last:
            found.setdefault(told, day)
    for told in sorted(found):
        yield told, found[told]


def placed_lessons(context: MapContext, day: str, told: Day) -> list[PlacedLesson]:
    """Lessons of one day: the numbered ones, then what comes after the regular day.

    Args:
        context: Where they belong.
        day: Its date.
        told: The day.
    """
    found: list[PlacedLesson] = []
    seen: set[str] = set()
    for regular, lessons in ((True, told.items), (False, told.items_extday)):
        for key, lesson in keyed(lessons):
            number = whole(key_text(lesson.num) or key) if regular else None
            keys = _keys(context, day, lesson, number)
            identifier = context.keys.lesson(keys)
            if identifier in seen:
                context.note("$.items", "a lesson told twice")
                continue
            seen.add(identifier)
            record = _record(context, day, lesson, number)
            record["id"] = identifier
            if not regular:
                record["kind"] = LessonKind.EXTRACURRICULAR
            found.append(PlacedLesson(lesson, record, keys))
    return sorted(found, key=_order)


def unnumbered_keys(
    context: MapContext, day: str, name: str, group: str, clock: str | None = None
) -> tuple[str, ...]:
    """Native keys of what has no number: date, name, subgroup and time."""
    return (context.student, day, _AFTER, name, group, *([clock] if clock else ()))


def _order(item: PlacedLesson) -> tuple[bool, int, str]:
    number = item.record["number"]
    after = not isinstance(number, int)
    return after, number if isinstance(number, int) else 0, str(item.record.get("starts_at", ""))


def _keys(context: MapContext, day: str, lesson: Lesson, number: int | None) -> tuple[str, ...]:
    """Date, number and subgroup; what has no number is known by its name and its time."""
    group = label(lesson.grp) or ""
    if number is not None:
        return (context.student, day, str(number), *([group] if group else ()))
    name = label(lesson.name) or key_text(lesson.lesson_id) or "—"
    return unnumbered_keys(context, day, name, group, clock_of(lesson.starttime))


def _record(context: MapContext, day: str, lesson: Lesson, number: int | None) -> Record:
    name = label(lesson.name)
    is_cancelled = (name or "").casefold() == _CANCELLED
    teacher = named(lesson.teacher)
    record: Record = {
        "date": day,
        "number": number,
        "subject": NO_SUBJECT if is_cancelled else _subject(context, lesson),
        "teachers": [] if teacher is None else [teacher],
    }
    if is_cancelled:
        record["status"] = LessonStatus.CANCELLED
        record["status_text"] = name
    if switch(lesson.is_control):
        record["kind"] = LessonKind.CONTROL
    start, end = clock_of(lesson.starttime), clock_of(lesson.endtime)
    if start is not None:
        record["starts_at"] = context.time.aware(day, start)
        if end is not None and end >= start:
            record["ends_at"] = context.time.aware(day, end)
    group = named(label(lesson.grp))
    if group is not None and group.name != name:
        record["group"] = group
    for field, value in (("room", label(lesson.room)), ("topic", plain(lesson.topic))):
        if value:
            record[field] = value
    return record


def _subject(context: MapContext, lesson: Lesson) -> Reference:
    return subject_of(context.keys.subject, lesson.lesson_id, label(lesson.name))
