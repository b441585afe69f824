"""Averages that the service computes itself (protocol notes 4.6)."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Group
from gateway_dnevnik_ru.emulator.call import Call, day_of, days_of_path
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.service import Service
from gateway_dnevnik_ru.emulator.wire.marks import comma

_CENT: Final = Decimal("0.01")


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = PartnerRoutes(router)
    routes.get("persons/{person}/reporting-periods/{period}/avg-mark", overall)
    routes.get("persons/{person}/reporting-periods/{period}/subjects/{subject}/avg-mark", subject)
    routes.get("edu-groups/{group}/avg-marks/{from}/{to}", of_group)
    routes.get("edu-groups/{group}/reporting-periods/{period}/avg-marks/{date}", of_period)
    routes.get("edu-groups/{group}/wa-marks/{from}/{to}", weighted)


def by_subject(marks: Iterable[m.Mark]) -> dict[str, list[m.Mark]]:
    """Marks by subject."""
    found: dict[str, list[m.Mark]] = {}
    for mark in marks:
        found.setdefault(mark.subject_key, []).append(mark)
    return found


def period_marks(service: Service, student: m.Student, period: m.AcademicPeriod) -> list[m.Mark]:
    """A pupil's marks of a period in the period's school."""
    found = service.book.marks_of(student.key, period.starts, period.ends)
    return [mark for mark in found if mark.school_key == period.school_key]


def mean_of_subjects(service: Service, marks: Iterable[m.Mark]) -> Decimal | None:
    """Mean of the subjects' averages, to two places."""
    means = [service.book.average(own) for own in by_subject(marks).values()]
    known = [mean for mean in means if mean is not None]
    if not known:
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(_CENT, ROUND_HALF_UP)


def overall(call: Call) -> object:
    """`persons/{p}/reporting-periods/{per}/avg-mark`: a bare text such as `"4,57"`, or null."""
    student = call.access.student(call.params["person"])
    period = call.access.period(call.params["period"])
    return comma(mean_of_subjects(call.service, period_marks(call.service, student, period)))


def subject(call: Call) -> object:
    """`…/subjects/{s}/avg-mark`: the same for one subject."""
    student = call.access.student(call.params["person"])
    period = call.access.period(call.params["period"])
    wanted = call.access.subject(call.params["subject"])
    marks = by_subject(period_marks(call.service, student, period)).get(wanted.key, [])
    return comma(call.service.book.average(marks))


def _rows(
    call: Call, group: Group, period: m.AcademicPeriod | None, start: date, end: date
) -> list[JsonObject]:
    service = call.service
    number = None if period is None else service.ids.of(ids.PERIOD, period.key)
    rows: list[JsonObject] = []
    for key in group.student_keys:
        person = service.world.student(key).person_key
        marks = by_subject(_within(service, group, key, start, end))
        rows.append(
            big("group", service.ids.of(ids.GROUP, group.key))
            | big("reportingPeriod", number)
            | big("person", service.ids.of(ids.PERSON, person))
            | {
                "per-subject-averages": [
                    big("subject", service.ids.of(ids.SUBJECT, name))
                    | {"avg-mark-value": comma(service.book.average(own))}
                    for name, own in marks.items()
                    if service.book.average(own) is not None
                ]
            }
        )
    return rows


def _within(service: Service, group: Group, student: str, start: date, end: date) -> list[m.Mark]:
    found = service.book.marks_of(student, start, end)
    return [mark for mark in found if mark.class_key == group.klass.key]


def of_group(call: Call) -> object:
    """`edu-groups/{g}/avg-marks/{from}/{to}`: every pupil of the class."""
    group = call.access.own_group(call.params["group"])
    start, end = days_of_path(call)
    period = call.service.book.period_on(group.klass.school_key, end)
    return _rows(call, group, period, start, end)


def of_period(call: Call) -> object:
    """`edu-groups/{g}/reporting-periods/{per}/avg-marks/{date}`: as they stood on a day."""
    group = call.access.own_group(call.params["group"])
    period = call.access.period(call.params["period"])
    day = day_of(call.params["date"], "date")
    return _rows(call, group, period, period.starts, min(day, period.ends))


def weighted(call: Call) -> object:
    """`edu-groups/{g}/wa-marks/{from}/{to}`: weighted averages as numbers, by subject."""
    group = call.access.own_group(call.params["group"])
    start, end = days_of_path(call)
    service = call.service
    table: dict[str, list[JsonObject]] = {}
    for key in group.student_keys:
        number = service.ids.of(ids.PERSON, service.world.student(key).person_key)
        for name, own in by_subject(_within(service, group, key, start, end)).items():
            value = service.book.average(own, weighted=True)
            if value is not None:
                table.setdefault(name, []).append({"person": number, "value": float(value)})
    return {
        "subjectMarks": [
            big("subject", service.ids.of(ids.SUBJECT, name)) | {"marks": marks}
            for name, marks in table.items()
        ]
    }
