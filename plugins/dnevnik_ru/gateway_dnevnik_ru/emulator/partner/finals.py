"""Final marks of periods, the year and exams (protocol notes 4.7)."""

from collections.abc import Iterable

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Group
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.wire.marks import final_mark_json
from gateway_dnevnik_ru.emulator.wire.places import bundle_subject_json
from gateway_dnevnik_ru.emulator.wire.works import final_type_json, final_work_json


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = PartnerRoutes(router)
    routes.get("persons/{person}/edu-groups/{group}/final-marks", of_person)
    routes.get("persons/{person}/edu-groups/{group}/allfinalmarks", all_of_person)
    routes.get("edu-groups/{group}/final-marks", of_group)
    routes.get("edu-groups/{group}/subjects/{subject}/final-marks", of_group_in_subject)
    # criteria marks are given in Kazakhstan alone, and the world's schools give none
    routes.get("edu-group/{group}/criteria-marks-totals", criteria_totals)
    routes.get("edu-group/{group}/subject/{subject}/criteria-marks-totals", criteria_totals)


def _rows(call: Call, group: Group, grades: Iterable[m.FinalGrade]) -> list[JsonObject]:
    """One object per pupil and period; the year's and the exams' have no period."""
    service = call.service
    table: dict[tuple[str, str | None], list[m.FinalGrade]] = {}
    for grade in grades:
        table.setdefault((grade.student_key, grade.period_key), []).append(grade)
    rows: list[JsonObject] = []
    for (student_key, period_key), own in table.items():
        person = service.world.student(student_key).person_key
        period = None if period_key is None else service.ids.of(ids.PERIOD, period_key)
        rows.append(
            big("person", service.ids.of(ids.PERSON, person))
            | big("group", service.ids.of(ids.GROUP, group.key))
            | big("reportingPeriod", period)
            | {
                "per-subject-final-marks": [
                    big("subject", service.ids.of(ids.SUBJECT, grade.subject_key))
                    | {"final-mark": final_mark_json(service, grade)}
                    for grade in own
                ]
            }
        )
    return rows


def _own(call: Call) -> tuple[Group, list[m.FinalGrade]]:
    student = call.access.student(call.params["person"])
    group = call.access.own_group(call.params["group"])
    grades = call.service.book.finals_in.get(group.klass.key, ())
    return group, [grade for grade in grades if grade.student_key == student.key]


def of_person(call: Call) -> object:
    """`persons/{p}/edu-groups/{g}/final-marks`."""
    return _rows(call, *_own(call))


def of_group(call: Call) -> object:
    """`edu-groups/{g}/final-marks`: the whole class's."""
    group = call.access.own_group(call.params["group"])
    return _rows(call, group, call.service.book.finals_in.get(group.klass.key, ()))


def of_group_in_subject(call: Call) -> object:
    """`edu-groups/{g}/subjects/{s}/final-marks`."""
    group = call.access.own_group(call.params["group"])
    subject = call.access.subject(call.params["subject"])
    grades = call.service.book.finals_in.get(group.klass.key, ())
    return _rows(call, group, [item for item in grades if item.subject_key == subject.key])


def all_of_person(call: Call) -> object:
    """`persons/{p}/edu-groups/{g}/allfinalmarks`: marks with their works, 4 keys."""
    service = call.service
    group, grades = _own(call)
    school = service.world.school(group.klass.school_key)
    subjects = dict.fromkeys(grade.subject_key for grade in grades)
    kinds = dict.fromkeys(grade.kind for grade in grades)
    return {
        "marks": [final_mark_json(service, grade) for grade in grades],
        "works": [final_work_json(service, grade) for grade in grades],
        "subjects": [bundle_subject_json(service, service.world.subject(key)) for key in subjects],
        "workTypes": [final_type_json(service, school, kind) for kind in kinds],
    }


def criteria_totals(call: Call) -> object:
    """`edu-group/{g}[/subject/{s}]/criteria-marks-totals`: nobody is assessed by sections here."""
    call.access.own_group(call.params["group"])
    return []
