"""Absences, which lessons tell (notes 4.3)."""

from collections.abc import Iterable
from typing import Final

from gateway.core.model.attendance import AttendanceStatus
from gateway_gosuslugi.myschool.mapping.context import MapContext, Record
from gateway_gosuslugi.myschool.mapping.lessons import PlacedLesson
from gateway_gosuslugi.myschool.mapping.text import plain

_STATUSES: Final = {
    "allowded": AttendanceStatus.EXCUSED,
    "notallowded": AttendanceStatus.UNEXCUSED,
    # The spelling that the service may come to one day.
    "allowed": AttendanceStatus.EXCUSED,
    "notallowed": AttendanceStatus.UNEXCUSED,
}
_VALID: Final = {AttendanceStatus.EXCUSED: True, AttendanceStatus.UNEXCUSED: False}


def attendance_records(context: MapContext, lessons: Iterable[PlacedLesson]) -> list[Record]:
    """What was noted at lessons, by time."""
    records: list[Record] = []
    for item in lessons:
        lesson = item.lesson
        code = plain(lesson.type_code)
        if code is None and plain(lesson.skipping_id) is None:
            continue
        status = _STATUSES.get((code or "").lower(), AttendanceStatus.ABSENT)
        day = str(item.record["date"])
        record: Record = {
            "id": context.keys.of("attendance", day, item.native),
            "date": day,
            "lesson_id": item.record["id"],
            "lesson_number": item.record["number"],
            "subject": item.record["subject"],
            "status": status,
            "is_excused": _VALID.get(status),
        }
        for field, text in (
            ("status_text", plain(lesson.type_description) or code),
            ("reason", plain(lesson.skipping_description)),
        ):
            if text is not None:
                record[field] = text
        records.append(record)
    return records
