"""School years, reporting periods and breaks."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from gateway.core.model.calendar import DayKind, PeriodKind
from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.words import PERIODS, known
from gateway_dnevnik_ru.wire.mobile import MobilePeriod
from gateway_dnevnik_ru.wire.periods import Holiday, ReportingPeriod
from gateway_dnevnik_ru.wire.schools import EduGroup

_NAMES = {
    PeriodKind.QUARTER: "четверть",
    PeriodKind.TRIMESTER: "триместр",
    PeriodKind.SEMESTER: "полугодие",
    PeriodKind.MODULE: "модуль",
}
_FIRST_MONTH = 9
_LAST = "9999"
"""Sorts a period without a start behind all others."""


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of a day began; it turns in September."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def year_records(
    context: MapContext, groups: Iterable[EduGroup], school: str, today: date
) -> list[Record]:
    """The school years of a pupil's classes, newest first."""
    years = {group.studyyear for group in groups if group.studyyear}
    current = school_year_of(today)
    return [
        {
            "id": context.keys.year(school, year),
            "starts_in": year,
            "name": f"{year}/{year + 1}",
            "is_current": year == current,
        }
        for year in sorted(years, reverse=True)
    ]


def period_records(
    context: MapContext, periods: Sequence[ReportingPeriod], today: date
) -> list[Record]:
    """The periods of one class, numbered by their start."""
    ordered = sorted(periods, key=lambda item: (context.clock.day(item.start) or _LAST, item.id))
    return [
        _record(
            context,
            number=item.id,
            place=place,
            kind=item.type,
            name=item.name,
            year=item.year,
            span=(context.clock.day(item.start), context.clock.day(item.finish)),
            today=today,
        )
        for place, item in enumerate(ordered, 1)
    ]


def app_period_records(
    context: MapContext, periods: Iterable[MobilePeriod], today: date
) -> list[Record]:
    """The periods of one class as the app's interface tells them."""
    told = [(item.id, item) for item in periods if item.id is not None]
    told.sort(key=lambda pair: (context.clock.day(pair[1].date_start) or _LAST, pair[0]))
    return [
        _record(
            context,
            number=number,
            place=place,
            kind=item.type,
            name=None,
            year=item.study_year,
            span=(context.clock.day(item.date_start), context.clock.day(item.date_finish)),
            today=today,
        )
        for place, (number, item) in enumerate(told, 1)
    ]


def period_pointers(
    context: MapContext, periods: Sequence[ReportingPeriod], today: date
) -> dict[int, Record]:
    """Pointers to periods by the service's own number of them."""
    named = {record["id"]: record["name"] for record in period_records(context, periods, today)}
    pointers: dict[int, Record] = {}
    for item in periods:
        if item.number is not None:
            key = f"{context.keys.period}{item.id}"
            pointers[item.number] = {"id": key, "name": named[key]}
    return pointers


def period_pointers_by_id(
    context: MapContext, periods: Sequence[ReportingPeriod], today: date
) -> dict[int, Record]:
    """Pointers to periods by their identifier at the service."""
    named = {record["id"]: record["name"] for record in period_records(context, periods, today)}
    keys = {item.id: f"{context.keys.period}{item.id}" for item in periods}
    return {number: {"id": key, "name": named[key]} for number, key in keys.items()}


def app_period_pointers(context: MapContext, periods: Iterable[MobilePeriod]) -> dict[int, Record]:
    """Pointers to the app's periods by their number in identifiers."""
    unique = {item.id: item for item in periods if item.id is not None}
    records = {
        record["id"]: record for record in app_period_records(context, unique.values(), date.min)
    }
    return {
        number: {
            "id": f"{context.keys.period}{number}",
            "name": records[f"{context.keys.period}{number}"]["name"],
        }
        for number in unique
    }


def _record(
    context: MapContext,
    *,
    number: int,
    place: int,
    kind: str | None,
    name: str | None,
    year: int | None,
    span: tuple[str | None, str | None],
    today: date,
) -> Record:
    start, finish = span
    meant = known(PERIODS, kind, PeriodKind.UNKNOWN)
    record: Record = {
        "id": f"{context.keys.period}{number}",
        "kind": meant,
        "kind_text": kind,
        "name": plain(name) or f"{place} {_NAMES.get(meant, 'период')}",
        "number": place,
        "school_year": year or school_year_of(date.fromisoformat(start) if start else today),
        "start": start,
        "end": finish,
    }
    if start and finish:
        record["is_current"] = start <= today.isoformat() <= finish
    return record


def current_period(records: Sequence[Record], today: date) -> Record | None:
    """The period that contains today, else the last one that has begun, else the first."""
    day = today.isoformat()
    for record in records:
        if record.get("is_current"):
            return record
    begun = [record for record in records if str(record["start"] or _LAST) <= day]
    return begun[-1] if begun else next(iter(records), None)


def break_records(
    context: MapContext, holidays: Iterable[Holiday], start: date, end: date
) -> list[Record]:
    """The breaks that touch a range, as the school named them."""
    records: list[Record] = []
    for index, item in enumerate(holidays):
        first, last = context.clock.day(item.date_start), context.clock.day(item.date_finish)
        if first is None or last is None:
            context.note(f"$.holidays[{index}]", "no dates")
        elif first <= end.isoformat() and last >= start.isoformat():
            record: Record = {"kind": DayKind.BREAK, "start": first, "end": last}
            if item.id is not None:
                record["id"] = context.keys.ids.of("break", item.id)
            name = plain(item.name)
            if name:
                record["name"] = name
            records.append(record)
    return sorted(records, key=lambda record: str(record["start"]))


def gap_records(
    context: MapContext, periods: Iterable[ReportingPeriod], start: date, end: date
) -> list[Record]:
    """The breaks between periods that touch a range; the summer is not told."""
    spans = sorted(
        (first, last)
        for first, last in (
            (context.clock.day(item.start), context.clock.day(item.finish)) for item in periods
        )
        if first and last
    )
    records: list[Record] = []
    for (_, last), (following, _) in pairwise(spans):
        free = date.fromisoformat(last) + timedelta(days=1)
        until = date.fromisoformat(following) - timedelta(days=1)
        if free <= until and free <= end and until >= start:
            records.append(
                {"kind": DayKind.BREAK, "start": free.isoformat(), "end": until.isoformat()}
            )
    return records
