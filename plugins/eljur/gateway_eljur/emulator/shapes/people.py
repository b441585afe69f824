"""People as answers name them (notes 3, 4.9)."""

from collections.abc import Callable
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import number

GENDER: Final = {m.Sex.MALE: "male", m.Sex.FEMALE: "female"}


def by_student(call: Call, make: Callable[[m.Student], JsonObject]) -> JsonObject:
    """`students` with a record for each pupil that is asked for, under the pupil's number."""
    found = {
        call.members.student_number(student): head(call, student) | make(student)
        for student in call.students
    }
    listed = call.service.quirks.students_as_list
    return {"students": list(found.values()) if listed else found}


def head(call: Call, student: m.Student) -> JsonObject:
    """Number and name of a pupil."""
    person = call.service.world.person(student.person_key)
    own = call.members.student_number(student)
    return {
        "name": number(call.service.quirks, own),
        "title": f"{person.surname} {person.given_name}",
    }


def correspondent(call: Call, person_key: str) -> JsonObject:
    """The sender or a recipient of a letter."""
    person = call.service.world.person(person_key)
    own = call.members.person_number(person_key)
    return {
        "name": number(call.service.quirks, own) if own else "",
        "lastname": person.surname,
        "firstname": person.given_name,
        "middlename": person.patronymic or "",
    }


def teacher_name(call: Call, teacher_key: str) -> str:
    """Full name of a teacher."""
    world = call.service.world
    return world.person(world.teacher(teacher_key).person_key).full_name
