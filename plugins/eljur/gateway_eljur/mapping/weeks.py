"""The days of a diary week (notes 4.2)."""

from collections.abc import Iterable

from gateway.core.model.base import Reference
from gateway_eljur.mapping.attendance import attendance_records
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.days import kind_of
from gateway_eljur.mapping.homework import homework_records, materials_of
from gateway_eljur.mapping.lessons import PlacedLesson, placed_lessons
from gateway_eljur.mapping.marks import MarkPlace, mark_records
from gateway_eljur.wire.base import key_text, several
from gateway_eljur.wire.diary import Day


def day_records(context: MapContext, days: Iterable[tuple[str, Day]]) -> list[Record]:
    """Days with their lessons, homework, marks and absences.

    Args:
        context: Where they belong.
        days: The days with their dates.
    """
    return [_day_record(context, day, told) for day, told in days]


def _day_record(context: MapContext, day: str, told: Day) -> Record:
    placed = placed_lessons(context, day, told)
    marks: list[Record] = []
    absences: list[Record] = []
    for item in placed:
        place = mark_place(item)
        cells = several(item.lesson.assessments)
        marks += mark_records(context, cells, place=place)
        absences += attendance_records(context, cells, place=place)
    record: Record = {
        "date": day,
        "lessons": lesson_records(context, placed),
        "homework": homework_records(context, placed),
        "marks": marks,
        "attendance": absences,
    }
    kind = kind_of(day, told)
    if kind is not None:
        record["kind"] = kind
        record["kind_text"] = told.alert
    return record


def lesson_records(context: MapContext, placed: Iterable[PlacedLesson]) -> list[Record]:
    """Lessons with what is attached to them."""
    return [{**item.record, "attachments": materials_of(context, item)} for item in placed]


def mark_place(placed: PlacedLesson) -> MarkPlace:
    """Where the marks of a lesson stand."""
    subject, number = placed.record["subject"], placed.record["number"]
    return MarkPlace(
        day=str(placed.record["date"]),
        subject=subject.name if isinstance(subject, Reference) else None,
        subject_key=key_text(placed.lesson.lesson_id),
        lesson_id=str(placed.record["id"]),
        lesson_number=number if isinstance(number, int) else None,
    )
