"""Lessons by themselves and their works (protocol notes 4.2 and 4.4)."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Group
from gateway_dnevnik_ru.emulator.call import Call, days_of_path
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.lessons import lesson_json
from gateway_dnevnik_ru.emulator.wire.works import (
    assignment_json,
    final_work_json,
    homework_json,
    task_json,
    with_tasks,
)


def register(router: Router) -> None:
    """Add the paths of this part; works hold tasks, which clients change, so nothing is kept."""
    routes = PartnerRoutes(router)
    routes.get("edu-groups/{group}/lessons/{from}/{to}", of_group, cached=False)
    routes.get(
        "edu-groups/{group}/subjects/{subject}/lessons/{from}/{to}", of_subject, cached=False
    )
    routes.get("lessons/{lesson}", lesson, cached=False)
    routes.post("lessons/many", many)
    routes.get("lessons/{lesson}/works", works_of_lesson, cached=False)
    routes.get("works/{work}", work, cached=False)
    routes.get("works", works_by_lesson, cached=False)
    routes.post("works/many", works_many)


def _students_of(call: Call, item: m.Lesson) -> list[m.Student]:
    """Own children who attend a lesson."""
    part = None if item.group_key is None else call.access.world.group(item.group_key)
    group = Group(call.access.world.class_group(item.class_key), part)
    return call.access.pupils_in(group)


def _lesson(call: Call, item: m.Lesson) -> JsonObject:
    return lesson_json(call.service, _students_of(call, item), item)


def _in_range(call: Call) -> list[m.Lesson]:
    """Lessons of a group; of a class also those of the groups that own children are in."""
    group = call.access.own_group(call.params["group"])
    start, end = days_of_path(call)
    lessons = call.access.world.lessons_of_class(group.klass.key, start, end)
    if group.part is not None:
        return [item for item in lessons if item.group_key == group.part.key]
    attended = {None, *(key for each in call.access.pupils_in(group) for key in each.group_keys)}
    return [item for item in lessons if item.group_key in attended]


def of_group(call: Call) -> object:
    """`edu-groups/{g}/lessons/{from}/{to}`."""
    return [_lesson(call, item) for item in _in_range(call)]


def of_subject(call: Call) -> object:
    """`edu-groups/{g}/subjects/{s}/lessons/{from}/{to}`."""
    subject = call.access.subject(call.params["subject"])
    return [_lesson(call, item) for item in _in_range(call) if item.subject_key == subject.key]


def lesson(call: Call) -> object:
    """`lessons/{l}`."""
    return _lesson(call, call.access.lesson(call.params["lesson"]))


def many(call: Call) -> object:
    """POST `lessons/many`: by a bare array, a wrapped one, or a form."""
    return [_lesson(call, call.access.lesson(number)) for number in call.many("lessons", "ids")]


def works_of_lesson(call: Call) -> object:
    """`lessons/{l}/works`."""
    return _lesson(call, call.access.lesson(call.params["lesson"]))["works"]


def works_by_lesson(call: Call) -> object:
    """`works?lesson=`."""
    return _lesson(call, call.access.lesson(call.text("lesson")))["works"]


def work(call: Call) -> object:
    """`works/{w}`."""
    return work_by_number(call, call.params["work"])


def works_many(call: Call) -> object:
    """POST `works/many`."""
    return [work_by_number(call, number) for number in call.many("works", "ids")]


def homework_by_number(call: Call, number: str) -> m.Homework | None:
    """The homework with this work number, or None where the work is of another sort.

    Raises:
        ApiError: There is no such work, or it belongs to another class.
    """
    key = call.service.ids.key(ids.WORK, number)
    if key is None:
        raise invalid("work")
    try:
        item = call.access.world.homework_item(key)
    except KeyError:
        return None
    if item.class_key not in call.access.class_keys:
        raise ApiError("systemForbidden")
    return item


def work_by_number(call: Call, number: str) -> JsonObject:
    """A work of any sort with its tasks, 23 keys."""
    item = homework_by_number(call, number)
    service, access = call.service, call.access
    if item is not None:
        place = access.world.lesson(item.due_lesson_key)
        takers = [
            each
            for each in _students_of(call, place)
            if item.student_keys is None or each.key in item.student_keys
        ]
        if not takers:
            raise ApiError("ownerForbidden")
        tasks = [task_json(service, each, item) for each in takers]
        return with_tasks(homework_json(service, item), tasks)
    key = service.ids.key(ids.WORK, number)
    assignment = service.book.assignments.get(key or "")
    if assignment is not None:
        if assignment.class_key not in access.class_keys:
            raise ApiError("systemForbidden")
        return with_tasks(assignment_json(service, assignment), [])
    for grade in access.world.final_grades:
        if ids.final_work_key(grade.key) == key and grade.class_key in access.class_keys:
            return with_tasks(final_work_json(service, grade), [])
    raise invalid("work")
