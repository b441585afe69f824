"""Absences and late arrivals, which stand among the marks as letters (notes 4.5, 4.7)."""

from collections.abc import Iterable
from typing import Final

from gateway.core.marks import read_sign
from gateway.core.model.attendance import AttendanceStatus
from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import MarkStatus
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.marks import NOWHERE, MarkPlace, placed_marks
from gateway_eljur.mapping.signs import Cell, is_worth_something, letter_of, values_of
from gateway_eljur.mapping.text import plain
from gateway_eljur.wire.marks import Mark

_STATUSES: Final = {
    "б": AttendanceStatus.ILLNESS,
    "бол": AttendanceStatus.ILLNESS,
    "у": AttendanceStatus.EXCUSED,
    "ув": AttendanceStatus.EXCUSED,
    "уп": AttendanceStatus.EXCUSED,
    "у/п": AttendanceStatus.EXCUSED,
    "неув": AttendanceStatus.UNEXCUSED,
    "нп": AttendanceStatus.UNEXCUSED,
    "оп": AttendanceStatus.TARDY,
    "опозд": AttendanceStatus.TARDY,
    "опоздал": AttendanceStatus.TARDY,
    "опоздала": AttendanceStatus.TARDY,
}
"""Letters that tell more than that the student was not there."""

_VALID: Final = {
    AttendanceStatus.ILLNESS: True,
    AttendanceStatus.EXCUSED: True,
    AttendanceStatus.UNEXCUSED: False,
}


def attendance_records(
    context: MapContext, marks: Iterable[Mark], *, place: MarkPlace = NOWHERE
) -> list[Record]:
    """What the marks of one subject or lesson tell of attendance.

    Args:
        context: Where they belong.
        marks: The marks.
        place: Where they stand.
    """
    records: list[Record] = []
    for placed in placed_marks(context, marks, place=place):
        told = absence_in(placed.cell)
        if told is None:
            continue
        letter, status = told
        record: Record = {
            "id": context.keys.ids.of("attendance", context.student, *placed.keys),
            "date": placed.day,
            "subject": placed.subject,
            "status": status,
            "status_text": letter,
        }
        fields = {
            "lesson_id": place.lesson_id,
            "lesson_number": place.lesson_number,
            "is_excused": _VALID.get(status),
            "comment": plain(placed.mark.comment),
        }
        record.update({key: value for key, value in fields.items() if value is not None})
        records.append(record)
    return records


def absence_in(cell: Cell) -> tuple[str, AttendanceStatus] | None:
    """The letter of a cell and what it means; None where the cell tells of no absence."""
    if is_worth_something(cell) and len(values_of(cell)) == 1:
        return None
    for text in values_of(cell):
        letter = letter_of(text)
        if letter is not None:
            return text, _STATUSES.get(letter, AttendanceStatus.ABSENT)
        if read_sign(text, GradingScale.UNKNOWN).status is MarkStatus.ABSENT:
            return text, AttendanceStatus.ABSENT
    return None
