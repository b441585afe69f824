"""A look at one subject or one mark (protocol notes 4.6)."""

from datetime import timedelta
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import ApiError, invalid
from gateway_dnevnik_ru.emulator.mobile.envelope import (
    RESTRICTED,
    MobileRoutes,
    is_modern,
    is_restricted,
    stamp,
)
from gateway_dnevnik_ru.emulator.mobile.parts import (
    average_value,
    averages_json,
    by_work,
    categories_json,
    mark_json,
    period_json,
    recent_mark_json,
    student_and_group,
    subject_json,
)
from gateway_dnevnik_ru.emulator.mobile.rating import own_rank, rating
from gateway_dnevnik_ru.emulator.partner.averages import by_subject, period_marks
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.marks import mood
from gateway_dnevnik_ru.emulator.wire.places import PERIOD_TYPES
from gateway_dnevnik_ru.emulator.wire.works import KINDS

_WEEK: Final = timedelta(days=7)


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = MobileRoutes(router)
    routes.get(
        "persons/{person}/groups/{group}/subjects/{subject}/periods/{period}/subjectDetails",
        subject_details,
        cached=True,
    )
    routes.get(
        "persons/{person}/groups/{group}/marks/{mark}/markDetails", mark_details, cached=True
    )


def subject_details(call: Call) -> object:
    """`…/subjects/{s}/periods/{per}/subjectDetails`."""
    student, group = student_and_group(call)
    subject = call.access.subject(call.params["subject"])
    period = call.access.period(call.params["period"])
    service = call.service
    own = by_subject(period_marks(service, student, period)).get(subject.key, [])
    whole = _class_marks(call, group.klass.key, subject.key, period)
    cells = sorted(by_work(call, own).values(), key=lambda cell: cell[0].given_at, reverse=True)
    marks = [recent_mark_json(call, cell) for cell in cells]
    body: JsonObject = {
        "subject": subject_json(call, subject.key),
        "period": period_json(call, period),
    }
    if is_modern(call):
        body["recentMarks"] = {"marks": marks}
    else:
        body["marks"] = marks
    table = rating(call)
    return body | {
        "reportsPlot": _plot(call, subject, period, own),
        "groupReportsPlot": _plot(call, subject, period, whole),
        "studentPlace": _place(call, student, group.klass.key, subject.key),
        "rating": table["rating"] if isinstance(table, dict) else None,
        "messengerEntryPoint": None,
    }


def _class_marks(
    call: Call, class_key: str, subject_key: str, period: m.AcademicPeriod
) -> list[m.Mark]:
    return [
        mark
        for mark in call.service.book.marks_in.get(class_key, ())
        if mark.subject_key == subject_key and period.starts <= mark.date <= period.ends
    ]


def _place(call: Call, student: m.Student, class_key: str, subject: str) -> JsonObject | None:
    rank = own_rank(call.service, student, class_key, subject)
    if rank is None:
        return None
    if is_restricted(call):
        return {"place": 0, "imageUrl": None, "metadata": RESTRICTED}
    return {"place": rank.place, "imageUrl": None}


def _plot(
    call: Call, subject: m.Subject, period: m.AcademicPeriod, marks: list[m.Mark]
) -> JsonObject:
    """The course of an average, week by week."""
    scale = call.service.world.scale(subject.scale_key)
    levels = range(int(scale.highest), int(scale.lowest) - 1, -max(int(scale.highest) // 5, 1))
    today = call.service.world.today
    return {
        "knowledgeAreaGroup": "NotSet",
        "knowledgeAreaGroupName": subject.area,
        "subject": subject_json(call, subject.key),
        "averageMarks": averages_json(call, marks),
        "plotOptions": {
            "yAxis": [
                {"value": str(level), "mood": mood(call.service, scale.lowest + level, scale.key)}
                for level in levels
            ]
        },
        "reportingPeriodsReports": [
            {
                "periodId": call.service.ids.of(ids.PERIOD, period.key),
                "periodNumber": period.number - 1,
                "periodType": PERIOD_TYPES[period.kind],
                "isCurrent": period.starts <= today <= period.ends,
                "weekAverages": _weeks(call, period, marks),
            }
        ],
    }


def _weeks(call: Call, period: m.AcademicPeriod, marks: list[m.Mark]) -> list[JsonObject]:
    today = call.service.world.today
    monday = period.starts - timedelta(days=period.starts.weekday())
    rows: list[JsonObject] = []
    while monday <= min(period.ends, today):
        sunday = monday + _WEEK
        so_far = [mark for mark in marks if mark.date < sunday]
        rows.append(
            {
                "number": len(rows) + 1,
                "value": average_value(call, call.service.book.average(so_far)),
                "isCurrentWeek": monday <= today < sunday,
            }
        )
        monday = sunday
    return rows


def mark_details(call: Call) -> object:
    """`…/marks/{m}/markDetails`: one mark and how the class did in the same work."""
    student, group = student_and_group(call)
    service, world = call.service, call.service.world
    key = service.ids.key(ids.MARK, call.params["mark"])
    found = [mark for mark in service.book.marks_of(student.key) if mark.key == key]
    if key is None:
        raise invalid("mark")
    if not found or found[0].class_key != group.klass.key:
        raise ApiError("systemForbidden")
    mark = found[0]
    work = service.book.work_of_mark(mark)
    cell = [item for item in service.book.marks_for[work] if item.student_key == student.key]
    period = service.book.period_on(mark.school_key, mark.date)
    kind, subject = world.work_kind(mark.work_kind_key), world.subject(mark.subject_key)
    own = by_subject(period_marks(service, student, period)).get(subject.key, []) if period else []
    whole = _class_marks(call, group.klass.key, subject.key, period) if period else []
    return {
        "date": stamp(call, mark.given_at),
        "lessonId": service.ids.of(ids.LESSON, mark.lesson_key),
        "period": period_json(call, period) if period else None,
        "markDetails": {
            "isImportant": kind.is_important,
            "isFinal": False,
            "markType": KINDS[kind.key],
            "markTypeText": kind.name,
            "marks": [mark_json(call, item) for item in cell],
        },
        "subject": subject_json(call, subject.key),
        "averageMarks": averages_json(call, own),
        "reportsPlot": _plot(call, subject, period, own) if period else None,
        "summativeMarks": None,
        "studentPlace": _place(call, student, group.klass.key, subject.key),
        "categories": categories_json(call, list(service.book.marks_for[work])),
        "groupReportsPlot": _plot(call, subject, period, whole) if period else None,
        "messengerEntryPoint": None,
    }
