"""Absences at lessons: what the timetable notes, with names of reasons (notes 4.2, 4.6)."""

from collections.abc import Iterable, Mapping
from typing import Final

from gateway.core.model.attendance import AttendanceStatus
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.lessons import NO_SUBJECT, PlacedEvent
from gateway_mos_ru.wire.events import Event

_STEMS: Final = (
    ("неуваж", AttendanceStatus.UNEXCUSED),
    ("без уваж", AttendanceStatus.UNEXCUSED),
    ("болез", AttendanceStatus.ILLNESS),
    ("заболе", AttendanceStatus.ILLNESS),
    ("медицин", AttendanceStatus.ILLNESS),
    ("врач", AttendanceStatus.ILLNESS),
    ("лечен", AttendanceStatus.ILLNESS),
    ("уваж", AttendanceStatus.EXCUSED),
    ("семейн", AttendanceStatus.EXCUSED),
    ("заявлен", AttendanceStatus.EXCUSED),
    ("соревнован", AttendanceStatus.EXCUSED),
    ("олимпиад", AttendanceStatus.EXCUSED),
    ("освобожд", AttendanceStatus.EXEMPT),
)
"""Parts of names of reasons, which are the service's reference book; the telling ones first."""

_HEALTH: Final = {
    "SICK": AttendanceStatus.ILLNESS,
    "SICK_WITH_INFECTION": AttendanceStatus.ILLNESS,
    "EXEMPT": AttendanceStatus.EXEMPT,
}

_VALID: Final = {
    AttendanceStatus.ILLNESS: True,
    AttendanceStatus.EXCUSED: True,
    AttendanceStatus.EXEMPT: True,
    AttendanceStatus.UNEXCUSED: False,
}


def attendance_records(
    context: MapContext, lessons: Iterable[PlacedEvent], reasons: Mapping[int, str]
) -> list[Record]:
    """Lessons that were missed, and those from which a doctor exempted.

    Args:
        context: Where they belong.
        lessons: Lessons of the timetable.
        reasons: Names of reasons by number; a number without a name stays without.
    """
    records: list[Record] = []
    for event, lesson in lessons:
        health = _HEALTH.get((event.health_status or "").upper())
        if not is_missed(event) and health is not AttendanceStatus.EXEMPT:
            continue
        reason = _reason(event, reasons)
        status = _told(reason) or health or AttendanceStatus.ABSENT
        native = str(lesson["id"]).removeprefix(context.keys.lesson)
        record: Record = {
            "id": context.keys.ids.of("attendance", context.person, native),
            "date": lesson["date"],
            "lesson_id": lesson["id"],
            "status": status,
        }
        fields = {
            "status_text": event.health_status or None,
            "is_excused": _VALID.get(status),
            "reason": reason,
        }
        record.update({key: value for key, value in fields.items() if value is not None})
        if lesson["subject"] is not NO_SUBJECT:
            record["subject"] = lesson["subject"]
        records.append(record)
    return records


def is_missed(event: Event) -> bool:
    """Whether the student was not there: by the flag, or by any reason told for it."""
    return (
        event.is_missed_lesson is True
        or event.absence_reason_id is not None
        or event.nonattendance_reason_id is not None
    )


def _reason(event: Event, reasons: Mapping[int, str]) -> str | None:
    """The reason's name: why the school noted an absence, else why a parent announced one."""
    for number in (event.nonattendance_reason_id, event.absence_reason_id):
        if number is not None and number in reasons:
            return reasons[number]
    return None


def _told(reason: str | None) -> AttendanceStatus | None:
    lower = (reason or "").casefold()
    return next((status for stem, status in _STEMS if stem in lower), None)
