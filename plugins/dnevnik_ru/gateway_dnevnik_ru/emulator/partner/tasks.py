"""One pupil's tasks in works, and ticking them off (protocol notes 4.4)."""

from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call, day_of
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.partner.lessons import homework_by_number
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.works import task_json

START_WORKING: Final = "startworking"
"""The one action that is known."""
_PAGE: Final = 100


def register(router: Router) -> None:
    """Add the paths of this part; clients change tasks, so nothing is kept."""
    routes = PartnerRoutes(router)
    routes.get("persons/{person}/tasks", of_person, cached=False)
    routes.get("lessons/{lesson}/tasks", of_lesson, cached=False)
    routes.get("works/{work}/tasks", of_work, cached=False)
    routes.get("tasks/{person}/undone", undone, cached=False)
    routes.get("tasks/{task}", task, cached=False)
    routes.post("works/{work}/persons/{person}/status", set_status)


def _tasks(call: Call, student: m.Student, items: list[m.Homework]) -> list[JsonObject]:
    return [task_json(call.service, student, item) for item in items]


def of_person(call: Call) -> object:
    """`persons/{p}/tasks?subject&from&to&pageNumber&pageSize`, pages from 1."""
    student = call.access.student(call.params["person"])
    start, end = call.text("from", "startDate"), call.text("to", "endDate")
    subject = call.text("subject")
    key = call.access.subject(subject).key if subject else None
    items = call.access.world.homework_of(
        student.key,
        day_of(start, "from") if start else None,
        day_of(end, "to") if end else None,
    )
    wanted = [item for item in items if key is None or item.subject_key == key]
    size = _number(call, "pageSize", _PAGE)
    first = (_number(call, "pageNumber", 1) - 1) * size
    return _tasks(call, student, wanted[first : first + size])


def _number(call: Call, name: str, default: int) -> int:
    text = call.text(name) or str(default)
    if not text.isascii() or not text.isdigit() or not int(text):
        raise invalid(name)
    return int(text)


def of_lesson(call: Call) -> object:
    """`lessons/{l}/tasks`: tasks of own children."""
    lesson = call.access.lesson(call.params["lesson"])
    return [
        task_json(call.service, student, item)
        for student in call.access.students
        for item in call.service.book.homework_at(student, lesson)
        if lesson.class_key in {p.class_key for p in student.enrollments}
    ]


def of_work(call: Call) -> object:
    """`works/{w}/tasks?persons=`."""
    item = homework_by_number(call, call.params["work"])
    if item is None:
        return []
    numbers = call.many("persons")
    students = [call.access.student(number) for number in numbers] or call.access.students
    takers = [each for each in students if _has(each, item)]
    return [task_json(call.service, each, item) for each in takers]


def _has(student: m.Student, item: m.Homework) -> bool:
    in_class = any(place.class_key == item.class_key for place in student.enrollments)
    in_group = item.group_key is None or item.group_key in student.group_keys
    return in_class and in_group and (item.student_keys is None or student.key in item.student_keys)


def undone(call: Call) -> object:
    """`tasks/{personId}/undone`."""
    student = call.access.student(call.params["person"])
    items = call.access.world.homework_of(student.key)
    state = call.service.state
    return _tasks(call, student, [i for i in items if not state.is_done(student.key, i.key)])


def task(call: Call) -> object:
    """`tasks/{id}`."""
    for student in call.access.students:
        for item in call.access.world.homework_of(student.key):
            number = call.service.ids.of(ids.TASK, ids.task_key(item.key, student.key))
            if str(number) == call.params["task"]:
                return task_json(call.service, student, item)
    raise invalid("task")


def set_status(call: Call) -> object:
    """POST `works/{w}/persons/{p}/status` `{"action":"StartWorking"}`: ticks a homework off."""
    student = call.access.student(call.params["person"])
    item = homework_by_number(call, call.params["work"])
    if item is None:
        raise invalid("work")
    if not _has(student, item):
        raise ApiError("ownerForbidden")
    if call.text("action").lower() != START_WORKING:
        raise invalid("action")
    call.service.state.set_done(student.key, item.key, done=True)
    return task_json(call.service, student, item)
