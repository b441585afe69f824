"""The app's diary by weeks (protocol notes 4.2)."""

from datetime import date, timedelta
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Group
from gateway_dnevnik_ru.emulator.call import Call, day_of
from gateway_dnevnik_ru.emulator.dates import clock_text, offset_day_text
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.mobile.envelope import MobileRoutes, is_modern
from gateway_dnevnik_ru.emulator.mobile.parts import (
    comment_json,
    homework_json,
    important_works,
    student_and_group,
    subject_json,
    teacher_json,
    work_marks_json,
)
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.lessons import school_days

_WEEK: Final = timedelta(days=7)
_SHOWN_DAYS: Final = 6  # Sunday only where there are lessons
_GONE: Final = (m.LessonStatus.CANCELLED, m.LessonStatus.MOVED)
_STEPS: Final = {"future": (1, 2), "past": (-2, -1), "undefined": (0,), "": (0,)}


def register(router: Router) -> None:
    """Add the paths of this part; clients tick homework off, so nothing is kept."""
    routes = MobileRoutes(router)
    routes.get("persons/{person}/schools/{school}/groups/{group}/diary", diary)
    routes.get("persons/{person}/groups/{group}/diary", diary)


def diary(call: Call) -> object:
    """`…/diary[?id=<Monday>&loadType=Past|Future|Undefined]`.

    Without `id` this week and the next; with it that week, or the two before or after it.
    """
    student, group = student_and_group(call)
    if "school" in call.params:
        school = call.access.school(call.params["school"])
        if school.key != group.klass.school_key:
            raise ApiError("parameterInvalid")
    text, load = call.text("id"), call.text("loadType").lower()
    if load not in _STEPS:
        raise invalid("loadType")
    if text:
        start, steps = day_of(text, "id"), _STEPS[load]
    else:
        start, steps = call.access.world.today, (0, 1)
    monday = start - timedelta(days=start.weekday())
    return {"weeks": [_week(call, student, group, monday + step * _WEEK) for step in steps]}


def _week(call: Call, student: m.Student, group: Group, monday: date) -> JsonObject:
    sunday = monday + timedelta(days=6)
    book = call.service.book
    by_day = school_days(book.lessons(student, group.klass.key, monday, sunday, group.part_key))
    dates = [monday + timedelta(days=number) for number in range(_SHOWN_DAYS)]
    dates += [sunday] if sunday in by_day else []
    days = [_day(call, student, day, by_day.get(day, [])) for day in dates]
    bound = offset_day_text if is_modern(call) else date.isoformat
    return {
        "id": monday.isoformat(),
        "homeworksCount": sum(
            1 for lessons in by_day.values() for each in lessons if book.homework_at(student, each)
        ),
        "firstWeekDayDate": bound(monday),
        "lastWeekDayDate": bound(sunday),
        "days": days,
    }


def _day(call: Call, student: m.Student, day: date, lessons: list[m.Lesson]) -> JsonObject:
    state, book = call.service.state, call.service.book
    due = {lesson.key: book.homework_at(student, lesson) for lesson in lessons}
    with_homework = [lesson for lesson in lessons if due[lesson.key]]
    done = [
        lesson
        for lesson in with_homework
        if all(state.is_done(student.key, item.key) for item in due[lesson.key])
    ]
    progress: JsonObject = {
        "totalLessonsWithHomeworksCount": len(with_homework),
        "completedLessonsWithHomeworksCount": len(done),
    }
    moment: JsonObject = {"date": day.isoformat()}
    if is_modern(call):
        moment = {"dateTime": offset_day_text(day)}
        numbers = [call.service.ids.of(ids.LESSON, lesson.key) for lesson in with_homework]
        progress["lessonWithHomeworksIds"] = numbers
    return moment | {
        "hasImportantWork": any(important_works(call, lesson) for lesson in lessons),
        "dayHomeworksProgress": progress,
        "lessons": [_lesson(call, student, lesson, due[lesson.key]) for lesson in lessons],
        "messengerEntryPoint": None,
    }


def _lesson(call: Call, student: m.Student, lesson: m.Lesson, due: list[m.Homework]) -> JsonObject:
    service, world = call.service, call.service.world
    kinds = [world.work_kind(work.work_kind_key) for work in important_works(call, lesson)]
    return {
        "id": service.ids.of(ids.LESSON, lesson.key),
        "number": lesson.number or 0,
        "place": lesson.room or "",
        "startDateTime": clock_text(lesson.starts_at),
        "endDateTime": clock_text(lesson.ends_at),
        "isCanceled": lesson.status in _GONE,
        "theme": lesson.topic or "",
        "subject": subject_json(call, lesson.subject_key),
        "importantWorks": [kind.name for kind in kinds],
        "homework": homework_json(call, student, due),
        "hasAttachment": any(item.attachments for item in due),
        "workMarks": work_marks_json(call, service.book.student_marks_at(student, lesson)),
        "isEmpty": False,
        "comment": comment_json(call, student, lesson),
        "teacher": teacher_json(call, lesson.teacher_key),
        "group": _group(call, lesson),
    }


def _group(call: Call, lesson: m.Lesson) -> JsonObject:
    service, world = call.service, call.service.world
    klass = world.class_group(lesson.class_key)
    number = service.ids.of(ids.GROUP, klass.key)
    if lesson.group_key is None:
        return {"id": number, "parentId": None, "name": klass.name, "parentName": None}
    part = world.group(lesson.group_key)
    return {
        "id": service.ids.of(ids.GROUP, part.key),
        "parentId": number,
        "name": part.name,
        "parentName": klass.name,
    }
