"""Users, their context, persons and relatives (protocol notes 3)."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Access, Group
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import ApiError
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.service import Service
from gateway_dnevnik_ru.emulator.wire.people import (
    RELATIONS,
    names_json,
    person_json,
    roles_of,
    user_json,
)
from gateway_dnevnik_ru.emulator.wire.places import SCHOOL_TYPES, group_json

_SPLIT = "1"  # the shard of the account; nobody reads it


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = PartnerRoutes(router, education=False)
    routes.get("users/{user}", user)
    routes.post("users/many", users_many)
    routes.get("users/{user}/context", context)
    routes.get("users/{user}/roles", roles)
    routes.get("users/{user}/children", children_users)
    routes.get("user/{user}/children", children_of_user)
    routes.get("person/{person}/children", children_of_person)
    routes.get("users/{user}/relatives", relatives)
    routes.get("users/{user}/childrenrelatives", children_relatives)
    routes.get("users/{user}/schools", school_numbers)
    routes.get("users/{user}/edu-groups", group_numbers)
    routes.get("users/{user}/classmates", classmates)
    routes.get("users/{user}/organizations", organizations)
    routes.get("persons/{person}", person)
    routes.get("persons", persons)
    routes.get("person/search", search)


def card(call: Call, someone: m.Person) -> JsonObject:
    """A person as the caller's token shows them."""
    return person_json(call.service, someone, contacts=call.grant.scope.contacts)


def current_classes(service: Service, student: m.Student) -> list[m.ClassGroup]:
    """This year's classes of a pupil, the regular school first."""
    return list(service.world.classes_of(student.key))


def user(call: Call) -> object:
    """`users/me`, `users/{id}`."""
    someone, account = call.access.any_user(call.params["user"])
    return _user(call, someone, account)


def _user(call: Call, someone: m.Person, account: m.Account | None) -> JsonObject:
    service = call.service
    student = service.world.student_of(someone.key)
    teacher = service.world.teacher_of(someone.key)
    if account is not None:
        school = service.school_of(account)
    elif student is not None:
        school = service.world.school(student.school_key)
    elif teacher is not None:
        school = service.world.school(teacher.school_key)
    else:
        school = service.school_of(call.access.account)
    own = {call.access.person.key} | {each.person_key for each in call.access.students}
    return user_json(
        service,
        call.site,
        someone,
        account,
        school,
        contacts=call.grant.scope.contacts,
        private=someone.key in own,
    )


def users_many(call: Call) -> object:
    """POST `users/many`: users by an array of numbers."""
    found = [call.access.any_user(number) for number in call.many("users", "ids")]
    return [_user(call, someone, account) for someone, account in found]


def context(call: Call) -> object:
    """The context: 10 keys, four more for tokens that may see names; the order is fixed."""
    access, service = call.access, call.service
    someone, account = access.any_user(call.params["user"])
    if account is None or account.key != access.account.key:
        raise ApiError("ownerForbidden")
    is_pupil = account.role is m.Role.STUDENT
    students = access.students
    schools = _schools(access)
    own_groups = [klass for each in students for klass in current_classes(service, each)]
    body: JsonObject = {"userId": service.ids.of(ids.USER, account.key)}
    contacts = call.grant.scope.contacts
    if contacts:
        body["avatarUrl"] = f"{call.site.static}/images/blank.jpg"
    body |= {
        "roles": roles_of(service, someone, account),
        "children": [] if is_pupil else [_child(service, each) for each in students],
        "schools": [_context_school(service, each, own_groups, is_pupil) for each in schools],
        "eduGroups": [
            group_json(service, Group(klass), in_context=True)
            for klass in (own_groups if is_pupil else [])
        ],
        "splitId": _SPLIT,
        "personId": service.ids.of(ids.PERSON, someone.key),
    }
    if contacts:
        body |= names_json(someone)
    return body | {
        "shortName": someone.short_name,
        "schoolIds": [service.ids.of(ids.SCHOOL, each.key) for each in schools],
        "groupIds": _group_ids(service, own_groups) if is_pupil else [],
    }


def _schools(access: Access) -> list[m.School]:
    world = access.world
    keys = dict.fromkeys(
        place.school_key for each in access.students for place in world.places_of(each.key)
    )
    if access.account.role is m.Role.TEACHER:
        keys |= dict.fromkeys(access.account.school_keys)
    return [world.school(key) for key in keys]


def _context_school(
    service: Service, school: m.School, groups: list[m.ClassGroup], is_pupil: bool
) -> JsonObject:
    own = [klass for klass in groups if klass.school_key == school.key]
    return {
        "id": service.ids.of(ids.SCHOOL, school.key),
        "name": school.short_name,
        "type": SCHOOL_TYPES[school.kind],
        "groupIds": _group_ids(service, own) if is_pupil else [],
    }


def _child(service: Service, student: m.Student) -> JsonObject:
    person_ = service.world.person(student.person_key)
    places = service.world.places_of(student.key)
    return (
        {"personId": service.ids.of(ids.PERSON, person_.key)}
        | names_json(person_)
        | {
            "shortName": person_.short_name,
            "schoolIds": [service.ids.of(ids.SCHOOL, place.school_key) for place in places],
            "groupIds": _group_ids(service, current_classes(service, student)),
        }
    )


def _group_ids(service: Service, groups: list[m.ClassGroup]) -> list[int]:
    return [service.ids.of(ids.GROUP, klass.key) for klass in groups]


def roles(call: Call) -> object:
    """`users/me/roles`."""
    someone, account = call.access.any_user(call.params["user"])
    return roles_of(call.service, someone, account)


def _own(call: Call) -> tuple[m.Student, ...]:
    """The caller's students; of other users nobody is told."""
    _, account = call.access.any_user(call.params["user"])
    if account is None or account.key != call.access.account.key:
        raise ApiError("ownerForbidden")
    return call.access.students


def _children(call: Call) -> list[m.Student]:
    if call.access.account.role is m.Role.STUDENT:
        return []
    return list(call.access.students)


def children_users(call: Call) -> object:
    """`users/me/children`: account numbers of the children."""
    _own(call)
    return [call.service.ids.user_of(each.person_key) for each in _children(call)]


def children_of_user(call: Call) -> object:
    """`user/{userId}/children`: the children as persons."""
    _own(call)
    return [card(call, call.access.world.person(each.person_key)) for each in _children(call)]


def children_of_person(call: Call) -> object:
    """`person/{personId}/children`: the children as persons."""
    if call.access.any_person(call.params["person"]) is not call.access.person:
        raise ApiError("ownerForbidden")
    return [card(call, call.access.world.person(each.person_key)) for each in _children(call)]


def relatives(call: Call) -> object:
    """`users/me/relatives`: a pupil's guardians, or a guardian's children."""
    world = call.access.world
    if call.access.account.role is m.Role.STUDENT:
        return [item for each in _own(call) for item in _guardians(call, each)]
    return [
        {"type": "Child", "person": card(call, world.person(each.person_key))}
        for each in _own(call)
    ]


def _guardians(call: Call, student: m.Student) -> list[JsonObject]:
    world = call.access.world
    return [
        {"type": RELATIONS[item.relation], "person": card(call, world.person(item.person_key))}
        for item in world.guardians_of(student.key)
    ]


def children_relatives(call: Call) -> object:
    """`users/me/childrenrelatives`: each child with its own guardians."""
    _own(call)
    world = call.access.world
    return [
        {
            "type": "Child",
            "person": card(call, world.person(each.person_key)),
            "relatives": _guardians(call, each),
        }
        for each in _children(call)
    ]


def school_numbers(call: Call) -> object:
    """`users/me/schools`."""
    _own(call)
    return [call.service.ids.of(ids.SCHOOL, each.key) for each in _schools(call.access)]


def group_numbers(call: Call) -> object:
    """`users/me/edu-groups`: a guardian has none of their own."""
    students = _own(call) if call.access.account.role is m.Role.STUDENT else ()
    service = call.service
    return [
        number
        for each in students
        for number in _group_ids(service, current_classes(service, each))
    ]


def classmates(call: Call) -> object:
    """`users/me/classmates`: persons of the own class."""
    if call.access.account.role is not m.Role.STUDENT:
        return []
    own = {each.key for each in _own(call)}
    mates = sorted(call.access.mate_keys - own)
    world = call.access.world
    return [call.service.ids.of(ids.PERSON, world.student(key).person_key) for key in mates]


def organizations(call: Call) -> object:
    """`users/me/organizations`: only staff of organisations have any."""
    _own(call)
    return []


def person(call: Call) -> object:
    """`persons/{p}`."""
    return card(call, call.access.any_person(call.params["person"]))


def persons(call: Call) -> object:
    """`persons?eduGroup=`."""
    group = call.access.group(call.text("eduGroup"))
    world = call.access.world
    return [card(call, world.person_of(key)) for key in group.student_keys]


def search(call: Call) -> object:
    """`person/search`: people of the own schools by parts of their names."""
    wanted = [call.text(name).casefold() for name in ("lastName", "firstName", "middleName")]
    world = call.access.world
    people = [world.person_of(key) for key in sorted(call.access.mate_keys)]
    return [
        card(call, someone)
        for someone in people
        if all(
            part in (name or "").casefold()
            for part, name in zip(
                wanted, (someone.surname, someone.given_name, someone.patronymic), strict=True
            )
        )
    ]
