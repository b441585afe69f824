"""One lesson with everything about it (protocol notes 4.2)."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import unix
from gateway_dnevnik_ru.emulator.errors import ApiError
from gateway_dnevnik_ru.emulator.mobile.envelope import MobileRoutes
from gateway_dnevnik_ru.emulator.mobile.parts import (
    attachments_json,
    averages_json,
    by_work,
    comment_json,
    homework_json,
    hours_json,
    important_works,
    mark_json,
    student_and_group,
    subject_json,
    teacher_json,
)
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.lessons import STATUSES
from gateway_dnevnik_ru.emulator.wire.places import PERIOD_TYPES
from gateway_dnevnik_ru.emulator.wire.works import KINDS


def register(router: Router) -> None:
    """Add the path of this part."""
    MobileRoutes(router).get(
        "persons/{person}/groups/{group}/lessons/{lesson}/lessonDetails", lesson_details
    )


def jid(call: Call, person_key: str) -> str:
    """Address of a person in the chat."""
    number = call.service.ids.user_of(person_key)
    return f"user_{number}@xmpp.{call.site.family.domain}"


def lesson_details(call: Call) -> object:
    """`…/lessons/{l}/lessonDetails`."""
    student, group = student_and_group(call)
    lesson = call.access.lesson(call.params["lesson"])
    service, world = call.service, call.service.world
    if lesson not in service.book.lessons(student, group.klass.key, lesson.date, lesson.date):
        raise ApiError("systemForbidden")
    period = service.book.period_on(lesson.school_key, lesson.date)
    marks = service.book.student_marks_at(student, lesson)
    due = service.book.homework_at(student, lesson)
    teacher = world.teacher(lesson.teacher_key)
    so_far = [
        mark
        for mark in service.book.marks_of(student.key)
        if mark.subject_key == lesson.subject_key
        and period is not None
        and period.starts <= mark.date <= period.ends
    ]
    return {
        "status": STATUSES[lesson.status],
        "subject": subject_json(call, lesson.subject_key),
        "startTime": unix(lesson.starts_at),
        "endTime": unix(lesson.ends_at),
        "hours": hours_json(lesson),
        "number": lesson.number or 0,
        "place": lesson.room or "",
        "theme": lesson.topic or "",
        "teacher": teacher_json(call, lesson.teacher_key)
        | {"role": teacher.position, "jid": jid(call, teacher.person_key)},
        "importantWorks": [
            world.work_kind(work.work_kind_key).name for work in important_works(call, lesson)
        ],
        "averageMarks": averages_json(call, so_far),
        "summativeMarks": None,
        "forecastText": None,
        "lessonDetailsMarks": [_marks(call, own, period) for own in by_work(call, marks).values()],
        "homework": homework_json(call, student, due),
        "attachments": attachments_json(call, due),
        "comment": comment_json(call, student, lesson),
        "lessonDescription": "",
    }


def _marks(call: Call, marks: list[m.Mark], period: m.AcademicPeriod | None) -> JsonObject:
    kind = call.service.world.work_kind(marks[0].work_kind_key)
    return {
        "isImportant": kind.is_important,
        "isFinal": False,
        "markType": KINDS[kind.key],
        "markTypeText": kind.name,
        "markShortTypeText": kind.short_name,
        "periodType": "Year" if period is None else PERIOD_TYPES[period.kind],
        "periodId": 0 if period is None else call.service.ids.of(ids.PERIOD, period.key),
        "periodNumber": 0 if period is None else period.number - 1,
        "marks": [mark_json(call, mark) for mark in marks],
    }
