"""Persons in the old interfaces of dnevnik.mos.ru; dates are `DD.MM.YYYY`, no nulls are told."""

from datetime import date, datetime

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids, slots
from gateway_mos_ru.emulator.access import STUDENT_ROLE
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import persons
from gateway_mos_ru.emulator.errors import forbidden, not_found
from gateway_mos_ru.emulator.rules import LEGACY, Router
from gateway_mos_ru.emulator.service import Service


def register(router: Router) -> None:
    """Routes of profiles, classes and teachers."""
    core = "core/api"
    router.add(f"{core}/student_profiles", profiles, dress=LEGACY, cached=True)
    router.add(f"{core}/student_profiles/{{student}}", profile, dress=LEGACY, cached=True)
    router.add(f"{core}/profiles", classmates, dress=LEGACY, cached=True)
    router.add(f"{core}/class_units/{{class}}", class_unit, dress=LEGACY, cached=True)
    for path in ("teacher_profiles", "teachers"):
        router.add(f"{core}/{path}/{{teacher}}", teacher, dress=LEGACY, cached=True)
    router.add(f"{core}/subjects", subjects, dress=LEGACY, cached=True)
    router.add(f"{core}/messages/count_unread_and_important", messages, dress=LEGACY)


def old_day(day: date) -> str:
    """`05.10.2026`."""
    return f"{day:%d.%m.%Y}"


def old_moment(at: datetime) -> str:
    """`05.10.2026 12:34`."""
    return f"{at:%d.%m.%Y %H:%M}"


def old_student(call: Call) -> m.Student:
    """The child that is asked for; a pupil need not name oneself."""
    if not call.text("student_profile_id", "student_id") and call.access.role == STUDENT_ROLE:
        return call.access.students[0]
    return call.student


def profiles(call: Call) -> list[JsonObject]:
    """All own children."""
    return [_profile(call.service, student) for student in call.access.students]


def profile(call: Call) -> JsonObject:
    """One child."""
    return _profile(call.service, call.access.child(call.params["student"]))


def _profile(service: Service, student: m.Student) -> JsonObject:
    world, person = service.world, service.world.person(student.person_key)
    klass = world.class_group(student.class_key)
    enrolled = min(place.starts for place in student.enrollments)
    contract = persons.contract_of(service, student)
    body: JsonObject = {
        "id": ids.student_number(student.key),
        "created_at": f"{old_day(enrolled)} 09:00",
        "updated_at": f"{old_day(enrolled)} 09:00",
        "person_id": ids.guid("person", person.key),
        "transferred": False,
        "school_id": service.ids.of(ids.SCHOOL, student.school_key),
        "user_id": service.ids.of(ids.USER, f"user-of-{person.key}"),
        "study_mode_id": 1,
        "user_name": person.full_name,
        "short_name": person.short_name,
        **{name: value for name, value in persons.names(person).items() if value is not None},
        "change_password_required": False,
        "birth_date": old_day(person.birth_date),
        "enlisted_on": old_day(enrolled),
        "gusoev_login": f"user{ids.student_number(student.key)}",
        "age": persons.age_of(service, person),
        "sex": person.sex.value,
        "deleted": False,
        "email": person.email or "",
        "phone_number": persons.plain_phone(person) or "",
        "class_unit": _class_unit(service, klass),
        "curricula": {
            "id": service.ids.of(ids.PLAN, student.key),
            "name": f"Учебный план {klass.name}",
            "class_level_id": klass.grade_level,
        },
        "non_attendance": 0,
        "mentors": [
            {
                "id": service.ids.of(ids.TEACHER, klass.homeroom_teacher_key),
                "name": persons.teacher_name(service, klass.homeroom_teacher_key),
            }
        ],
        "class_level": klass.grade_level,
        "snils": persons.plain_snils(person),
        "groups": [
            _group(service, student, group) for group in persons.groups_of(service, student)[0]
        ],
        "parents": [_parent(service, item) for item in world.guardians_of(student.key)],
        **{
            name: []
            for name in (
                *("marks", "final_marks", "attendances", "lesson_comments", "home_based_periods"),
                *("subjects", "ae_attendances", "ec_attendances", "assignments"),
            )
        },
    }
    return body if contract is None else body | {"ispp_account": contract}


def _group(service: Service, student: m.Student, group: JsonObject) -> JsonObject:
    year = service.world.current_year
    return {
        "id": group["id"],
        "name": group["name"],
        "begin_date": old_day(year.starts),
        "end_date": old_day(year.ends),
        "class_unit_ids": [service.ids.of(ids.CLASS, student.class_key)],
        "user_profile_id": ids.student_number(student.key),
        "subgroup_ids": [],
        "metagroup": False,
        "archived": False,
    }


def _parent(service: Service, item: m.Guardianship) -> JsonObject:
    person = service.world.person(item.person_key)
    return {
        "id": service.ids.of(ids.PROFILE, person.key),
        "user_id": service.ids.of(ids.USER, f"user-of-{person.key}"),
        "type": "parent",
        "name": person.full_name,
        "phone_number": persons.plain_phone(person) or "",
        "email": person.email or "",
        "hidden": False,
    }


def _class_unit(service: Service, klass: m.ClassGroup) -> JsonObject:
    return {
        "id": service.ids.of(ids.CLASS, klass.key),
        "class_level_id": klass.grade_level,
        "name": slots.class_name(klass),
        "display_name": slots.class_name(klass),
        "letter": klass.letter,
        "student_count": len(klass.student_keys),
        "ae_percentage": 0.0,
        "home_based": False,
    }


def _own_class(call: Call, number: str) -> m.ClassGroup:
    key = call.service.ids.key(ids.CLASS, number)
    if key is None:
        raise not_found("Класс")
    if all(key != student.class_key for student in call.access.students):
        raise forbidden()
    return call.service.world.class_group(key)


def class_unit(call: Call) -> JsonObject:
    """The class of an own child."""
    return _class_unit(call.service, _own_class(call, call.params["class"]))


def classmates(call: Call) -> list[JsonObject]:
    """The pupils of the class of an own child, with names."""
    service = call.service
    klass = _own_class(call, call.text("class_unit_id"))
    school = service.world.school(klass.school_key)
    found = []
    for student in service.world.students_in(klass.key):
        person = service.world.person(student.person_key)
        found.append(
            {
                "id": ids.student_number(student.key),
                "type": "StudentProfile",
                "user_id": service.ids.of(ids.USER, f"user-of-{person.key}"),
                "person_id": ids.guid("person", person.key),
                "agree_pers_data": True,
                "user": persons.names(person),
                "school": {
                    "id": service.ids.of(ids.SCHOOL, school.key),
                    "name": school.full_name,
                    "short_name": school.short_name,
                },
                "class_unit": _class_unit(service, klass),
                "roles": [],
                "staff_id": None,
            }
        )
    return found


def teacher(call: Call) -> JsonObject:
    """A teacher of an own child's school."""
    service, world = call.service, call.service.world
    for item in world.teachers:
        if str(service.ids.of(ids.TEACHER, item.key)) == call.params["teacher"]:
            if item.school_key not in {student.school_key for student in call.access.students}:
                raise forbidden("Учитель не относится к школе ученика")
            return _teacher(service, item)
    raise not_found("Учитель")


def _teacher(service: Service, item: m.Teacher) -> JsonObject:
    return {
        "id": service.ids.of(ids.TEACHER, item.key),
        "created_at": service.world.current_year.starts.isoformat(),
        "user_id": service.ids.of(ids.USER, f"user-of-{item.person_key}"),
        "name": persons.teacher_name(service, item.key),
        "type": "TeacherProfile",
        "education_level_ids": [],
        "deleted": False,
        "workload": 0,
        "virtual": False,
        "is_gap_allowed": False,
        "for_consideration": False,
        "is_newcomer": False,
        "school_id": service.ids.of(ids.SCHOOL, item.school_key),
        "subject_ids": [service.ids.of(ids.SUBJECT, key) for key in item.subject_keys],
        "subjects": [_subject(service, key) for key in item.subject_keys],
        "buildings": [],
        "rooms": [],
        **{
            name: []
            for name in (
                *("class_unit_ids", "managed_class_unit_ids", "building_ids", "room_ids"),
                "week_day_ids",
            )
        },
    }


def _subject(service: Service, key: str) -> JsonObject:
    return {"id": service.ids.of(ids.SUBJECT, key), "name": service.world.subject(key).name}


def subjects(call: Call) -> list[JsonObject]:
    """Names of subjects by their numbers."""
    found = [call.service.ids.key(ids.SUBJECT, number) for number in call.many("ids")]
    return [_subject(call.service, key) for key in found if key is not None]


def messages(_: Call) -> JsonObject:
    """How many letters wait: none, chats are gone."""
    return {"unread": 0, "important": 0}
