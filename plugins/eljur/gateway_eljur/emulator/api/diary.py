"""`getdiary`: timetable, homework and marks in one (notes 4.2)."""

from collections import defaultdict
from datetime import timedelta

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.rules import Access, Router, method
from gateway_eljur.emulator.shapes import tasks
from gateway_eljur.emulator.shapes.assessments import cells, in_diary
from gateway_eljur.emulator.shapes.days import (
    Day,
    days_of,
    extday_row,
    is_gone,
    items,
    lesson_row,
)
from gateway_eljur.emulator.shapes.people import by_student


def register(router: Router) -> None:
    """Add the method of this part with its newer name."""
    method(router, "getdiary", diary, Access.TOKEN, "newgetdiary")


def diary(call: Call) -> object:
    """Days with lessons for each pupil."""
    start, end = call.days()
    return by_student(
        call,
        lambda student: {
            "parent_signed": _signed(call, student),
            "days": {
                str(day.head()["name"]): _day(call, student, day)
                for day in shown_days(call, student)
                if start <= day.day <= end
            },
        },
    )


def shown_days(call: Call, student: m.Student) -> list[Day]:
    """All days of this year for a pupil; what does not take place is left out if it is empty."""
    world, schools = call.service.world, call.user.vendor.school_keys
    school = world.school(call.members.main_place(student).school_key)

    def make() -> list[Day]:
        lessons = [
            lesson
            for lesson in world.lessons_of(student.key)
            if lesson.school_key in schools
            and (not is_gone(lesson) or tasks.due_at(call, student, lesson))
        ]
        year = world.current_year
        return days_of(world, school, lessons, year.starts, year.ends)

    return call.service.once(("days", call.user.vendor.key, student.key), make)


def _day(call: Call, student: m.Student, day: Day) -> JsonObject:
    rings = call.yes("rings")
    marks: defaultdict[str, list[JsonObject]] = defaultdict(list)
    for cell in cells(call, student):
        if cell.day == day.day:
            marks[cell.lesson_key].append(in_diary(call, cell))
    rows = [
        (str(lesson.number), _lesson(call, student, lesson, marks[lesson.key], rings=rings))
        for lesson in day.lessons
    ]
    found = day.head() | items(call, rows)
    if day.after:
        found["items_extday"] = [
            _after(call, student, lesson, marks[lesson.key], place, rings=rings)
            for place, lesson in enumerate(day.after)
        ]
    return found


def _lesson(
    call: Call, student: m.Student, lesson: m.Lesson, marks: list[JsonObject], *, rings: bool
) -> JsonObject:
    homework = tasks.due_at(call, student, lesson)
    row: JsonObject = lesson_row(call, lesson, rings=rings) | {
        "lesson_id": call.service.ids.subject(lesson.subject_key),
        "homework": tasks.numbered(tasks.tasks(homework)),
        "files": tasks.files(call, homework),
        "resources": tasks.materials(homework),
        "is_control": lesson.is_control,
        "payload_id": None,
        "payload_type": None,
        "payload_name": None,
        "payload_course_id": None,
    }
    if lesson.topic is not None:
        row["topic"] = lesson.topic
    if marks:
        row["assessments"] = marks
    return row


def _after(
    call: Call,
    student: m.Student,
    lesson: m.Lesson,
    marks: list[JsonObject],
    place: int,
    *,
    rings: bool,
) -> JsonObject:
    homework = tasks.due_at(call, student, lesson)
    row = extday_row(call, lesson, place, rings=rings) | {
        "topic": lesson.topic or "",
        "homework": tasks.tasks(homework),
    }
    attached = tasks.files(call, homework)
    if attached:
        row["files"] = attached
    if marks:
        row["assessments"] = marks
    return row


def _signed(call: Call, student: m.Student) -> bool:
    """Whether a parent signed the first week of the range."""
    start, _ = call.days()
    monday = start - timedelta(days=start.weekday())
    signature = call.service.state.signature(student.key, monday)
    return signature is not None and signature.signed_by is not None
