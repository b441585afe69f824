"""The days of a diary week."""

from collections.abc import Iterable, Mapping
from datetime import date

from gateway.core.model.base import Reference
from gateway_mos_ru.mapping.attendance import attendance_records
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.homework import (
    due_of_events,
    homework_records,
    lesson_homework_records,
    with_lessons,
)
from gateway_mos_ru.mapping.lessons import DayTold, PlacedEvent, placed_events
from gateway_mos_ru.mapping.marks import MarkPlace, mark_records
from gateway_mos_ru.wire.events import Event
from gateway_mos_ru.wire.homework import Homework


def day_records(
    context: MapContext,
    events: Iterable[Event],
    homeworks: Iterable[Homework] | None,
    told: Mapping[str, DayTold],
    reasons: Mapping[int, str],
    *,
    today: date,
) -> list[Record]:
    """Days by date.

    Args:
        context: Where they belong.
        events: The timetable with marks and homework.
        homeworks: The list of homework, None where it could not be had.
        told: By lesson, what the timetables of its day add.
        reasons: Names of reasons of absence by number.
        today: Today at the school.
    """
    placed = placed_events(context, events, told)
    homework = homework_records(context, homeworks or (), due_of_events(placed))
    with_lessons(homework, placed)
    homework += lesson_homework_records(context, placed, homework)
    days: dict[str, Record] = {}
    for item in placed:
        _part(days, item.record["date"], "lessons").append(item.record)
        _part(days, item.record["date"], "marks").extend(_marks(context, item, today))
    for record in attendance_records(context, placed, reasons):
        _part(days, record["date"], "attendance").append(record)
    for record in homework:
        if record.get("due_on") is not None:
            _part(days, record["due_on"], "homework").append(record)
    return [days[day] for day in sorted(days)]


def _marks(context: MapContext, item: PlacedEvent, today: date) -> list[Record]:
    lesson = item.record
    subject = lesson["subject"]
    place = MarkPlace(
        day=str(lesson["date"]),
        subject=subject if isinstance(subject, Reference) else None,
        lesson_id=str(lesson["id"]),
    )
    return mark_records(context, item.event.marks, today=today, place=place)


def _part(days: dict[str, Record], day: object, name: str) -> list[Record]:
    """One kind of record of a day, made at first use."""
    record = days.setdefault(str(day), {"date": str(day)})
    part = record.setdefault(name, [])
    return part if isinstance(part, list) else []
