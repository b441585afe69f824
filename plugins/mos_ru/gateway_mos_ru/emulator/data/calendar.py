"""School years, periods and kinds of days (protocol notes 4.1)."""

from datetime import date, timedelta
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import not_found
from gateway_mos_ru.emulator.rules import FAMILY, LEGACY, MOBILE, OPEN, Router
from gateway_mos_ru.emulator.service import Service, days_between

_FIRST_YEAR, _LAST_YEAR = 2014, 2034
_CALENDAR: Final = 700
_SUNDAY: Final = 7
_COLOR: Final = "#ffffff"
_FREE: Final = frozenset({m.SpanKind.HOLIDAY, m.SpanKind.DAY_OFF})


def register(router: Router) -> None:
    """Routes of the calendar."""
    core = "api/ej/core/family/v1"
    router.add(f"{core}/academic_years", years, dress=FAMILY, cached=True)
    router.add(f"{core}/periods_schedules", periods, dress=FAMILY)
    router.add(f"{core}/calendars/{{calendar}}/calendar_transpositions", moved, dress=FAMILY)
    router.add("api/ej/plan/family/v1/lesson_modules", modules, dress=FAMILY)
    router.add("core/api/academic_years", years, dress=OPEN)
    router.add("core/api/periods_schedules", periods, dress=LEGACY)
    router.add("api/family/mobile/v1/periods_schedules", day_types, dress=MOBILE)


def calendar_number(start_year: int) -> int:
    """Number of the calendar of a school year."""
    return _CALENDAR + start_year - _FIRST_YEAR


def years(call: Call) -> list[JsonObject]:
    """Every year that the platform counts, exactly one of them the current one."""
    current = call.service.world.current_year.start_year
    wanted = call.text("only_current_year").lower() == "true"
    return [
        {
            "id": year - ids.FIRST_YEAR,
            "name": f"{year} - {year + 1}",
            "begin_date": f"{year}-09-01",
            "end_date": f"{year + 1}-08-31",
            "calendar_id": calendar_number(year),
            "current_year": year == current,
        }
        for year in range(_FIRST_YEAR, _LAST_YEAR)
        if year == current or not wanted
    ]


def periods(call: Call) -> list[JsonObject]:
    """Periods and holidays of the pupil's school in one year."""
    service, student = call.service, call.student
    year = asked_year(service, call.text("academic_year_id"))
    if year is None:
        return []
    school = service.world.school(student.school_key)
    graded = service.world.periods_of(student.key, year.key)
    breaks = [
        span
        for span in service.world.spans_of(school.key, year.starts, year.ends)
        if span.kind is m.SpanKind.BREAK
    ]
    rows = [(item.starts, _period(service, item)) for item in graded]
    rows += [(item.starts, _vacation(service, item)) for item in breaks]
    return [
        {
            "id": service.ids.of(ids.PERIOD, f"{school.key}|{year.key}"),
            "name": "Учебные периоды",
            "academic_year_id": ids.year_number(year),
            "is_bound": True,
            "periods": [row for _, row in sorted(rows, key=lambda pair: pair[0])],
        }
    ]


def _period(service: Service, period: m.AcademicPeriod) -> JsonObject:
    return _row(service, period.key, period.name, period.starts, period.ends, vacation=False)


def _vacation(service: Service, span: m.CalendarSpan) -> JsonObject:
    return _row(service, span.key, span.title, span.starts, span.ends, vacation=True)


def _row(
    service: Service, key: str, name: str, starts: date, ends: date, *, vacation: bool
) -> JsonObject:
    return {
        "id": service.ids.of(ids.PERIOD, key),
        "name": name,
        "begin_date": starts.isoformat(),
        "end_date": ends.isoformat(),
        "vacation": vacation,
        "is_vacation": vacation,
        "color": _COLOR,
    }


def asked_year(service: Service, number: str) -> m.SchoolYear | None:
    """The school year with this number, the current one if none is named; None for a stranger."""
    if not number:
        return service.world.current_year
    found = [year for year in service.world.years if str(ids.year_number(year)) == number]
    return found[0] if found else None


def modules(call: Call) -> list[JsonObject]:
    """Modules of every subject, in schools that divide the year so; dates are `[Y,M,D]`."""
    service, student = call.service, call.student
    year = asked_year(service, call.text("academic_year_id"))
    if year is None or not year.is_current:
        return []
    return [
        {
            "id": service.ids.of(ids.PERIOD, f"{period.key}|{subject.key}"),
            "name": period.name,
            "subject_id": service.ids.of(ids.SUBJECT, subject.key),
            "start_date": [period.starts.year, period.starts.month, period.starts.day],
            "end_date": [period.ends.year, period.ends.month, period.ends.day],
        }
        for period in service.world.periods_of(student.key)
        if period.kind is m.PeriodKind.MODULE
        for subject in service.world.subjects_of(student.class_key)
    ]


def day_types(call: Call) -> list[JsonObject]:
    """What every day of a range is."""
    start, end = call.days()
    school = call.service.world.school(call.student.school_key)
    return [
        _day_type(call.service.world, school, call.student.class_key, day)
        for day in days_between(start, end)
    ]


def _day_type(world: World, school: m.School, class_key: str, day: date) -> JsonObject:
    kind, title = "workday", "Рабочий день"
    spans = [s for s in world.spans_of(school.key, day, day) if s.class_key in (None, class_key)]
    if day.isoweekday() not in school.study_weekdays:
        kind, title = "holiday", "Выходной день"
    for span in spans:
        if span.kind is m.SpanKind.BREAK:
            kind, title = "vacation", span.title
        elif span.kind in _FREE:
            kind, title = "holiday", span.title
        elif span.kind is m.SpanKind.MAKEUP_DAY:
            kind, title = "workday", span.title
    description = next((s.title for s in spans if s.kind not in _FREE), None)
    return {
        "date": day.isoformat(),
        "type": kind,
        "title": title,
        "description": description or "",
        "events": [],
    }


def moved(call: Call) -> list[JsonObject]:
    """Days that were exchanged for others."""
    service = call.service
    known = {calendar_number(year.start_year): year for year in service.world.years}
    number = call.params["calendar"]
    if not number.isdigit() or int(number) not in known:
        raise not_found("Календарь")
    year = known[int(number)]
    schools = {student.school_key for student in call.access.students}
    return [
        _transposition(service, span)
        for span in service.world.spans
        if span.school_key in schools
        and year.starts <= span.starts <= year.ends
        and span.kind in (*_FREE, m.SpanKind.MAKEUP_DAY)
    ]


def _transposition(service: Service, span: m.CalendarSpan) -> JsonObject:
    works = span.kind is m.SpanKind.MAKEUP_DAY
    return {
        "id": service.ids.of(ids.PERIOD, span.key),
        "is_holiday": not works,
        "date": span.starts.isoformat(),
        "postponed_from": _postponed(service.world, span) if works else None,
        "schedule_for_weekday": span.as_weekday,
        "note": span.title,
    }


def _postponed(world: World, span: m.CalendarSpan) -> str | None:
    """The day off for which a make-up day stands: the nearest one with its weekday."""
    off = [
        day
        for other in world.spans_of(span.school_key)
        if other.kind is m.SpanKind.DAY_OFF and other.year_key == span.year_key
        for day in days_between(other.starts, other.ends)
        if span.as_weekday in (None, day.isoweekday())
    ]
    nearest = min(off, key=lambda day: abs(day - span.starts), default=None)
    return None if nearest is None else nearest.isoformat()


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of a day's week."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    return monday, monday + timedelta(days=_SUNDAY - 1)
