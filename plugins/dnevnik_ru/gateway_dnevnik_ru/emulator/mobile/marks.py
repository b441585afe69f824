"""Marks of a period and final marks (protocol notes 4.6 and 4.7)."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.mobile.envelope import MobileRoutes, is_restricted, stamp
from gateway_dnevnik_ru.emulator.mobile.parts import (
    averages_json,
    by_work,
    final_json,
    mark_json,
    period_json,
    student_and_group,
    subject_json,
)
from gateway_dnevnik_ru.emulator.mobile.rating import ranks_on, rating_card
from gateway_dnevnik_ru.emulator.partner.averages import by_subject, period_marks
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.works import FINAL_KINDS


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = MobileRoutes(router)
    routes.get(
        "persons/{person}/groups/{group}/periods/{period}/periodMarks", of_period, cached=True
    )
    routes.get("persons/{person}/groups/{group}/finalMarks", finals, cached=True)


def of_period(call: Call) -> object:
    """`…/periods/{per}/periodMarks`: every subject with its averages and marks."""
    student, group = student_and_group(call)
    period = call.access.period(call.params["period"])
    service, world = call.service, call.service.world
    marks = by_subject(period_marks(service, student, period))
    results = {
        grade.subject_key: grade
        for grade in service.book.finals_in.get(group.klass.key, ())
        if grade.student_key == student.key and grade.period_key == period.key
    }
    places = {
        rank.subject_key: rank.place
        for rank in ranks_on(service, group.klass.key)
        if rank.student_key == student.key and rank.period_key == period.key
    }
    hidden = is_restricted(call)
    subjects = dict.fromkeys([*(s.key for s in world.subjects_of(group.klass.key)), *marks])
    return {
        "periodNumber": period.number - 1,
        "periodMarks": [
            {
                "subject": subject_json(call, key),
                "averageMarks": averages_json(call, marks.get(key, [])),
                "summativeMarks": None,
                "recentMarks": _recent(call, marks.get(key, [])),
                "finalMark": _final(call, results.get(key)),
                "rankingPlace": None if hidden else places.get(key),
            }
            for key in subjects
        ],
        "rating": rating_card(call, student, group.klass.key),
        "askTeacher": None,
    }


def _recent(call: Call, marks: list[m.Mark]) -> list[JsonObject]:
    return [
        {
            "date": stamp(call, own[0].given_at),
            "marks": [mark_json(call, mark) for mark in own],
            "isNew": (call.service.world.today - own[0].given_at.date()).days < 7,  # noqa: PLR2004 - a week
            "isImportant": call.service.world.work_kind(own[0].work_kind_key).is_important,
        }
        for own in by_work(call, marks).values()
    ]


def _final(call: Call, grade: m.FinalGrade | None) -> JsonObject | None:
    if grade is None:
        return None
    number = call.service.ids.of(ids.MARK, grade.key)
    return {
        "id": number,
        "itemId": number,
        "markType": "PeriodMark",
        "markTypeText": FINAL_KINDS[grade.kind][1],
        "isNew": False,
        "marks": [final_json(call, grade)],
    }


def finals(call: Call) -> object:
    """`…/finalMarks`: by subject, the periods' and then the year's and the exams'."""
    student, group = student_and_group(call)
    grades: dict[str, list[m.FinalGrade]] = {}
    for grade in call.service.book.finals_in.get(group.klass.key, ()):
        if grade.student_key == student.key:
            grades.setdefault(grade.subject_key, []).append(grade)
    world = call.service.world
    return {
        "finalMarks": [
            {
                "itemId": call.service.ids.of(ids.SUBJECT, key),
                "subject": subject_json(call, key),
                "knowledgeArea": world.subject(key).area,
                "periodMarks": [
                    {
                        "period": period_json(call, world.period(grade.period_key)),
                        "marks": [final_json(call, grade)],
                    }
                    for grade in own
                    if grade.period_key is not None
                ],
                "periodFinalMarks": [
                    {
                        "workType": FINAL_KINDS[grade.kind][0],
                        "workTypeName": FINAL_KINDS[grade.kind][1],
                        "marks": [final_json(call, grade)],
                    }
                    for grade in own
                    if grade.period_key is None
                ],
            }
            for key, own in grades.items()
        ]
    }
