"""Lessons, one day of the diary, log entries (protocol notes 4.2 and 4.8)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.dates import day_text, moment_text
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.service import Service
from gateway_dnevnik_ru.emulator.wire.people import person_json
from gateway_dnevnik_ru.emulator.wire.places import bundle_subject_json, subject_json
from gateway_dnevnik_ru.emulator.wire.works import (
    assignment_json,
    homework_json,
    task_json,
    with_tasks,
)

STATUSES: Final = {
    m.LessonStatus.PLANNED: "NotInitialised",
    m.LessonStatus.HELD: "Initialised",
    m.LessonStatus.CANCELLED: "Cancelled",
    m.LessonStatus.MOVED: "Moved",
}
LOG_STATUSES: Final = ("Attend", "Absent", "Ill", "Late", "Pass")
_ABSENT: Final = {m.AbsenceReason.ILLNESS: "Ill", m.AbsenceReason.EXCUSED: "Pass"}
WEB_LETTERS: Final = {
    "Absent": ("Н", "Отсутствовал(а)"),
    "Ill": ("Б", "Болел(а)"),
    "Pass": ("П", "Пропуск по уважительной причине"),
    "Late": ("О", "Опоздал(а)"),
}


def hours_text(lesson: m.Lesson) -> str:
    """`08:50 - 09:30`, in school time."""
    return f"{lesson.starts_at:%H:%M} - {lesson.ends_at:%H:%M}"


def teacher_ids(service: Service, lesson: m.Lesson) -> list[int]:
    """Persons who teach a lesson."""
    return [service.ids.of(ids.PERSON, service.world.teacher(lesson.teacher_key).person_key)]


def own_works(
    service: Service, student: m.Student, lesson: m.Lesson
) -> tuple[list[m.Assignment], list[m.Homework]]:
    """Works of a lesson and the pupil's homework due there."""
    book = service.book
    return list(book.assignments_at.get(lesson.key, ())), book.homework_at(student, lesson)


def schedule_lesson_json(service: Service, student: m.Student, lesson: m.Lesson) -> JsonObject:
    """A lesson of the diary, 13 keys; a lesson after the regular day has the number 0."""
    assignments, homework = own_works(service, student, lesson)
    keys = [item.key for item in assignments] + [item.key for item in homework]
    return {
        "id": service.ids.of(ids.LESSON, lesson.key),
        "title": lesson.topic or "",
        "date": day_text(lesson.date),
        "number": lesson.number or 0,
        "subjectId": service.ids.of(ids.SUBJECT, lesson.subject_key),
        "status": STATUSES[lesson.status],
        "resultPlaceId": 0,
        "building": lesson.building or "",
        "place": lesson.room or "",
        "floor": "" if lesson.floor is None else str(lesson.floor),
        "hours": hours_text(lesson),
        "works": [service.ids.of(ids.WORK, key) for key in keys],
        "teachers": teacher_ids(service, lesson),
    }


def lesson_json(service: Service, students: Iterable[m.Student], lesson: m.Lesson) -> JsonObject:
    """A lesson by itself, 12 keys; its works have 23 and no clock times are told."""
    works: dict[str, JsonObject] = {
        item.key: with_tasks(assignment_json(service, item), [])
        for item in service.book.assignments_at.get(lesson.key, ())
    }
    tasks: dict[str, list[JsonObject]] = {}
    items: dict[str, m.Homework] = {}
    for student in students:
        for item in service.book.homework_at(student, lesson):
            items[item.key] = item
            tasks.setdefault(item.key, []).append(task_json(service, student, item))
    for key, item in items.items():
        works[key] = with_tasks(homework_json(service, item), tasks[key])
    teachers = teacher_ids(service, lesson)
    subject = service.world.subject(lesson.subject_key)
    return big("id", service.ids.of(ids.LESSON, lesson.key)) | {
        "title": lesson.topic or "",
        "date": day_text(lesson.date),
        "number": lesson.number or 0,
        "subject": subject_json(service, subject),
        "group": service.ids.of(ids.GROUP, lesson.group_key or lesson.class_key),
        "status": STATUSES[lesson.status],
        "resultPlaceId": 0,
        "works": list(works.values()),
        "teachers": teachers,
        "teachers_str": [str(number) for number in teachers],
    }


def log_status(item: m.Attendance) -> str:
    """The service's word for an absence; leaving early has none, it counts as attended."""
    if item.kind is m.AttendanceKind.TARDY:
        return "Late"
    if item.kind is m.AttendanceKind.EARLY_DEPARTURE:
        return "Attend"
    return _ABSENT.get(item.reason, "Absent") if item.reason else "Absent"


def log_entries_json(
    service: Service, lesson: m.Lesson, student_keys: Iterable[str] | None = None
) -> list[JsonObject]:
    """Log entries of a lesson, 7 keys each: absences, and remarks that stand as comments."""
    wanted = None if student_keys is None else set(student_keys)
    remarks: dict[str, m.Remark] = {}
    for remark in service.book.remarks_at.get(lesson.key, ()):
        remarks.setdefault(remark.student_key, remark)
    zone = service.world.zone_of(lesson.school_key)
    found = []
    for item in service.book.attendance_at.get(lesson.key, ()):
        if wanted is not None and item.student_key not in wanted:
            continue
        comment = remarks.pop(item.student_key, None)
        found.append(
            _log_entry(
                service,
                lesson,
                item.student_key,
                comment.text if comment else "",
                log_status(item),
                moment_text(item.recorded_at.astimezone(zone)),
            )
        )
    for student_key, remark in remarks.items():
        if wanted is None or student_key in wanted:
            created = moment_text(remark.created_at.astimezone(zone))
            entry = _log_entry(service, lesson, student_key, remark.text, "Attend", created)
            found.append(entry)
    return found


def _log_entry(
    service: Service, lesson: m.Lesson, student_key: str, comment: str, status: str, created: str
) -> JsonObject:
    person = service.ids.of(ids.PERSON, service.world.student(student_key).person_key)
    number = service.ids.of(ids.LESSON, lesson.key)
    return {
        "person": person,
        "lesson": number,
        "person_str": str(person),
        "lesson_str": str(number),
        "comment": comment,
        "status": status,
        "createdDate": created,
    }


def bundle_subjects(
    service: Service, lessons: Iterable[m.Lesson], homework: Iterable[m.Homework] = ()
) -> list[JsonObject]:
    """The subjects that a bundle names, each once.

    Homework may be of another subject than its lesson, where that was replaced.
    """
    keys = dict.fromkeys(lesson.subject_key for lesson in lessons)
    keys |= dict.fromkeys(item.subject_key for item in homework)
    return [bundle_subject_json(service, service.world.subject(key)) for key in keys]


def bundle_teachers(
    service: Service, lessons: Iterable[m.Lesson], *, contacts: bool
) -> list[JsonObject]:
    """The teachers that a bundle's lessons name, each once."""
    world = service.world
    keys = dict.fromkeys(world.teacher(lesson.teacher_key).person_key for lesson in lessons)
    return [person_json(service, world.person(key), contacts=contacts) for key in keys]


def school_days(lessons: Iterable[m.Lesson]) -> dict[date, list[m.Lesson]]:
    """Lessons by day; within a day by the clock."""
    days: dict[date, list[m.Lesson]] = {}
    for lesson in sorted(lessons, key=lambda item: item.starts_at):
        days.setdefault(lesson.date, []).append(lesson)
    return days
