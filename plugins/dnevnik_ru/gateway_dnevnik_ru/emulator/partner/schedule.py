"""The diary bundle, the main call of nearly every client (protocol notes 4.2)."""

from datetime import date, timedelta
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.access import Group
from gateway_dnevnik_ru.emulator.call import Call, days_of_query
from gateway_dnevnik_ru.emulator.dates import day_text, days_between
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.service import Service
from gateway_dnevnik_ru.emulator.wire.lessons import (
    bundle_subjects,
    bundle_teachers,
    log_entries_json,
    own_works,
    schedule_lesson_json,
    school_days,
)
from gateway_dnevnik_ru.emulator.wire.marks import mark_json
from gateway_dnevnik_ru.emulator.wire.works import assignment_json, homework_json, work_type_json

_LONGEST: Final = timedelta(days=370)


def register(router: Router) -> None:
    """Add the paths of this part."""
    PartnerRoutes(router).get("persons/{person}/groups/{group}/schedules", schedules)


def schedules(call: Call) -> object:
    """`persons/{p}/groups/{g}/schedules`: every day of the range, empty ones too."""
    student = call.access.student(call.params["person"])
    group = call.access.own_group(call.params["group"])
    if student not in call.access.pupils_in(group):
        raise ApiError("systemForbidden")
    start, end = days_of_query(call)
    if not timedelta(0) <= end - start <= _LONGEST:
        raise invalid("endDate")
    service, contacts = call.service, call.grant.scope.contacts
    lessons = service.book.lessons(student, group.klass.key, start, end, group.part_key)
    by_day = school_days(lessons)
    return {
        "days": [
            _day(service, student, group, day, by_day.get(day, []), contacts=contacts)
            for day in days_between(start, end)
        ]
    }


def _day(
    service: Service,
    student: m.Student,
    group: Group,
    day: date,
    lessons: list[m.Lesson],
    *,
    contacts: bool,
) -> JsonObject:
    key = ("day", student.key, group.key, day, contacts)
    return service.once(
        key, lambda: make_day(service, student, group, day, lessons, contacts=contacts)
    )


def make_day(
    service: Service,
    student: m.Student,
    group: Group,
    day: date,
    lessons: list[m.Lesson],
    *,
    contacts: bool,
) -> JsonObject:
    """One day, 10 keys; joined by numbers, as the real one is."""
    world, book = service.world, service.book
    school = world.school(group.klass.school_key)
    marks = [mark for lesson in lessons for mark in book.student_marks_at(student, lesson)]
    works: list[m.Assignment] = []
    homework: list[m.Homework] = []
    for lesson in lessons:
        own, due = own_works(service, student, lesson)
        works += own
        homework += due
    kinds = dict.fromkeys(
        [*(item.work_kind_key for item in works), *(mark.work_kind_key for mark in marks)]
        + (["work-homework"] if homework else [])
    )
    return {
        "date": day_text(day),
        "lessons": [schedule_lesson_json(service, student, lesson) for lesson in lessons],
        "marks": [mark_json(service, mark) for mark in marks],
        "works": [assignment_json(service, item) for item in works],
        "homeworks": [homework_json(service, item) for item in homework],
        "subjects": bundle_subjects(service, lessons, homework),
        "workTypes": [work_type_json(service, school, world.work_kind(key)) for key in kinds],
        "lessonLogEntries": [
            entry
            for lesson in lessons
            for entry in log_entries_json(service, lesson, (student.key,))
        ],
        "teachers": [
            {"person": person, "role": "Teacher"}
            for person in bundle_teachers(service, lessons, contacts=contacts)
        ],
        "nextDate": day_text(book.next_school_day(group.klass.key, day)),
    }
