"""The diary as JSON of the web pages (protocol notes 4.12)."""

from datetime import date, datetime, timedelta
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import parse_day, parse_unix_day, unix_day
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.mobile.parts import (
    comment_json,
    homework_json,
    hours_json,
    important_works,
    subject_json,
    teacher_json,
    work_marks_json,
)
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.web.parts import student_in_path, with_text_ids
from gateway_dnevnik_ru.emulator.wire.lessons import STATUSES, school_days

_MOST_DAYS: Final = 62
_GONE: Final = (m.LessonStatus.CANCELLED, m.LessonStatus.MOVED)


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(
        "api/userfeed/persons/{person}/schools/{school}/groups/{group}/schedule",
        feed_schedule,
        dress=Dress.WEB_JSON,
    )
    router.add("api/v2/marks/diary", diary, dress=Dress.WEB_JSON)


def day_in_query(call: Call, name: str) -> date:
    """A date in unix seconds or any other spelling; today where there is none."""
    text = call.text(name)
    if not text:
        return call.service.world.today
    day = parse_unix_day(text) if text.lstrip("-").isdigit() else parse_day(text)
    if day is None:
        raise invalid(name)
    return day


def feed_schedule(call: Call) -> object:
    """`…/schedule?date=<unix>&takeDays=7`: days with lessons, none where there are none."""
    student = student_in_path(call)
    group = call.access.own_group(call.params["group"])
    if student not in call.access.pupils_in(group):
        raise ApiError("systemForbidden")
    text = call.text("takeDays") or "7"
    if not text.isascii() or not text.isdigit() or int(text) > _MOST_DAYS:
        raise invalid("takeDays")
    start = day_in_query(call, "date")
    end = start + timedelta(days=max(int(text), 1) - 1)
    return {"days": _days(call, student, group.klass, start, end)}


def diary(call: Call) -> object:
    """`/api/v2/marks/diary?personId&schoolId&startDate&finishDate` (unix)."""
    student = student_in_path(call)
    school = call.access.school(call.text("schoolId"))
    classes = call.access.world.classes_of(student.key)
    klass = next((item for item in classes if item.school_key == school.key), None)
    if klass is None:
        raise ApiError("systemForbidden")
    start, end = day_in_query(call, "startDate"), day_in_query(call, "finishDate")
    if not timedelta(0) <= end - start <= timedelta(days=_MOST_DAYS):
        raise invalid("finishDate")
    return {"days": _days(call, student, klass, start, end)}


def _days(
    call: Call, student: m.Student, klass: m.ClassGroup, start: date, end: date
) -> list[object]:
    lessons = call.service.book.lessons(student, klass.key, start, end)
    zone = call.service.world.zone_of(klass.school_key)
    found = []
    for day, own in school_days(lessons).items():
        offset = datetime.combine(day, datetime.min.time(), zone).utcoffset() or timedelta()
        found.append(
            with_text_ids(
                {
                    "date": str(unix_day(day)),
                    "utcOffset": int(offset.total_seconds() // 60),
                    "lessons": [_lesson(call, student, item) for item in own],
                    "sorSochs": [],
                }
            )
        )
    return found


def _lesson(call: Call, student: m.Student, lesson: m.Lesson) -> JsonObject:
    book, world = call.service.book, call.service.world
    kinds = [world.work_kind(work.work_kind_key).name for work in important_works(call, lesson)]
    return {
        "id": call.service.ids.of(ids.LESSON, lesson.key),
        "number": lesson.number or 0,
        "hours": hours_json(lesson),
        "place": lesson.room or "",
        "status": STATUSES[lesson.status],
        "isCanceled": lesson.status in _GONE,
        "theme": lesson.topic or "",
        "subject": subject_json(call, lesson.subject_key),
        "importantWorks": kinds,
        "homework": homework_json(call, student, book.homework_at(student, lesson)),
        "workMarks": work_marks_json(call, book.student_marks_at(student, lesson)),
        "comment": comment_json(call, student, lesson),
        "teacher": teacher_json(call, lesson.teacher_key),
    }
