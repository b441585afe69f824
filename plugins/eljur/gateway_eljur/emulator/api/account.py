"""`getrules` and `getprofileuserinfo` (notes 3)."""

from datetime import date
from hashlib import blake2b
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway.sandbox.world.averages import average
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import number
from gateway_eljur.emulator.errors import invalid
from gateway_eljur.emulator.members import User
from gateway_eljur.emulator.rules import Router, method
from gateway_eljur.emulator.shapes.people import GENDER
from gateway_eljur.emulator.tokens import UPLOAD_LIFETIME

_RULES: Final = (
    "getassessments",
    "getdiary",
    "getfinalassessments",
    "gethomework",
    "getperiods",
    "getschedule",
)
_FAMILY: Final = ("diary", "marks", "finalmarks", "schedule", "messages", "updates", "board")
_STAFF: Final = ("schedule", "messages", "board")
_BALLS: Final = 5
_HELP: Final = "https://help.example.org"
_SUPPORT: Final = {
    "supportPhone": "+79000000000",
    "supportEmail": "support@example.org",
    "supportEmailSchool": "school@example.org",
    "supportDescription": "По будням с 9 до 18",
    "supportHelpdesk": _HELP,
    "supportHelpdeskSchoolEmployee": f"{_HELP}/school",
}
"""Where the application sends those who need help; clients want every one of them."""


def register(router: Router) -> None:
    """Add the methods of this part."""
    method(router, "getrules", rules)
    method(router, "getprofileuserinfo", profile)


def rules(call: Call) -> object:
    """Who is signed in, what they may do, and whose diaries they see."""
    user, world = call.user, call.service.world
    person, vendor = user.person, user.vendor
    region = _region(world, user)
    own = number(call.service.quirks, user.number)
    upload = call.service.tokens.issue(vendor.key, user.account.key, UPLOAD_LIFETIME)
    return {
        "roles": [user.role],
        "name": own,
        "id": own,
        "vuid": f"{vendor.number}#{user.number}",
        "id_hash": blake2b(f"{vendor.key}{user.number}".encode(), digest_size=16).hexdigest(),
        "guid": "",
        "original_guid": "",
        "title": person.full_name,
        "lastname": person.surname,
        "firstname": person.given_name,
        "middlename": person.patronymic or "",
        "gender": GENDER[person.sex],
        "email": person.email or "",
        "email_confirmed": person.email is not None,
        "age": _age(person.birth_date, world.today),
        "region": region.name,
        "regionCode": region.code,
        "city": _school(world, user).city,
        "vendor": vendor.key,
        "vendor_id": vendor.number,
        "messageSignature": "",
        "uploadFileUrl": (
            f"{call.site.storage}/storage/upload?token={upload.token}&domain={vendor.key}"
        ),
        "allowedSections": list(_STAFF if user.role == "teacher" else _FAMILY),
        "allowedAds": [],
        **_SUPPORT,
        "rt_licey_school_end_date": False,
        "relations": _relations(call),
    }


def _relations(call: Call) -> JsonObject:
    user, members, world = call.user, call.members, call.service.world
    students = {members.student_number(item): _student(call, item) for item in user.students}
    classes = [place.class_key for item in user.students for place in members.places(item)]
    groups = [_group(call, world.class_group(key)) for key in dict.fromkeys(classes)]
    placed = [place.school_key for item in user.students for place in members.places(item)]
    schools = [world.school(key) for key in dict.fromkeys(placed or user.vendor.school_keys[:1])]
    listed = call.service.quirks.students_as_list or not students
    return {
        "students": list(students.values()) if listed else students,
        "groups": {str(item["name"]): item for item in groups},
        "schools": [
            {
                "number": user.vendor.key,
                "title": item.short_name,
                "title_full": item.full_name,
                "inn": "0000000000",
                "kpp": "000000000",
            }
            for item in schools
        ],
    }


def _student(call: Call, student: m.Student) -> JsonObject:
    world, members = call.service.world, call.members
    person = world.person(student.person_key)
    place = members.main_place(student)
    group = world.class_group(place.class_key)
    mine = call.user.person.key == student.person_key
    return {
        "rules": list(_RULES),
        "rel": "self" if mine else "child",
        "name": number(call.service.quirks, members.student_number(student)),
        "title": f"{person.surname} {person.given_name}",
        "lastname": person.surname,
        "firstname": person.given_name,
        "gender": GENDER[person.sex],
        "class": group.name,
        "parallel": group.grade_level or 0,
        "city": world.school(place.school_key).city,
    }


def _group(call: Call, group: m.ClassGroup) -> JsonObject:
    teacher = call.service.world.teacher(group.homeroom_teacher_key)
    person = call.service.world.person(teacher.person_key)
    return {
        "rules": ["getschedule", "gethomework"],
        "rel": "homeclass",
        "name": group.name,
        "parallel": group.grade_level or 0,
        "balls": _BALLS,
        "hometeacher_id": call.members.person_number(person.key),
        "hometeacher_name": person.full_name,
        "hometeacher_lastname": person.surname,
        "hometeacher_firstname": person.given_name,
        "hometeacher_middlename": person.patronymic or "",
    }


def profile(call: Call) -> object:
    """The card of a pupil."""
    if not call.students:
        raise invalid("student", "нет доступа")
    student, world = call.students[0], call.service.world
    person = world.person(student.person_key)
    place = call.members.main_place(student)
    group = world.class_group(place.class_key)
    teacher = world.teacher(group.homeroom_teacher_key)
    this = average(mark for mark in world.marks_of(student.key) if mark.scale_key == "scale-five")
    return {
        "profileUserInfo": {
            "username": person.full_name,
            "email": person.email or "",
            "gender": GENDER[person.sex],
            "parallel": group.name,
            "schoolName": world.school(place.school_key).short_name,
            "teacher": world.person(teacher.person_key).full_name,
            "snils": person.snils,
            "marksForYears": {} if this is None else {world.current_year.name: str(this)},
        }
    }


def _school(world: World, user: User) -> m.School:
    known = [key for key in user.account.school_keys if key in user.vendor.school_keys]
    return world.school(known[0])


def _region(world: World, user: User) -> m.Region:
    return world.region(_school(world, user).region_key)


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
