"""Profile, school, subjects and study plan (protocol notes 3, 4.11)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids, slots
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import persons
from gateway_mos_ru.emulator.errors import forbidden, not_found
from gateway_mos_ru.emulator.rules import Router, both
from gateway_mos_ru.emulator.service import Service

_LEVELS: Final = {
    1: "Начальное общее образование",
    2: "Основное общее образование",
    3: "Среднее общее образование",
}
_DAYS_IN_WEEK: Final = 5


def register(router: Router) -> None:
    """Routes of both families' interfaces."""
    both(router, "profile", profile, cached=True)
    both(router, "school_info", school_info, cached=True)
    both(router, "subjects/list", subjects, cached=True)
    both(router, "programs/parallel_curriculum/{plan}", curriculum, cached=True)


def profile(call: Call) -> JsonObject:
    """The signed-in profile and its children."""
    return persons.family_profile(call.service, call.access)


def school_info(call: Call) -> JsonObject:
    """A school of an own child, with the teachers of the class if one is named."""
    service, world = call.service, call.service.world
    key = service.ids.key(ids.SCHOOL, call.text("school_id"))
    if key is None:
        raise not_found("Школа")
    classes = [
        klass
        for student in call.access.students
        for klass in world.classes_of(student.key)
        if klass.school_key == key
    ]
    if not classes:
        raise forbidden("Школа не относится к пользователю")
    wanted = service.ids.key(ids.CLASS, call.text("class_unit_id"))
    if wanted is not None:
        classes = [klass for klass in classes if klass.key == wanted]
    school = world.school(key)
    teachers = list(
        dict.fromkeys(
            item.teacher_key for klass in classes for item in world.curriculum_of(klass.key)
        )
    )
    return {
        "id": service.ids.of(ids.SCHOOL, school.key),
        "name": school.full_name,
        "type": "Общеобразовательная организация"
        if school.kind is m.SchoolKind.REGULAR
        else "Организация дополнительного образования",
        "principal": world.person(school.principal_person_key).full_name,
        "classroom_teachers": [
            persons.teacher_card(service, item)
            for item in dict.fromkeys(klass.homeroom_teacher_key for klass in classes)
        ],
        "address": {
            "county": school.city,
            "district": school.municipality,
            "address": school.address,
        },
        "phone": school.phone,
        "email": school.email,
        "website_link": school.website,
        "teachers": [_school_teacher(service, key, classes) for key in teachers],
        "branches": [
            {
                "name": building.name,
                "type": "Здание",
                "address": building.address,
                "is_main_building": building.is_main,
                "is_student_building": building.is_main,
            }
            for building in school.buildings
        ],
    }


def _school_teacher(service: Service, key: str, classes: list[m.ClassGroup]) -> JsonObject:
    world = service.world
    taught = dict.fromkeys(
        world.subject(item.subject_key).name
        for klass in classes
        for item in world.curriculum_of(klass.key)
        if item.teacher_key == key
    )
    return {**persons.teacher_card(service, key), "subject_names": list(taught)}


def subjects(call: Call) -> JsonObject:
    """The pupil's subjects."""
    service = call.service
    found = {
        subject.key: subject
        for klass in service.world.classes_of(call.student.key)
        for subject in service.world.subjects_of(klass.key)
        if slots.source_of(subject) == slots.PLAN
    }
    return {
        "payload": [
            {"subject_id": service.ids.of(ids.SUBJECT, item.key), "subject_name": item.name}
            for item in found.values()
        ]
    }


def curriculum(call: Call) -> JsonObject:
    """The study plan, by fields of knowledge."""
    service, world, student = call.service, call.service.world, call.student
    if service.ids.key(ids.PLAN, call.params["plan"]) != student.key:
        raise not_found("Учебный план")
    plan = world.study_plan_of(student.key)
    if plan is None:
        raise not_found("Учебный план")
    klass = world.class_group(plan.class_key)
    sections: dict[str, list[JsonObject]] = {}
    for item in plan.items:
        sections.setdefault(item.area, []).append(_plan_subject(service, item))
    return {
        "title": plan.title,
        "short_name": plan.title,
        "hours": sum(item.hours_total for item in plan.items),
        "comments": None,
        "specialization": None,
        "education_level": _LEVELS[persons.education_level(klass)],
        "education_form": "Очная",
        "days_in_week": _DAYS_IN_WEEK,
        "class_level_id": klass.grade_level,
        "study_profile": plan.profile,
        "is_adapted": False,
        "week_hours": None,
        "sections": [
            {"knowledge_field_name": area, "subjects": items} for area, items in sections.items()
        ],
    }


def _plan_subject(service: Service, item: m.StudyPlanItem) -> JsonObject:
    return {
        "subject_id": service.ids.of(ids.SUBJECT, item.subject_key),
        "subject_name": service.world.subject(item.subject_key).name,
        "total_hours": item.hours_total,
        "passed_hours": item.hours_passed,
        "max_hours_per_week": item.hours_per_week,
        "min_hours_per_week": item.hours_per_week,
        "teachers": [persons.teacher_name(service, key) for key in item.teacher_keys],
        "loads": None,
        "parent_subject_id": None,
        "subject_integration_id": None,
    }
