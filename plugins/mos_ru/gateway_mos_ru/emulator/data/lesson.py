"""One lesson in detail (protocol notes 4.2)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids, slots
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import persons, schedule, tasks, values
from gateway_mos_ru.emulator.errors import forbidden, invalid, not_found
from gateway_mos_ru.emulator.rules import Router, both
from gateway_mos_ru.emulator.service import Service

_TYPES: Final = {"OO": slots.PLAN, "EC": slots.EXTRA, "AE": slots.ADDITIONAL} | {
    source: source for source in slots.EDUCATION
}


def register(router: Router) -> None:
    """Routes of both families' interfaces."""
    both(router, "lesson_schedule_items/{lesson}", lesson)


def lesson(call: Call) -> JsonObject:
    """A lesson by its number in the timetable."""
    service, student = call.service, call.student
    kind = call.text("type")
    if kind and kind not in _TYPES:
        raise invalid("type")
    key = service.ids.key(ids.LESSON, call.params["lesson"])
    if key is None:
        raise not_found("Урок")
    slot = service.book.slot(student, key)
    if slot is None:
        raise forbidden("Урок не относится к ученику")
    if kind and _TYPES[kind] != slot.source:
        raise not_found("Урок")
    return _details(call, student, slot)


def _details(call: Call, student: m.Student, slot: slots.Slot) -> JsonObject:
    service, mobile = call.service, call.is_mobile
    subject = schedule.subject_of(service, slot)
    remote = None if slot.lesson is None else slot.lesson.remote_url
    body: JsonObject = {
        "id": service.ids.of(ids.LESSON, slot.key),
        "subject_id": subject["subject_id"] or 0,
        "subject_name": subject["subject_name"] or slot.group_name,
        "date": slot.date.isoformat(),
        **schedule.clock(slot),
        "teacher": persons.teacher_card(service, slot.teacher_key),
        "room_number": slot.room,
        "lesson_homeworks": _homeworks(call, student, slot),
        **schedule.utc(service, slot),
        "plan_id": service.ids.of(ids.PLAN, slot.group_key),
        "course_lesson_type": None,
        "room_name": slot.room,
        "building_name": slot.building,
        "is_missed_lesson": service.book.absence_at(student, slot) is not None,
        "lesson_type": schedule.lesson_type(slot),
        "homework_to_give": [],
        "details": {
            "content": [],
            "theme": _theme(slot),
            "lessonId": None,
            "lesson_topic": slot.topic,
            "additional_materials": [],
        },
        "remote_lesson": None
        if remote is None
        else {"link_to_join": remote, "link_to_record": None, "record_preview": None},
        "lesson_education_type": slots.EDUCATION[slot.source],
        "disease_status_type": service.book.health_at(student, slot),
        "is_virtual": schedule.lesson_type(slot) == "REMOTE",
        "homework_presence_status_id": 1,
        "group_id": service.ids.of(ids.GROUP, slot.group_key),
        "marks": [values.of_lesson(service, item) for item in service.book.marks_at(student, slot)],
        "created_date_time": None,
        "field_name": None,
        "comment": None,
        "esz_field_id": None,
        "teacher_comments": _comments(service, student, slot),
        "lesson_type_nsi": None,
        "control": None,
        "evaluation": None,
        "theme_mastery": None,
    }
    return body | {"kr_attachments": []} if mobile else body


def _theme(slot: slots.Slot) -> JsonObject | None:
    if slot.topic is None:
        return None
    return {
        "id": None,
        "title": slot.topic,
        "average_mark": None,
        "theme_frames": [],
        "oge_task_name": None,
        "ege_task_name": None,
        "child": None,
    }


def _comments(service: Service, student: m.Student, slot: slots.Slot) -> list[JsonObject]:
    """Remarks of the lesson: the platform has no other place for them."""
    return [
        {
            "id": service.ids.of(ids.NOTICE, item.key),
            "text": item.text,
            "comment": item.text,
            "created_at": f"{item.created_at:%Y-%m-%d %H:%M:%S}",
            "teacher_id": service.ids.of(ids.TEACHER, item.teacher_key),
            "teacher": persons.teacher_card(service, item.teacher_key),
        }
        for item in service.world.remarks_of(student.key, slot.date, slot.date)
        if item.lesson_key == slot.key
    ]


def _homeworks(call: Call, student: m.Student, slot: slots.Slot) -> list[JsonObject]:
    """Homework of the lesson; here the application wants both groupings the other way round."""
    found = []
    for item in call.service.book.homework_at(student, slot):
        row = tasks.homework_item(call.service, call.site, student, item, mobile=call.is_mobile)
        row["is_smart"] = False
        if call.is_mobile:
            row["auto_generated"] = False
            row["materials"] = row["additional_materials"]
            row["additional_materials"] = tasks.materials(call.service, call.site, item)
        found.append(row)
    return found
