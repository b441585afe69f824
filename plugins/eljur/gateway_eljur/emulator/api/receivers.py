"""`getmessagereceivers`: whom one may write to (notes 4.9)."""

from collections.abc import Iterable

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.rules import Router, method
from gateway_eljur.emulator.shapes.people import correspondent


def register(router: Router) -> None:
    """Add the method of this part."""
    method(router, "getmessagereceivers", receivers)


def receivers(call: Call) -> object:
    """Groups of people; parents and pupils are nested by class."""
    world, schools = call.service.world, call.user.vendor.school_keys
    teachers = [item for item in world.teachers if item.school_key in schools]
    heads = [item for item in teachers if item.homeroom_class_key is not None]
    principals = [world.school(key).principal_person_key for key in schools]
    groups = [
        _flat("teachers", "Учителя", (_teacher(call, item) for item in teachers)),
        _flat("classruks", "Классные руководители", (_head_of(call, item) for item in heads)),
        _flat("administration", "Администрация", (_user(call, k, "Директор") for k in principals)),
        _nested("parents", "Родители", call, parents=True),
        _nested("students", "Ученики", call, parents=False),
    ]
    return {"groups": groups}


def _flat(key: str, name: str, users: Iterable[JsonObject]) -> JsonObject:
    return {"key": key, "name": name, "users": list(users)}


def _nested(key: str, name: str, call: Call, *, parents: bool) -> JsonObject:
    world = call.service.world
    subgroups = []
    for group in world.classes:
        if (
            group.school_key not in call.user.vendor.school_keys
            or group.year_key != world.current_year.key
        ):
            continue
        people = _people(world, group, parents=parents)
        users = [_user(call, person, group.name) for person in people]
        if users:
            subgroups.append({"key": f"{key}_{group.name}", "name": group.name, "users": users})
    return {"key": key, "name": name, "users": [], "subgroups": subgroups}


def _people(world: World, group: m.ClassGroup, *, parents: bool) -> list[str]:
    students = [world.student(key) for key in group.student_keys]
    if not parents:
        return [student.person_key for student in students]
    keys = [item.person_key for each in students for item in world.guardians_of(each.key)]
    return list(dict.fromkeys(keys))


def _teacher(call: Call, teacher: m.Teacher) -> JsonObject:
    names = (call.service.world.subject(key).name for key in teacher.subject_keys)
    return _user(call, teacher.person_key, ", ".join(names) or teacher.position)


def _head_of(call: Call, teacher: m.Teacher) -> JsonObject:
    group = call.service.world.class_group(teacher.homeroom_class_key or "")
    return _user(call, teacher.person_key, group.name)


def _user(call: Call, person_key: str, info: str) -> JsonObject:
    person = call.service.world.person(person_key)
    search = f"{person.surname}~{person.given_name}~{info}~"
    return correspondent(call, person_key) | {"info": info, "search": search}
