"""Final marks, the report, debts and coming control works (protocol notes 4.5)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import values
from gateway_mos_ru.emulator.data.calendar import asked_year
from gateway_mos_ru.emulator.data.subject_marks import SubjectBook, books
from gateway_mos_ru.emulator.errors import invalid
from gateway_mos_ru.emulator.rules import FAMILY, LEGACY, Router, both
from gateway_mos_ru.emulator.service import Service

_DEBT: Final = "Точка"


def register(router: Router) -> None:
    """Routes of results."""
    both(router, "final_marks", past_years, cached=True)
    both(router, "final_marks/v2", one_year, cached=True)
    router.add("api/ej/report/family/v1/progress/json", report, dress=FAMILY, cached=True)
    router.add("reports/api/progress/json", report, dress=LEGACY, cached=True)
    router.add("api/ej/core/family/v1/academic_debts", debts, dress=FAMILY)
    router.add("api/ej/plan/family/v1/test_lessons/period", test_lessons, dress=FAMILY)


def past_years(call: Call) -> JsonObject:
    """Year marks of all past years."""
    service, student = call.service, call.student
    return {
        "payload": [
            {
                "academic_year_id": ids.year_number(year),
                "academic_year_name": f"{year.start_year} - {year.start_year + 1}",
                "subject_id": service.ids.of(ids.SUBJECT, book.subject.key),
                "subject_name": book.subject.name,
                "year_mark": book.yearly(),
            }
            for year in service.world.years
            if not year.is_current
            for book in books(service, student, year.key)
            if book.yearly() is not None
        ]
    }


def one_year(call: Call) -> JsonObject:
    """Results of one school year, by subject."""
    service, student = call.service, call.person_student
    year = asked_year(service, call.text("academic_year_id"))
    if year is None:
        return {"subjects": []}
    return {
        "subjects": [
            {
                "id": service.ids.of(ids.SUBJECT, book.subject.key),
                "name": book.subject.name,
                "year_mark": book.yearly(),
                "intermediate_attestation_mark": book.yearly(
                    m.GradeKind.ATTESTATION, m.GradeKind.EXAM
                ),
                "training_camp_mark": None,
                "periods": [
                    {
                        "name": period.name,
                        "start_date": period.starts.isoformat(),
                        "end_date": period.ends.isoformat(),
                        "final_mark": book.fixed(period),
                    }
                    for period in book.periods
                    if book.fixed(period) is not None
                ],
            }
            for book in books(service, student, year.key)
            if book.finals
        ]
    }


def report(call: Call) -> list[JsonObject]:
    """The report on progress; a year that the platform does not know has none."""
    service, student = call.service, call.student
    year = asked_year(service, call.text("academic_year_id"))
    if year is None:
        return []
    return [_report_subject(service, book) for book in books(service, student, year.key)]


def _report_subject(service: Service, book: SubjectBook) -> JsonObject:
    periods = [
        _report_period(service, book, period)
        for period in book.periods
        if period.starts <= service.world.today
    ]
    yearly = book.yearly()
    if yearly is not None and book.periods:
        periods.append(_report_year(service, book, yearly))
    return {
        "subject_id": service.ids.of(ids.SUBJECT, book.subject.key),
        "subject_name": book.subject.name,
        **_averages(service, book.marks),
        "periods": periods,
    }


def _averages(service: Service, marks: list[m.Mark]) -> JsonObject:
    average = values.average(service, marks)
    return {
        "avg_five": values.average_text(average),
        "avg_hundred": values.average_text(None if average is None else average * 20),
    }


def _report_period(service: Service, book: SubjectBook, period: m.AcademicPeriod) -> JsonObject:
    marks = book.within(period)
    return {
        "name": period.name,
        "start": f"{period.starts:%d.%m}",
        "end": f"{period.ends:%d.%m}",
        "start_iso": period.starts.isoformat(),
        "end_iso": period.ends.isoformat(),
        **_averages(service, marks),
        "final_mark": book.fixed(period),
        "is_year_mark": False,
        "marks": [_report_mark(service, mark) for mark in marks],
    }


def _report_year(service: Service, book: SubjectBook, yearly: str) -> JsonObject:
    first, last = book.periods[0].starts, book.periods[-1].ends
    return {
        "name": "Год",
        "start": f"{first:%d.%m}",
        "end": f"{last:%d.%m}",
        "start_iso": first.isoformat(),
        "end_iso": last.isoformat(),
        **_averages(service, book.marks),
        "final_mark": yearly,
        "is_year_mark": True,
        "marks": [],
    }


def _report_mark(service: Service, mark: m.Mark) -> JsonObject:
    scale = values.scales(service, mark)[0]
    return {
        "id": service.ids.of(ids.MARK, mark.key),
        "date": f"{mark.date:%d.%m.%Y}",
        "values": [
            {
                "five": float(values.five(service, mark) or 0),
                "hundred": float(values.five(service, mark) or 0) * 20,
                "original": values.printed(service, mark),
                "nmax": scale["nmax"],
                "grade_system_type": scale["grade_system_type"],
            }
        ],
        "weight": values.weight_of(service, mark),
        "is_exam": service.world.work_kind(mark.work_kind_key).is_important,
        "comment": values.comment_of(service, mark),
        "topic_name": service.world.lesson(mark.lesson_key).topic,
        "control_form_name": service.world.work_kind(mark.work_kind_key).name,
    }


def debts(call: Call) -> list[JsonObject]:
    """What must still be handed in by the pupils of the classes."""
    service = call.service
    wanted = call.many("class_unit_ids")
    if not wanted:
        raise invalid("class_unit_ids", "обязательный параметр")
    year = asked_year(service, call.text("academic_year_id"))
    if year is None or not year.is_current:
        return []
    return [
        {
            "subject_name": service.world.subject(mark.subject_key).name,
            "debt_type": _DEBT,
            "control_form_name": service.world.work_kind(mark.work_kind_key).name,
            "due_date": mark.debt_due_on.isoformat() if mark.debt_due_on else None,
        }
        for student in call.access.students
        for mark in service.book.marks(student)
        if mark.status is m.MarkStatus.DEBT
        and str(service.ids.of(ids.CLASS, mark.class_key)) in wanted
    ]


def test_lessons(call: Call) -> JsonObject:
    """Control works between two days."""
    start, end = call.days()
    service = call.service
    items = [
        {
            "id": service.ids.of(ids.LESSON, slot.key),
            "date": slot.date.isoformat(),
            "subject_id": service.ids.of(ids.SUBJECT, slot.lesson.subject_key),
            "subject_name": slot.title,
            "lesson_name": slot.topic,
            "control_form_name": "Контрольная работа",
        }
        for slot in service.book.slots(call.student, start, end)
        if slot.lesson is not None and slot.lesson.is_control and not slot.cancelled
    ]
    return {"items": items or None}
