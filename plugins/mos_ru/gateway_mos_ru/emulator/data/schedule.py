"""The timetable as family interfaces tell it: several days in short, one day whole."""

from datetime import date, timedelta
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids, slots
from gateway_mos_ru.emulator.call import Call, day_of
from gateway_mos_ru.emulator.data import persons, presence, tasks, values
from gateway_mos_ru.emulator.errors import invalid
from gateway_mos_ru.emulator.rules import Router, both
from gateway_mos_ru.emulator.service import Service

_MOST_DATES: Final = 400
_SHORTEST_BREAK: Final = timedelta(minutes=1)


def register(router: Router) -> None:
    """Routes of both families' interfaces."""
    both(router, "schedule/short", short)
    both(router, "schedule", day)


def clock(slot: slots.Slot) -> JsonObject:
    """Beginning and end as `HH:MM`."""
    return {"begin_time": f"{slot.starts_at:%H:%M}", "end_time": f"{slot.ends_at:%H:%M}"}


def utc(service: Service, slot: slots.Slot) -> JsonObject:
    """Beginning and end in unix seconds."""
    return {
        "begin_utc": int(service.wall(slot.starts_at).timestamp()),
        "end_utc": int(service.wall(slot.ends_at).timestamp()),
    }


def bell_number(service: Service, slot: slots.Slot) -> int | None:
    """Number of the row of the bell schedule; none after the regular day."""
    if slot.number is None:
        return None
    return service.ids.of(ids.BELL, f"{slot.school_key}|{slot.number}")


def subject_of(service: Service, slot: slots.Slot) -> JsonObject:
    """The subject; what is no lesson of the plan has a group alone."""
    if slot.source != slots.PLAN or slot.subject is None:
        return {"subject_id": None, "subject_name": None}
    number = service.ids.of(ids.SUBJECT, slot.subject.key)
    return {"subject_id": number, "subject_name": slot.subject.name}


def lesson_type(slot: slots.Slot) -> str:
    """NORMAL or REMOTE."""
    remote = slot.lesson is not None and slot.lesson.form is m.LessonForm.REMOTE
    return "REMOTE" if remote else "NORMAL"


def short(call: Call) -> JsonObject:
    """Several days; each of them is in the answer."""
    days = sorted({day_of(text, "dates") for text in call.many("dates", "date")})
    if not days or len(days) > _MOST_DATES:
        raise invalid("dates")
    service, student = call.service, call.student
    found: dict[date, list[JsonObject]] = {each: [] for each in days}
    for slot in service.book.slots(student, days[0], days[-1]):
        if slot.date in found and not slot.cancelled:
            found[slot.date].append(_short_lesson(service, student, slot))
    return {
        "payload": [
            {"date": each.isoformat(), "lessons": lessons} for each, lessons in found.items()
        ]
    }


def _short_lesson(service: Service, student: m.Student, slot: slots.Slot) -> JsonObject:
    return {
        "lesson_id": None,
        **clock(slot),
        "bell_id": bell_number(service, slot),
        **subject_of(service, slot),
        "lesson_type": lesson_type(slot),
        "group_id": service.ids.of(ids.GROUP, slot.group_key),
        "group_name": slot.group_name,
        "lesson_education_type": slots.EDUCATION[slot.source],
        "evaluation": None,
        "absence_reason_id": presence.absence_reason(service, student, slot),
        "lesson_name": slot.topic,
        "schedule_item_id": service.ids.of(ids.LESSON, slot.key),
        "is_virtual": lesson_type(slot) == "REMOTE",
    }


def day(call: Call) -> JsonObject:
    """One day with its breaks: the only list with numbers of lessons and teachers."""
    service, student, on = call.service, call.student, call.day("date")
    found = service.book.slots(student, on, on)
    regular = [slot for slot in found if slot.number is not None and not slot.cancelled]
    return {
        "summary": _lessons_text(len(regular)),
        "date": on.isoformat(),
        "has_homework": any(_homework_text(service, student, slot) for slot in found),
        "activities": _activities(service, student, found),
    }


def _lessons_text(count: int) -> str:
    """`1 урок`, `3 урока`, `6 уроков`."""
    tens, ones = count % 100, count % 10
    if ones == 1 and tens != 11:  # noqa: PLR2004 - the language's own numbers
        return f"{count} урок"
    few = ones in (2, 3, 4) and tens not in (12, 13, 14)
    return f"{count} {'урока' if few else 'уроков'}"


def _activities(service: Service, student: m.Student, found: list[slots.Slot]) -> list[JsonObject]:
    rows: list[JsonObject] = []
    before: slots.Slot | None = None
    for slot in found:
        if before is not None and slot.starts_at - before.ends_at >= _SHORTEST_BREAK:
            rows.append(_break(service, before, slot))
        rows.append(_activity(service, student, slot))
        before = slot
    return rows


def _break(service: Service, before: slots.Slot, after: slots.Slot) -> JsonObject:
    begin = service.wall(before.ends_at)
    end = service.wall(after.starts_at)
    seconds = int((end - begin).total_seconds())
    return {
        "type": "BREAK",
        "info": f"{seconds // 60} минут",
        "begin_utc": int(begin.timestamp()),
        "end_utc": int(end.timestamp()),
        "begin_time": f"{begin:%H:%M}",
        "end_time": f"{end:%H:%M}",
        "duration": seconds,
        "room_number": None,
        "room_name": None,
        "building_name": None,
        "lesson": None,
        "homework_presence_status_id": None,
    }


def _activity(service: Service, student: m.Student, slot: slots.Slot) -> JsonObject:
    return {
        "type": "LESSON",
        "info": "Внеурочное занятие" if slot.number is None else f"{slot.number} урок",
        **utc(service, slot),
        **clock(slot),
        "duration": int((slot.ends_at - slot.starts_at).total_seconds()),
        "room_number": slot.room,
        "room_name": slot.room,
        "building_name": slot.building,
        "homework_presence_status_id": 1,
        "lesson": _lesson(service, student, slot),
    }


def _lesson(service: Service, student: m.Student, slot: slots.Slot) -> JsonObject:
    book = service.book
    homework = [item for item in book.homework_at(student, slot) if not item.is_empty]
    done = [item for item in homework if service.state.is_done(student.key, item.key)]
    subject = subject_of(service, slot)
    return {
        "schedule_item_id": service.ids.of(ids.LESSON, slot.key),
        "subject_id": subject["subject_id"],
        "subject_name": subject["subject_name"] or slot.group_name,
        "course_lesson_type": None,
        "teacher": persons.teacher_card(service, slot.teacher_key),
        "marks": [values.of_lesson(service, mark) for mark in book.marks_at(student, slot)],
        "homework": _homework_text(service, student, slot),
        "link_types": [],
        "materials_count": None,
        "lesson_type": lesson_type(slot),
        "lesson_education_type": slots.EDUCATION[slot.source],
        "evaluation": None,
        "absence_reason_id": presence.absence_reason(service, student, slot),
        "nonattendance_reason_id": presence.announced_reason(service, student, slot),
        "disease_status_type": book.health_at(student, slot),
        "bell_id": bell_number(service, slot),
        "replaced": slot.replaced,
        "is_cancelled": slot.cancelled,
        "is_missed_lesson": book.absence_at(student, slot) is not None,
        "is_virtual": lesson_type(slot) == "REMOTE",
        "homework_count": {"total_count": len(homework), "ready_count": len(done)},
    }


def _homework_text(service: Service, student: m.Student, slot: slots.Slot) -> str | None:
    texts = [tasks.text_of(item) for item in service.book.homework_at(student, slot)]
    return "\n".join(texts) or None
