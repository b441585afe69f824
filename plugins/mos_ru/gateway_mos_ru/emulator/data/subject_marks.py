"""Marks, averages and aims by subject and period (protocol notes 4.4)."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import values
from gateway_mos_ru.emulator.errors import not_found
from gateway_mos_ru.emulator.rules import Router, both
from gateway_mos_ru.emulator.service import Service

_UP, _DOWN, _NONE = "UP", "DOWN", "NONE"
_BEST: Final = 5
_ROUNDS_UP: Final = Decimal("0.51")
_YEARLY: Final = (m.GradeKind.FINAL, m.GradeKind.YEAR)


@dataclass(frozen=True, slots=True)
class SubjectBook:
    """One subject of one pupil in this school year."""

    subject: m.Subject
    marks: list[m.Mark]
    finals: tuple[m.FinalGrade, ...]
    periods: tuple[m.AcademicPeriod, ...]

    def within(self, period: m.AcademicPeriod) -> list[m.Mark]:
        """Marks of one period."""
        return [mark for mark in self.marks if period.starts <= mark.date <= period.ends]

    def fixed(self, period: m.AcademicPeriod) -> str | None:
        """The final mark of one period."""
        found = [item.text for item in self.finals if item.period_key == period.key]
        return found[0] if found else None

    def yearly(self, *kinds: m.GradeKind) -> str | None:
        """The final mark of the year; the first kind that there is."""
        found = {item.kind: item.text for item in self.finals}
        return next((found[kind] for kind in kinds or _YEARLY if kind in found), None)


def register(router: Router) -> None:
    """Routes of both families' interfaces."""
    both(router, "subject_marks", subject_marks, cached=True)
    both(router, "subject_marks/for_subject", for_subject, cached=True)
    both(router, "subject_marks/short", short, cached=True)


def books(service: Service, student: m.Student, year_key: str | None = None) -> list[SubjectBook]:
    """Subjects that have a mark or a result; those of past years have results alone."""
    world = service.world
    year = year_key or world.current_year.key
    marks = service.book.marks(student) if year == world.current_year.key else []
    finals = world.finals_of(student.key, year)
    found: list[SubjectBook] = []
    for klass in world.classes_of(student.key, year):
        here = [mark for mark in marks if mark.class_key == klass.key]
        results = [item for item in finals if item.class_key == klass.key]
        keys = (*(mark.subject_key for mark in here), *(item.subject_key for item in results))
        found += [
            SubjectBook(
                subject=world.subject(key),
                marks=[mark for mark in here if mark.subject_key == key],
                finals=tuple(item for item in results if item.subject_key == key),
                periods=world.periods_of_school(klass.school_key, year),
            )
            for key in dict.fromkeys(keys)
        ]
    return sorted(found, key=lambda book: book.subject.name)


def current_period(service: Service, book: SubjectBook) -> m.AcademicPeriod:
    """The period of today, or the last one that has begun."""
    today = service.world.today
    begun = [period for period in book.periods if period.starts <= today]
    return begun[-1] if begun else book.periods[0]


def subject_marks(call: Call) -> JsonObject:
    """All subjects with all periods."""
    found = books(call.service, call.student)
    return {"payload": [_subject(call.service, book) for book in found]}


def for_subject(call: Call) -> JsonObject:
    """One subject, by number or by name."""
    service = call.service
    number, name = call.text("subject_id"), call.text("subject_name")
    for book in books(service, call.student):
        mine = str(service.ids.of(ids.SUBJECT, book.subject.key))
        if mine == number or (not number and book.subject.name == name):
            return _subject(service, book)
    raise not_found("Предмет")


def short(call: Call) -> JsonObject:
    """The current period of every subject; a closed one has no aim."""
    service = call.service
    rows = []
    for book in books(service, call.student):
        period = _period(service, book, current_period(service, book))
        if period["fixed_value"] is not None:
            period["target"] = None
        rows.append(
            {
                "average": period["value"],
                "dynamic": period["dynamic"],
                "period": period["title"],
                "count": period["count"],
                "target": period["target"],
                "marks": period["marks"],
                "start": period["start"],
                "end": period["end"],
                "subject_name": book.subject.name,
                "subject_id": service.ids.of(ids.SUBJECT, book.subject.key),
                "fixed_value": period["fixed_value"],
            }
        )
    return {"payload": rows}


def _subject(service: Service, book: SubjectBook) -> JsonObject:
    now = book.within(current_period(service, book))
    return {
        "average": values.average_text(values.average(service, now)),
        "dynamic": dynamic(service, now),
        "periods": [_period(service, book, period) for period in book.periods],
        "subject_name": book.subject.name,
        "subject_id": service.ids.of(ids.SUBJECT, book.subject.key),
        "average_by_all": values.average_text(values.average(service, book.marks)),
        "year_mark": book.yearly(),
    }


def _period(service: Service, book: SubjectBook, period: m.AcademicPeriod) -> JsonObject:
    marks = book.within(period)
    return {
        "start": f"{period.starts:%d.%m}",
        "end": f"{period.ends:%d.%m}",
        "title": period.name,
        "dynamic": dynamic(service, marks),
        "value": values.average_text(values.average(service, marks)),
        "marks": [values.of_subject(service, mark) for mark in marks],
        "count": len(marks),
        "target": _target(service, marks),
        "fixed_value": book.fixed(period),
        "start_iso": period.starts.isoformat(),
        "end_iso": period.ends.isoformat(),
    }


def dynamic(service: Service, marks: list[m.Mark]) -> str:
    """What the latest mark did to the average."""
    latest, before = values.average(service, marks), values.average(service, marks[:-1])
    if latest is None or before is None or latest == before:
        return _NONE
    return _UP if latest > before else _DOWN


def _target(service: Service, marks: list[m.Mark]) -> JsonObject:
    """How many more fives lead to the next whole mark."""
    average = values.average(service, marks) or Decimal(0)
    whole = int(average) + (average % 1 >= _ROUNDS_UP)
    if whole >= _BEST:
        return {"value": _BEST, "remain": 0, "round": None, "paths": []}
    wanted = max(whole, 1) + 1
    bound = wanted - 1 + _ROUNDS_UP
    weights = sum(
        values.weight_of(service, mark)
        for mark in marks
        if mark.counts and values.five(service, mark) is not None
    )
    missing = (bound - average) * weights / (_BEST - bound)
    remain = max(1, int(missing.quantize(Decimal(1), ROUND_CEILING)))
    return {
        "value": wanted,
        "remain": remain,
        "round": str(bound),
        "paths": [{"value": _BEST, "remain": remain, "weight": 1}],
    }
