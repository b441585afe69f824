"""Homework with everything that it names (protocol notes 4.4)."""

from collections.abc import Iterable

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call, days_of_query
from gateway_dnevnik_ru.emulator.errors import ApiError
from gateway_dnevnik_ru.emulator.partner.lessons import homework_by_number
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.lessons import (
    bundle_subjects,
    bundle_teachers,
    schedule_lesson_json,
)
from gateway_dnevnik_ru.emulator.wire.works import file_json, homework_json


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = PartnerRoutes(router)
    routes.get("users/me/school/{school}/homeworks", of_user)
    routes.get("users/me/school/homeworks", by_numbers)
    routes.get("persons/{person}/school/{school}/homeworks", of_person)


def bundle(call: Call, student: m.Student, items: Iterable[m.Homework]) -> JsonObject:
    """Works with their subjects, lessons, files and teachers: 5 keys."""
    service, world = call.service, call.access.world
    found = list(items)
    lessons = {item.due_lesson_key: world.lesson(item.due_lesson_key) for item in found}
    return {
        "works": [homework_json(service, item) for item in found],
        "subjects": bundle_subjects(service, lessons.values(), found),
        "lessons": [schedule_lesson_json(service, student, each) for each in lessons.values()],
        "files": [
            file_json(service, call.site, item, file) for item in found for file in item.attachments
        ],
        "teachers": bundle_teachers(service, lessons.values(), contacts=call.grant.scope.contacts),
    }


def _of(call: Call, student: m.Student) -> JsonObject:
    school = call.access.school(call.params["school"])
    start, end = days_of_query(call)
    items = call.access.world.homework_of(student.key, start, end)
    return bundle(call, student, [item for item in items if item.school_key == school.key])


def of_user(call: Call) -> object:
    """`users/me/school/{s}/homeworks?startDate&endDate`: for pupils."""
    if call.access.account.role is not m.Role.STUDENT or not call.access.students:
        raise ApiError("ownerForbidden")
    return _of(call, call.access.students[0])


def of_person(call: Call) -> object:
    """`persons/{p}/school/{s}/homeworks?startDate&endDate`: for guardians too."""
    return _of(call, call.access.student(call.params["person"]))


def by_numbers(call: Call) -> object:
    """`users/me/school/homeworks?homeworkId=1&homeworkId=2`."""
    found = [homework_by_number(call, number) for number in call.many("homeworkId")]
    items = [item for item in found if item is not None]
    takers = [student for student in call.access.students if _takes(call, student, items)]
    if not takers:
        raise ApiError("ownerForbidden")
    return bundle(call, takers[0], items)


def _takes(call: Call, student: m.Student, items: list[m.Homework]) -> bool:
    places = {place.class_key for place in call.access.world.places_of(student.key)}
    return any(
        item.class_key in places and (item.student_keys is None or student.key in item.student_keys)
        for item in items
    )
