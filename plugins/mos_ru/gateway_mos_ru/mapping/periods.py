"""School years, reporting periods and the kinds of days."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from gateway.core.model.base import Reference
from gateway.core.model.calendar import DayKind, PeriodKind
from gateway.core.text.printed import plain
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.words import DAYS, PERIODS, known, told_in
from gateway_mos_ru.wire.calendar import AcademicYear, CalendarDay, PeriodPlan

_FIRST_MONTH: Final = 9
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SUNDAY: Final = 6
_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


class Period(NamedTuple):
    """A reporting period as answers tell it: dates in ISO text and a title of free text."""

    title: str | None
    start: str
    end: str


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of a day began; it turns in September."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def began_in(context: MapContext, year: AcademicYear) -> int | None:
    """The calendar year in which a school year began, by its first day, else by its name."""
    start = context.clock.day(year.begin_date)
    if start is not None:
        return int(start[:4])
    found = _YEAR.search(year.name or "")
    return int(found.group()) if found else None


def year_records(context: MapContext, years: Iterable[AcademicYear], today: date) -> list[Record]:
    """The school years that have begun, newest first; the service lists those to come too."""
    records: list[Record] = []
    for index, year in enumerate(years):
        start = began_in(context, year)
        if start is None:
            context.note(f"$[{index}]", "a school year without dates")
            continue
        if start > school_year_of(today):
            continue
        record: Record = {
            "id": context.keys.ids.of("year", year.id),
            "starts_in": start,
            "name": f"{start}/{start + 1}",
        }
        told: Record = {
            "start": context.clock.day(year.begin_date),
            "end": context.clock.day(year.end_date),
            "is_current": year.current_year,
        }
        record.update({key: value for key, value in told.items() if value is not None})
        records.append(record)
    return sorted(records, key=lambda record: int(str(record["starts_in"])), reverse=True)


def period_of(
    context: MapContext, title: str | None, start: str | None, end: str | None
) -> Period | None:
    """A period whose dates are whole; None for any other."""
    first, last = context.clock.day(start), context.clock.day(end)
    return Period(plain(title), first, last) if first and last and first <= last else None


def period_key(context: MapContext, period: Period) -> str:
    """Identifier of a period: no answer tells its number, so student and dates stand for it."""
    return context.keys.ids.of("period", context.person, period.start, period.end)


def period_pointer(context: MapContext, period: Period) -> Reference:
    """A pointer to a period; without a title its dates stand for it."""
    return Reference(id=period_key(context, period), name=_name(period))


def period_records(context: MapContext, told: Iterable[Period], today: date) -> list[Record]:
    """Periods by their start, each once however many subjects tell it; numbered by kind."""
    unique: dict[tuple[str, str], Period] = {}
    for item in told:
        unique.setdefault((item.start, item.end), item)
    numbers: dict[PeriodKind, int] = {}
    records: list[Record] = []
    for period in sorted(unique.values(), key=lambda item: (item.start, item.end)):
        kind = told_in(PERIODS, period.title, PeriodKind.UNKNOWN)
        numbers[kind] = numbers.get(kind, 0) + 1
        records.append(
            {
                "id": period_key(context, period),
                "kind": kind,
                "name": _name(period),
                "number": numbers[kind],
                "school_year": school_year_of(date.fromisoformat(period.start)),
                "start": period.start,
                "end": period.end,
                "is_current": period.start <= today.isoformat() <= period.end,
            }
        )
    return records


def planned_periods(
    context: MapContext, plans: Iterable[PeriodPlan], school_year: int
) -> list[Period]:
    """The periods of one school year, without its breaks, of the plan that is in force."""
    told = list(plans)
    bound = [plan for plan in told if plan.is_bound]
    found = (
        period_of(context, item.name, item.begin_date, item.end_date)
        for plan in bound or told
        for item in plan.periods or ()
        if not (item.vacation or item.is_vacation)
    )
    return [
        period
        for period in found
        if period is not None and school_year_of(date.fromisoformat(period.start)) == school_year
    ]


def _name(period: Period) -> str:
    return period.title or f"{period.start} — {period.end}"


def span_records(
    context: MapContext, days: Iterable[CalendarDay], start: date, end: date
) -> list[Record]:
    """Spans of days without lessons, and Sundays with lessons; plain weekends are no news."""
    records: list[Record] = []
    previous: tuple[object, ...] | None = None
    for day, item in sorted(_dated(context, days), key=lambda pair: pair[0]):
        kind = _kind(day, item)
        if kind is None and previous is not None and previous[0] == day - _DAY and _is_free(item):
            previous = (day, *previous[1:])  # a plain weekend amid a break
            continue
        if kind is None or not start <= day <= end:
            previous = None
            continue
        name = plain(item.title)
        if previous == (day - _DAY, kind, name):
            records[-1]["end"] = day.isoformat()
        else:
            record: Record = {"kind": kind, "start": day.isoformat(), "end": day.isoformat()}
            if item.type:
                record["kind_text"] = item.type
            if name:
                record["name"] = name
            records.append(record)
        previous = (day, kind, name)
    return records


def _dated(context: MapContext, days: Iterable[CalendarDay]) -> Iterable[tuple[date, CalendarDay]]:
    for index, item in enumerate(days):
        day = context.clock.day(item.date)
        if day is None:
            context.note(f"$[{index}].date", "no date")
        else:
            yield date.fromisoformat(day), item


def _is_free(item: CalendarDay) -> bool:
    return known(DAYS, item.type, DayKind.UNKNOWN) is DayKind.HOLIDAY


def _kind(day: date, item: CalendarDay) -> DayKind | None:
    """What a day is, where it differs from the weekly rule."""
    kind = known(DAYS, item.type, DayKind.UNKNOWN)
    if kind is DayKind.INSTRUCTIONAL:
        return DayKind.MAKE_UP if day.weekday() == _SUNDAY else None
    title = (item.title or "").lower()
    if kind is DayKind.HOLIDAY and day.weekday() >= _SATURDAY and (not title or "выходн" in title):
        return None
    return kind
