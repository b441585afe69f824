"""Classes and groups: people, subjects, periods and bells (protocol notes 3, 4.1, 4.3)."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Group
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import ApiError
from gateway_dnevnik_ru.emulator.partner.people import card
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.places import (
    group_json,
    period_group_json,
    period_json,
    subject_json,
    timetable_json,
)


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = PartnerRoutes(router)
    routes.get("edu-groups/{group}", group)
    routes.get("edu-groups/{group}/parallel", parallel)
    routes.get("edu-groups/{group}/persons", members)
    routes.get("edu-groups/{group}/students", members)
    routes.post("edu-groups/students", students_many)
    routes.get("edu-groups/{group}/subjects", subjects)
    routes.get("edu-groups/{group}/teachers", teachers)
    routes.get("edu-groups/{group}/classteacher", class_teacher)
    routes.get("edu-groups/{group}/reporting-periods", periods)
    routes.get("edu-groups/{group}/reporting-period-group", period_group)
    # the spelling of a client in use
    routes.get("edu-groups/{group}/reporting-periods-group", period_group)
    routes.get("edu-groups/{group}/timetables", timetable)
    routes.get("persons/{person}/edu-groups", groups_of_person)
    routes.get("persons/{person}/edu-groups/all", all_groups_of_person)
    routes.get("persons/{person}/schools/{school}/edu-groups", groups_in_school)
    routes.get("persons/{person}/schools/{school}/edu-groups/teacher", groups_of_teacher)
    routes.get("teacher/{person}/students", students_of_teacher)


def group(call: Call) -> object:
    """`edu-groups/{g}`."""
    return group_json(call.service, call.access.group(call.params["group"]))


def parallel(call: Call) -> object:
    """`edu-groups/{g}/parallel`: classes of the same grade in the same school and year."""
    klass = call.access.group(call.params["group"]).klass
    return [
        group_json(call.service, Group(item))
        for item in call.access.world.classes
        if (item.school_key, item.year_key, item.grade_level)
        == (klass.school_key, klass.year_key, klass.grade_level)
    ]


def members(call: Call) -> object:
    """`edu-groups/{g}/persons` and `/students`: persons."""
    found = call.access.group(call.params["group"])
    world = call.access.world
    return [card(call, world.person_of(key)) for key in found.student_keys]


def students_many(call: Call) -> object:
    """POST `edu-groups/students`: pupils of several groups."""
    access = call.access
    found = [access.group(number) for number in call.many("eduGroups", "groups", "ids")]
    return [
        {
            "group": call.service.ids.of(ids.GROUP, item.key),
            "students": [
                {"person": card(call, access.world.person_of(key)), "membershipstatus": "Active"}
                for key in item.student_keys
            ],
        }
        for item in found
    ]


def subjects(call: Call) -> object:
    """`edu-groups/{g}/subjects`."""
    found = call.access.group(call.params["group"])
    world = call.access.world
    if found.part is not None:
        return [subject_json(call.service, world.subject(found.part.subject_key))]
    return [subject_json(call.service, item) for item in world.subjects_of(found.klass.key)]


def teachers(call: Call) -> object:
    """`edu-groups/{g}/teachers`."""
    found = call.access.group(call.params["group"])
    world = call.access.world
    keys = dict.fromkeys(
        item.teacher_key
        for item in world.curriculum_of(found.klass.key)
        if found.part is None or item.group_key == found.part.key
    )
    return [card(call, world.person(world.teacher(key).person_key)) for key in keys]


def class_teacher(call: Call) -> object:
    """`edu-groups/{g}/classteacher`."""
    klass = call.access.group(call.params["group"]).klass
    world = call.access.world
    return card(call, world.person(world.teacher(klass.homeroom_teacher_key).person_key))


def periods(call: Call) -> object:
    """`edu-groups/{g}/reporting-periods`."""
    klass = call.access.group(call.params["group"]).klass
    found = call.access.world.periods_of_school(klass.school_key, klass.year_key)
    return [period_json(call.service, item) for item in found]


def period_group(call: Call) -> object:
    """`edu-groups/{g}/reporting-period-group`: periods with holidays."""
    return period_group_json(call.service, call.access.group(call.params["group"]).klass)


def timetable(call: Call) -> object:
    """`edu-groups/{g}/timetables`: the bells of an own class, one object."""
    klass = call.access.own_group(call.params["group"]).klass
    school = call.access.world.school(klass.school_key)
    return timetable_json(call.service, school.bell_schedules[0])


def _groups_of(call: Call, student: m.Student, year_key: str) -> list[Group]:
    """A pupil's classes of a year and, this year, the groups in them."""
    world = call.access.world
    found: list[Group] = []
    for klass in world.classes_of(student.key, year_key):
        found.append(Group(klass))
        parts = [world.group(key) for key in student.group_keys]
        found += [Group(klass, part) for part in parts if part.class_key == klass.key]
    return found


def _taught_by(call: Call, person_key: str) -> list[Group]:
    """Classes that a teacher teaches this year."""
    world = call.access.world
    teacher = world.teacher_of(person_key)
    if teacher is None and person_key == call.access.person.key:
        return []  # a guardian belongs to no class
    if teacher is None:
        raise ApiError("ownerForbidden")
    keys = dict.fromkeys(
        item.class_key for item in world.curriculum if item.teacher_key == teacher.key
    )
    return [Group(world.class_group(key)) for key in keys]


def groups_of_person(call: Call) -> object:
    """`persons/{p}/edu-groups`: classes and groups of a pupil, or those that a teacher teaches."""
    access = call.access
    someone = access.any_person(call.params["person"])
    student = access.world.student_of(someone.key)
    if student is None:
        found = _taught_by(call, someone.key)
    else:
        found = _groups_of(call, student, access.world.current_year.key)
    return [group_json(call.service, item) for item in found]


def all_groups_of_person(call: Call) -> object:
    """`persons/{p}/edu-groups/all`: past years too."""
    student = call.access.student(call.params["person"])
    years = [year.key for year in call.access.world.years]
    found = [item for key in years for item in _groups_of(call, student, key)]
    return [group_json(call.service, item) for item in found]


def groups_in_school(call: Call) -> object:
    """`persons/{p}/schools/{s}/edu-groups`."""
    student = call.access.student(call.params["person"])
    school = call.access.school(call.params["school"])
    found = _groups_of(call, student, call.access.world.current_year.key)
    return [group_json(call.service, item) for item in found if item.klass.school_key == school.key]


def groups_of_teacher(call: Call) -> object:
    """`persons/{t}/schools/{s}/edu-groups/teacher`."""
    someone = call.access.any_person(call.params["person"])
    school = call.access.school(call.params["school"])
    found = _taught_by(call, someone.key)
    return [group_json(call.service, item) for item in found if item.klass.school_key == school.key]


def students_of_teacher(call: Call) -> object:
    """`teacher/{t}/students`: only for the teacher."""
    someone = call.access.any_person(call.params["person"])
    if someone is not call.access.person:
        raise ApiError("ownerForbidden")
    world = call.access.world
    found: list[JsonObject] = [
        {
            "id": call.service.ids.of(ids.GROUP, item.key),
            "id_str": str(call.service.ids.of(ids.GROUP, item.key)),
            "students": [card(call, world.person_of(key)) for key in item.student_keys],
        }
        for item in _taught_by(call, someone.key)
    ]
    return found
