"""Log entries: who was absent, ill or late, and what the teacher remarked (protocol notes 4.8)."""

from collections.abc import Iterable

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call, days_of_query
from gateway_dnevnik_ru.emulator.errors import invalid
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.lessons import LOG_STATUSES, lesson_json, log_entries_json


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = PartnerRoutes(router)
    # its lessons hold tasks, which clients change
    routes.get("persons/{person}/lesson-log-entries", of_person, cached=False)
    routes.get("lessons/{lesson}/log-entries", of_lesson)
    routes.get("lesson-log-entries/statuses", statuses)
    routes.get("lesson-log-entries/lesson/{lesson}/person/{person}", of_person_in_lesson)
    routes.get("lesson-log-entries/group/{group}", of_group)
    routes.get("lesson-log-entries/person/{person}/subject/{subject}", of_person_in_subject)
    routes.get("lesson-log-entries", of_lessons)


def _entries(
    call: Call, lessons: Iterable[m.Lesson], student_keys: Iterable[str]
) -> list[JsonObject]:
    keys = tuple(student_keys)
    return [entry for lesson in lessons for entry in log_entries_json(call.service, lesson, keys)]


def of_person(call: Call) -> object:
    """`persons/{p}/lesson-log-entries?startDate&endDate`: entries with their lessons."""
    student = call.access.student(call.params["person"])
    start, end = days_of_query(call)
    entries: list[JsonObject] = []
    lessons: list[JsonObject] = []
    for lesson in call.access.world.lessons_of(student.key, start, end):
        found = _entries(call, (lesson,), (student.key,))
        if found:
            entries += found
            lessons.append(lesson_json(call.service, (student,), lesson))
    return {"logEntries": entries, "lessons": lessons}


def of_lesson(call: Call) -> object:
    """`lessons/{l}/log-entries[?person=]`: the class's, or one pupil's."""
    lesson = call.access.lesson(call.params["lesson"])
    numbers = call.many("person")
    if not numbers:
        return log_entries_json(call.service, lesson)
    return _entries(call, (lesson,), (call.access.mate(number).key for number in numbers))


def statuses(_call: Call) -> object:
    """`lesson-log-entries/statuses`."""
    return list(LOG_STATUSES)


def of_person_in_lesson(call: Call) -> object:
    """`lesson-log-entries/lesson/{l}/person/{p}`: one entry, or an error where there is none."""
    lesson = call.access.lesson(call.params["lesson"])
    student = call.access.student(call.params["person"])
    found = _entries(call, (lesson,), (student.key,))
    if not found:
        raise invalid("lesson")
    return found[0]


def _in_subject(call: Call, class_key: str, subject: str) -> list[m.Lesson]:
    start, end = days_of_query(call)
    lessons = call.access.world.lessons_of_class(class_key, start, end)
    if not subject:
        return list(lessons)
    wanted = call.access.subject(subject)
    return [lesson for lesson in lessons if lesson.subject_key == wanted.key]


def of_group(call: Call) -> object:
    """`lesson-log-entries/group/{g}?subject&from&to`: the whole class's."""
    group = call.access.own_group(call.params["group"])
    lessons = _in_subject(call, group.klass.key, call.text("subject"))
    return _entries(call, lessons, group.student_keys)


def of_person_in_subject(call: Call) -> object:
    """`lesson-log-entries/person/{p}/subject/{s}?from&to`."""
    student = call.access.student(call.params["person"])
    return [
        entry
        for klass in call.access.world.classes_of(student.key)
        for entry in _entries(
            call, _in_subject(call, klass.key, call.params["subject"]), (student.key,)
        )
    ]


def of_lessons(call: Call) -> object:
    """`lesson-log-entries?lessons=`: of several lessons."""
    found = [call.access.lesson(number) for number in call.many("lessons", "lesson")]
    return [entry for item in found for entry in log_entries_json(call.service, item)]
