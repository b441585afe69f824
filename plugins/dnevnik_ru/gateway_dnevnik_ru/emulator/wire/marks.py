"""Marks and final marks (protocol notes 4.5 and 4.7)."""

from datetime import datetime, time
from decimal import Decimal
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.dates import moment_text
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.service import Service
from gateway_dnevnik_ru.emulator.wire.works import work_type_id

GOOD, AVERAGE, BAD, NOT_SET = "Good", "Average", "Bad", "NotSet"
_GOOD_FROM, _AVERAGE_FROM = Decimal("0.7"), Decimal("0.5")
_WHEN_SUMMED_UP: Final = time(15, 0)

VALUES: Final[dict[str, list[str]]] = {
    "markna": ["н/а", "зач", "незач"],
    "markdismiss": ["осв"],
    "mark5": [f"{mark}{sign}" for mark in range(1, 6) for sign in ("-", "", "+")],
    "mark6": [str(mark) for mark in range(1, 7)],
    "mark7": [str(mark) for mark in range(1, 8)],
    "mark10": [str(mark) for mark in range(1, 11)],
    "mark12": [str(mark) for mark in range(1, 13)],
    "mark100": [str(mark) for mark in range(101)],
    "markabcdf": ["A", "B", "C", "D", "F"],
    "test": ["зач", "незач"],
    "markoral6band": [str(mark) for mark in range(1, 7)],
    "notset": [],
}
"""Signs by type: `marks/values`."""


def mood(service: Service, value: Decimal | None, scale_key: str) -> str:
    """How glad a mark makes."""
    if value is None:
        return NOT_SET
    scale = service.world.scale(scale_key)
    if scale.kind is m.ScaleKind.PASS_FAIL:
        return GOOD if value >= scale.passing else BAD
    share = value / scale.highest
    return GOOD if share >= _GOOD_FROM else AVERAGE if share >= _AVERAGE_FROM else BAD


def mark_json(service: Service, mark: m.Mark) -> JsonObject:
    """A mark, 16 keys; `date` is the moment of grading in school time."""
    return service.once(("mark", mark.key), lambda: _mark(service, mark))


def _mark(service: Service, mark: m.Mark) -> JsonObject:
    zone = service.world.zone_of(mark.school_key)
    return _sixteen(
        service,
        key=mark.key,
        text=mark.text,
        student_key=mark.student_key,
        work_key=service.book.work_of_mark(mark),
        lesson=service.ids.of(ids.LESSON, mark.lesson_key),
        number=mark.cell_index,
        given_at=mark.given_at.astimezone(zone),
        type_id=work_type_id(service, mark.school_key, mark.work_kind_key),
        feeling=mood(service, mark.value, mark.scale_key),
        counts=mark.counts,
    )


def final_mark_json(service: Service, grade: m.FinalGrade) -> JsonObject:
    """A final mark, the same 16 keys without a lesson."""
    return _sixteen(
        service,
        key=grade.key,
        text=grade.text,
        student_key=grade.student_key,
        work_key=ids.final_work_key(grade.key),
        lesson=None,
        number=0,
        given_at=datetime.combine(grade.given_on, _WHEN_SUMMED_UP),
        type_id=work_type_id(service, grade.school_key, grade.kind.value),
        feeling=mood(service, grade.value, grade.scale_key),
        counts=False,
    )


def _sixteen(
    service: Service,
    *,
    key: str,
    text: str,
    student_key: str,
    work_key: str,
    lesson: int | None,
    number: int,
    given_at: datetime,
    type_id: int,
    feeling: str,
    counts: bool,
) -> JsonObject:
    person = service.ids.of(ids.PERSON, service.world.student(student_key).person_key)
    return (
        big("id", service.ids.of(ids.MARK, key))
        | {"type": "Mark", "value": text, "textValue": text}
        | big("person", person)
        | big("work", service.ids.of(ids.WORK, work_key))
        | big("lesson", lesson)
        | {
            "number": number,
            "date": moment_text(given_at),
            "workType": type_id,
            "mood": feeling,
            "use_avg_calc": counts,
        }
    )


def comma(value: Decimal | None) -> str | None:
    """An average as the partner interface writes it: `"4,57"`."""
    return None if value is None else f"{value:.2f}".replace(".", ",")
