"""The user's feed, day by day (protocol notes 4.9)."""

from datetime import date, timedelta
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call, day_of
from gateway_dnevnik_ru.emulator.dates import day_text
from gateway_dnevnik_ru.emulator.errors import invalid
from gateway_dnevnik_ru.emulator.partner.routes import PartnerRoutes
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.service import Service
from gateway_dnevnik_ru.emulator.wire.lessons import STATUSES, log_entries_json
from gateway_dnevnik_ru.emulator.wire.marks import mark_json, mood
from gateway_dnevnik_ru.emulator.wire.works import (
    assignment_json,
    homework_json,
    work_type_id,
)

_MOST_DAYS: Final = 31


def register(router: Router) -> None:
    """Add the path of this part."""
    PartnerRoutes(router).get("users/{user}/feed", feed)


def feed(call: Call) -> object:
    """`users/me/feed?date&childPersonId&limit`: `limit` days, the newest first."""
    child = call.text("childPersonId")
    students = call.access.students
    if child:
        student: m.Student | None = call.access.student(child)
    else:
        student = students[0] if students else None
    text = call.text("date")
    last = day_of(text, "date") if text else call.access.world.today
    limit = call.text("limit") or "1"
    if not limit.isascii() or not limit.isdigit() or int(limit) > _MOST_DAYS:
        raise invalid("limit")
    if student is None:
        return {"days": []}
    days = [last - timedelta(days=back) for back in range(max(int(limit), 1))]
    return {"days": [_day(call.service, student, day) for day in days]}


def _day(service: Service, student: m.Student, day: date) -> JsonObject:
    book, world = service.book, service.world
    klass = world.class_group(student.class_key)
    next_day = book.next_school_day(klass.key, day)
    today = book.lessons(student, klass.key, day, day)
    return {
        "date": day_text(day),
        "nextWorkingDayDate": day_text(next_day),
        "summary": _summary(service, student, day, today),
        "nextDayHomeworks": _homework(service, student, next_day),
        "nextDaySchedule": _lessons(service, book.lessons(student, klass.key, next_day, next_day)),
        "todayHomeworks": _homework(service, student, day),
        "todaySchedule": _lessons(service, today),
        "logEntries": [
            {
                "lessonLogEntry": entry,
                "subjectName": world.subject(lesson.subject_key).name,
                "lessonTitle": lesson.topic or "",
            }
            for lesson in today
            for entry in log_entries_json(service, lesson, (student.key,))
        ],
    }


def _summary(
    service: Service, student: m.Student, day: date, lessons: list[m.Lesson]
) -> JsonObject:
    book, world = service.book, service.world
    important = [
        work
        for lesson in lessons
        for work in book.assignments_at.get(lesson.key, ())
        if world.work_kind(work.work_kind_key).is_important
    ]
    graded = [mark for mark in book.marks_of(student.key) if mark.given_at.date() == day]
    cells: dict[str, list[m.Mark]] = {}
    for mark in graded:
        cells.setdefault(mark.assignment_key, []).append(mark)
    moods = [mood(service, mark.value, mark.scale_key) for mark in graded]
    return {
        "importantWorks": [
            {
                "work": assignment_json(service, work),
                "subjectName": world.subject(work.subject_key).name,
                "workTypeName": world.work_kind(work.work_kind_key).name,
            }
            for work in important
        ],
        "marksCards": [_card(service, marks) for marks in cells.values()],
        "dayEmotion": moods[0] if moods else "NotSet",
        "feedMode": "Default",
    }


def _card(service: Service, marks: list[m.Mark]) -> JsonObject:
    world, first = service.world, marks[0]
    kind = world.work_kind(first.work_kind_key)
    return {
        "marks": [{"mark": mark_json(service, mark)} for mark in marks],
        "lesson": {
            "id": service.ids.of(ids.LESSON, first.lesson_key),
            "date": day_text(first.date),
        },
        "isImportant": kind.is_important,
        "subjectName": world.subject(first.subject_key).name,
        "subjectId": service.ids.of(ids.SUBJECT, first.subject_key),
        "workTypeName": kind.name,
    }


def _homework(service: Service, student: m.Student, day: date) -> list[JsonObject]:
    world = service.world
    return [
        {
            "work": homework_json(service, item),
            "subjectName": world.subject(item.subject_key).name,
            "workTypeName": world.work_kind("work-homework").name,
        }
        for item in world.homework_of(student.key, day, day)
    ]


def _lessons(service: Service, lessons: list[m.Lesson]) -> list[JsonObject]:
    world, book = service.world, service.book
    return [
        {
            "lessonId": service.ids.of(ids.LESSON, lesson.key),
            "lessonStatus": STATUSES[lesson.status],
            "number": lesson.number or 0,
            "subjectName": world.subject(lesson.subject_key).name,
            "importantWorkTypes": [
                {
                    "id": work_type_id(service, lesson.school_key, work.work_kind_key),
                    "name": world.work_kind(work.work_kind_key).name,
                }
                for work in book.assignments_at.get(lesson.key, ())
                if world.work_kind(work.work_kind_key).is_important
            ],
        }
        for lesson in lessons
    ]
