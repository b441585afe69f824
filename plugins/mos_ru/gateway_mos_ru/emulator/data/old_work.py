"""Marks, homework and lessons in the old interfaces of dnevnik.mos.ru."""

import re
from datetime import date
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids, slots
from gateway_mos_ru.emulator.call import Call, day_of
from gateway_mos_ru.emulator.data import feed, people, schedule, tasks, values, visits
from gateway_mos_ru.emulator.data.old_people import old_day, old_moment, old_student
from gateway_mos_ru.emulator.data.persons import family_profile
from gateway_mos_ru.emulator.errors import invalid
from gateway_mos_ru.emulator.rules import LEGACY, Router
from gateway_mos_ru.emulator.service import Service

_DOTTED: Final = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


def register(router: Router) -> None:
    """Routes of school work; the application's old paths answer as its new ones."""
    router.add("core/api/marks", marks, dress=LEGACY)
    router.add("core/api/student_homeworks", homework, dress=LEGACY)
    router.add("jersey/api/schedule_items", lessons, dress=LEGACY)
    router.add("ae/api/ae_groups", additional_groups, dress=LEGACY)
    mobile = "mobile/api"
    router.add(f"{mobile}/profile", profile, dress=LEGACY)
    router.add(f"{mobile}/schedule", schedule.day, dress=LEGACY)
    router.add(f"{mobile}/visits", visits.visits, dress=visits.MOSCOW_LEGACY)
    router.add(f"{mobile}/notifications/search", feed.search, dress=LEGACY)
    router.add(f"{mobile}/programs/parallel_curriculum/{{plan}}", people.curriculum, dress=LEGACY)


def any_day(call: Call, name: str) -> date:
    """A date in either spelling."""
    text = call.text(name)
    dotted = _DOTTED.fullmatch(text)
    if dotted is None:
        return day_of(text, name)
    try:
        return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
    except ValueError as error:
        raise invalid(name) from error


def profile(call: Call) -> JsonObject:
    """The signed-in profile and its children."""
    return family_profile(call.service, call.access)


def marks(call: Call) -> list[JsonObject]:
    """Marks by the day on which they were entered."""
    service, student = call.service, old_student(call)
    start, end = any_day(call, "created_at_from"), any_day(call, "created_at_to")
    return [
        _mark(service, mark)
        for mark in service.book.marks(student)
        if start <= mark.given_at.date() <= end
    ]


def _mark(service: Service, mark: m.Mark) -> JsonObject:
    slot = slots.lesson_slot(service.world, service.world.lesson(mark.lesson_key))
    body: JsonObject = {
        "id": service.ids.of(ids.MARK, mark.key),
        "created_at": old_moment(mark.given_at),
        "updated_at": old_moment(mark.updated_at or mark.given_at),
        "student_profile_id": ids.student_number(mark.student_key),
        "weight": values.weight_of(service, mark),
        "teacher_id": service.ids.of(ids.TEACHER, mark.teacher_key),
        "name": values.printed(service, mark),
        "comment": values.comment_of(service, mark),
        "date": old_day(mark.date),
        "schedule_lesson_id": service.ids.of(ids.LESSON, mark.lesson_key),
        "is_exam": service.world.work_kind(mark.work_kind_key).is_important,
        "is_criterion": bool(mark.criteria),
        "is_point": mark.status is m.MarkStatus.DEBT,
        "group_id": service.ids.of(ids.GROUP, slot.group_key),
        "subject_id": service.ids.of(ids.SUBJECT, mark.subject_key),
        "values": values.scales(service, mark),
    }
    if mark.debt_due_on is not None:
        body |= {"point_value": "true", "point_date": old_day(mark.debt_due_on)}
    return body


def homework(call: Call) -> list[JsonObject]:
    """Homework by the day that it is due."""
    service, student = call.service, old_student(call)
    start = any_day(call, "begin_prepared_date")
    end = any_day(call, "end_prepared_date")
    found = service.world.homework_of(student.key, start, end)
    return [_homework(service, student, item) for item in found]


def _homework(service: Service, student: m.Student, item: m.Homework) -> JsonObject:
    moments: JsonObject = {
        "created_at": old_moment(item.created_at),
        "updated_at": old_moment(item.edited_at or item.created_at),
        "deleted_at": None,
    }
    return {
        "id": tasks.task_number(service, student, item),
        **moments,
        "student_id": ids.student_number(student.key),
        "student_name": service.world.person(student.person_key).full_name,
        "comment": None,
        "is_ready": service.state.is_done(student.key, item.key),
        "attachment_ids": [],
        "attachments": [],
        "remote_attachments": [],
        "homework_entry_id": service.ids.of(ids.ENTRY, item.key),
        "homework_entry": {
            "id": service.ids.of(ids.ENTRY, item.key),
            **moments,
            "homework_id": service.ids.of(ids.HOMEWORK, item.key),
            "description": tasks.text_of(item),
            "duration": item.minutes,
            "no_duration": item.minutes is None,
            "attachment_ids": [],
            "attachments": [],
            "homework": {
                "id": service.ids.of(ids.HOMEWORK, item.key),
                **moments,
                "teacher_id": service.ids.of(ids.TEACHER, item.teacher_key),
                "subject": {
                    "id": service.ids.of(ids.SUBJECT, item.subject_key),
                    "name": service.world.subject(item.subject_key).name,
                },
                "date_assigned_on": old_day(item.given_on),
                "date_prepared_for": old_day(item.due_on),
            },
        },
    }


def lessons(call: Call) -> list[JsonObject]:
    """Lessons of groups of own children."""
    start, end = call.days()
    service, wanted = call.service, set(call.many("group_id"))
    return [
        _lesson(service, slot, slot.lesson)
        for student in call.access.students
        for slot in service.book.slots(student, start, end)
        if slot.lesson is not None
        and slot.number is not None
        and str(service.ids.of(ids.GROUP, slot.group_key)) in wanted
    ]


def _lesson(service: Service, slot: slots.Slot, lesson: m.Lesson) -> JsonObject:
    return {
        "id": service.ids.of(ids.LESSON, slot.key),
        "class_unit_id": service.ids.of(ids.CLASS, lesson.class_key),
        "is_home_based": False,
        "replaced": slot.replaced,
        "group_id": service.ids.of(ids.GROUP, slot.group_key),
        "subject_id": service.ids.of(ids.SUBJECT, lesson.subject_key),
        "subject_name": slot.title,
        "teacher_id": service.ids.of(ids.TEACHER, slot.teacher_key),
        "study_ordinal": slot.number,
        "group_name": slot.group_name,
        "room_id": None,
        "room_name": slot.room,
        "iso_date_time": f"{slot.starts_at:%Y-%m-%dT%H:%M:%S}",
        "lesson_name": slot.topic,
        "duration": int((slot.ends_at - slot.starts_at).total_seconds()) // 60,
        "cancelled": slot.cancelled,
        "is_transferred": False,
        "comment": None,
        "lesson_type": schedule.lesson_type(slot),
    }


def additional_groups(call: Call) -> list[JsonObject]:
    """Clubs of own children."""
    service = call.service
    return [
        {"id": service.ids.of(ids.GROUP, club.key), "name": club.title}
        for number in call.many("student_ids")
        for club in service.world.clubs_of(call.access.child(number).key)
    ]
