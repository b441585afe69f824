"""Children, the current year, and the declaration of a child (notes 4.2)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import invalid
from gateway_gosuslugi.emulator.numbers import student_id
from gateway_gosuslugi.emulator.rules import SIGNED_IN, Router

BASE: Final = "api/myschool"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(f"{BASE}/v2/auth/student", students, dress=SIGNED_IN)
    router.add(f"{BASE}/v1/current_year", current_year, dress=SIGNED_IN)
    router.add(f"{BASE}/v1/regions", regions, dress=SIGNED_IN)
    router.add(f"{BASE}/v1/datamart/welcome", welcome, dress=SIGNED_IN, methods=("POST",))
    router.add(f"{BASE}/v1/auth/prn", choose, dress=SIGNED_IN, methods=("POST",))


def students(call: Call) -> object:
    """GET `v2/auth/student?role=`: own children, or oneself; empty when nobody is linked."""
    return [_student(call, item) for item in call.access.students]


def current_year(call: Call) -> object:
    """GET `v1/current_year`: the year in which the school year began."""
    return {"current_year": call.service.world.current_year.start_year}


def regions(call: Call) -> object:
    """GET `v1/regions`."""
    return [{"code": item.code, "name": item.name} for item in call.service.world.regions]


def welcome(call: Call) -> object:
    """POST `v1/datamart/welcome`: a child is declared before its data are asked for."""
    call.access.student(_needed(call, "student_id"))
    _needed(call, "region")
    return {}


def choose(call: Call) -> object:
    """POST `v1/auth/prn`: which child is looked at."""
    call.access.student(_needed(call, "student_id"))
    return {}


def _student(call: Call, student: m.Student) -> JsonObject:
    world = call.service.world
    person = world.person(student.person_key)
    region = world.school(student.school_key).region_key
    return {
        "student_id": student_id(student.key),
        "student_first_name": person.given_name,
        "student_last_name": person.surname,
        "student_middle_name": person.patronymic,
        "student_region": next(item.code for item in world.regions if item.key == region),
    }


def _needed(call: Call, name: str) -> str:
    value = call.table().get(name)
    if not isinstance(value, str) or not value:
        raise invalid(name)
    return value
