"""Schools, memberships and staff (protocol notes 3 and 4.11)."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Group
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.partner.people import card
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.wire.passport import passport_json
from gateway_dnevnik_ru.emulator.wire.people import ROLES, teacher_json
from gateway_dnevnik_ru.emulator.wire.places import (
    group_json,
    school_json,
    short_school_json,
    subject_json,
    timetable_json,
)
from gateway_dnevnik_ru.emulator.wire.works import weighted_types_json


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = PartnerRoutes(router)
    routes.get("schools/person-schools", person_schools)
    routes.get("schools/cities", cities)
    routes.get("schools/{school}", school)
    routes.get("schools/{school}/parameters", parameters)
    routes.get("schools/{school}/edu-groups", groups)
    routes.get("schools/{school}/subjects", subjects)
    routes.get("schools/{school}/teachers", teachers)
    routes.get("schools/{school}/membership", membership)
    routes.get("schools/{school}/timetables", timetables)
    routes.get("schools", schools)
    routes.get("work-types/{school}", work_types)
    routes.get("persons/{person}/school-memberships", person_memberships)
    routes.get("users/{user}/school-memberships", user_memberships)
    routes.get("users/{user}/education", user_memberships)


def _own_schools(call: Call) -> list[m.School]:
    world = call.access.world
    keys = dict.fromkeys(
        place.school_key for each in call.access.students for place in world.places_of(each.key)
    )
    keys |= dict.fromkeys(call.access.account.school_keys)
    return [world.school(key) for key in keys]


def person_schools(call: Call) -> object:
    """`schools/person-schools?excludeOrganizations=`."""
    return [short_school_json(call.service, item) for item in _own_schools(call)]


def cities(call: Call) -> object:
    """`schools/cities`: towns with schools."""
    world = call.access.world
    found: dict[str, JsonObject] = {}
    for item in world.schools:
        number = int(world.region(item.region_key).code)
        found[item.city] = big("id", number * 100) | {"name": item.city} | big("regionId", number)
    return list(found.values())


def school(call: Call) -> object:
    """`schools/{s}`."""
    return school_json(call.service, call.site, call.access.school(call.params["school"]))


def schools(call: Call) -> object:
    """`schools?schools=`: several at once."""
    found = [call.access.school(number) for number in call.many("schools", "ids", "id")]
    return [school_json(call.service, call.site, item) for item in found]


def parameters(call: Call) -> object:
    """`schools/{s}/parameters`: the school's passport."""
    return passport_json(call.service, call.access.school(call.params["school"]))


def groups(call: Call) -> object:
    """`schools/{s}/edu-groups`: this year's classes."""
    item = call.access.school(call.params["school"])
    year = call.access.world.current_year.key
    return [
        group_json(call.service, Group(klass))
        for klass in call.access.world.classes
        if klass.school_key == item.key and klass.year_key == year
    ]


def subjects(call: Call) -> object:
    """`schools/{s}/subjects`: everything that is taught there."""
    item = call.access.school(call.params["school"])
    world = call.access.world
    keys = dict.fromkeys(
        row.subject_key
        for row in world.curriculum
        if world.class_group(row.class_key).school_key == item.key
    )
    return [subject_json(call.service, world.subject(key)) for key in keys]


def teachers(call: Call) -> object:
    """`schools/{s}/teachers`: the staff."""
    item = call.access.school(call.params["school"])
    staff = [each for each in call.access.world.teachers if each.school_key == item.key]
    return [teacher_json(call.service, each) for each in staff]


def membership(call: Call) -> object:
    """`schools/{s}/membership?schoolMembershipType=Staff|Admins`."""
    item = call.access.school(call.params["school"])
    world = call.access.world
    if call.text("schoolMembershipType").lower() == "admins":
        return [card(call, world.person(item.principal_person_key))]
    staff = [each for each in world.teachers if each.school_key == item.key]
    return [card(call, world.person(each.person_key)) for each in staff]


def timetables(call: Call) -> object:
    """`schools/{s}/timetables`: all bell schedules."""
    item = call.access.school(call.params["school"])
    return [timetable_json(call.service, schedule) for schedule in item.bell_schedules]


def work_types(call: Call) -> object:
    """`work-types/{s}`: kinds of work with their weights."""
    return weighted_types_json(call.service, call.access.school(call.params["school"]))


def _memberships(call: Call, student: m.Student) -> JsonObject:
    """Schools and groups of a pupil, every number present."""
    service, world = call.service, call.access.world
    schools_: list[JsonObject] = []
    for place in world.places_of(student.key):
        klass = world.class_group(place.class_key)
        parts = [world.group(key) for key in student.group_keys]
        found = [Group(klass), *(Group(klass, p) for p in parts if p.class_key == klass.key)]
        taught = world.subjects_of(klass.key)
        schools_.append(
            {
                "school": school_json(service, call.site, world.school(place.school_key)),
                "roles": [ROLES[m.Role.STUDENT]],
                "editorRoles": [],
                "eduGroupMemberships": [{"eduGroup": _strict(call, item)} for item in found],
                "subjects": [subject_json(service, item, with_number=True) for item in taught],
            }
        )
    return big("person", service.ids.of(ids.PERSON, student.person_key)) | {"schools": schools_}


def _strict(call: Call, item: Group) -> JsonObject:
    body = group_json(call.service, item)
    if item.part is not None:
        subject = call.access.world.subject(item.part.subject_key)
        body["subjects"] = [subject_json(call.service, subject, with_number=True)]
    return body


def person_memberships(call: Call) -> object:
    """`persons/{p}/school-memberships`: a list."""
    return [_memberships(call, call.access.student(call.params["person"]))]


def user_memberships(call: Call) -> object:
    """`users/{u}/school-memberships` (`/education`): one object."""
    someone, _ = call.access.any_user(call.params["user"])
    student = call.access.world.student_of(someone.key)
    if student in call.access.students and student is not None:
        return _memberships(call, student)
    service = call.service
    return big("person", service.ids.of(ids.PERSON, someone.key)) | {"schools": []}
