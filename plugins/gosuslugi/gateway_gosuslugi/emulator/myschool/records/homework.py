"""`student_homeworks_materials`: filed under the week in which it was given."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.myschool.draws import falls
from gateway_gosuslugi.emulator.myschool.intervals import Week
from gateway_gosuslugi.emulator.myschool.records.lessons import is_shown
from gateway_gosuslugi.emulator.myschool.records.values import day, lesson_id, number, subject_id

_WITHOUT_SUBJECT: Final = 4


def homework_records(world: World, student: m.Student, week: Week) -> list[JsonObject]:
    """Homework given in a week in the pupil's own school; now and then it names no subject."""
    given = world.homework_of(student.key, week.monday, week.sunday, by_given=True)
    return [
        _record(world, student, item) for item in given if item.school_key == student.school_key
    ]


def _record(world: World, student: m.Student, item: m.Homework) -> JsonObject:
    native = number("homework", item.key)
    due = world.lesson(item.due_lesson_key)
    nameless = is_shown(student, due) and falls("subject", item.key, one_in=_WITHOUT_SUBJECT)
    return {
        "homeworks_id": native,
        "id": native,
        "subject_id": None if nameless else subject_id(item.subject_key),
        "subject_name": "" if nameless else world.subject(item.subject_key).name,
        "description": item.text,
        "issue_date": day(item.given_on),
        "plan_ready_date": day(item.due_on),
        "issue_lesson_id": lesson_id(item.given_lesson_key, item.subject_key),
        "ready_lesson_id": lesson_id(item.due_lesson_key, item.subject_key),
        "materials": [
            *({"name": link.title, "link": link.url} for link in item.links),
            *({"name": each.title, "link": each.url} for each in item.materials),
        ],
    }
