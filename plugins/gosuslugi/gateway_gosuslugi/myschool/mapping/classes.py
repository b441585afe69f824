"""School, class and periods of a year (notes 4.3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from gateway.core.model.base import Reference
from gateway.core.model.calendar import PeriodKind
from gateway.core.model.schools import GroupKind, OrganizationKind
from gateway_gosuslugi.myschool.mapping.context import MapContext, Record
from gateway_gosuslugi.myschool.mapping.text import plain, whole
from gateway_gosuslugi.myschool.wire.classes import Period, SchoolClass

_KINDS: Final = {
    "quarter": PeriodKind.QUARTER,
    "trimester": PeriodKind.TRIMESTER,
    "halfyear": PeriodKind.SEMESTER,
    "semester": PeriodKind.SEMESTER,
    "module": PeriodKind.MODULE,
    "year": PeriodKind.YEAR,
}
_NAMES: Final = {
    PeriodKind.QUARTER: "четверть",
    PeriodKind.TRIMESTER: "триместр",
    PeriodKind.SEMESTER: "полугодие",
    PeriodKind.MODULE: "модуль",
    PeriodKind.YEAR: "год",
    PeriodKind.UNKNOWN: "период",
}


class Span(NamedTuple):
    """First and last day in ISO text: what a period is known by."""

    start: str
    end: str

    def holds(self, day: date) -> bool:
        """Whether a day lies within."""
        return self.start <= day.isoformat() <= self.end


def school_record(
    context: MapContext, place: SchoolClass, *, region: str | None, zone: str
) -> Record | None:
    """The school; None where the year tells none. Its kind is not told: a diary is of a school."""
    name = plain(place.short_name)
    if name is None:
        return None
    record: Record = {
        "id": context.keys.of("school", name),
        "kind": OrganizationKind.SCHOOL,
        "name": name,
        "zone": zone,
    }
    return record if region is None else {**record, "region": region}


def group_records(
    context: MapContext, places: Iterable[SchoolClass], school_year: int
) -> list[Record]:
    """The class of a year; usually one."""
    records: dict[str, Record] = {}
    for place in places:
        name = class_name(place)
        if name is not None:
            year = whole(place.academ_year) or school_year
            key = context.keys.of("group", year, name)
            records[key] = {
                "id": key,
                "kind": GroupKind.HOMEROOM,
                "name": name,
                "grade_level": whole(place.class_num),
                "school_year": year,
            }
    return list(records.values())


def class_name(place: SchoolClass) -> str | None:
    """The class as people write it, such as 7А."""
    return f"{plain(place.class_num) or ''}{plain(place.class_letter) or ''}" or None


def pointer(record: Mapping[str, object] | None) -> Reference | None:
    """A pointer to a school or a class."""
    return None if record is None else Reference(id=str(record["id"]), name=str(record["name"]))


def period_records(
    context: MapContext, places: Iterable[SchoolClass], school_year: int, today: date
) -> list[Record]:
    """Periods by their start; one that is listed twice counts once, by its dates.

    The flag by which the service tells study from breaks is not reliable and is passed over.
    """
    unique: dict[Span, Period] = {}
    for place in places:
        for index, period in enumerate(place.periods or ()):
            span = _span(context, period)
            if span is None:
                context.note(f"$.student_classes[].periods[{index}]", "no dates")
            else:
                unique.setdefault(span, period)
    numbers: dict[PeriodKind, int] = {}
    records: list[Record] = []
    for span in sorted(unique):
        record = _period(context, span, unique[span], numbers)
        record |= {"school_year": school_year, "is_current": span.holds(today)}
        records.append(record)
    return records


def _period(
    context: MapContext, span: Span, period: Period, numbers: dict[PeriodKind, int]
) -> Record:
    code = plain(period.period_type_code)
    kind = _KINDS.get((code or "").lower(), PeriodKind.UNKNOWN)
    numbers[kind] = numbers.get(kind, 0) + 1
    number = whole(period.period_num) or numbers[kind]
    word = plain(period.description)
    title = _NAMES[kind] if kind is not PeriodKind.UNKNOWN else word or _NAMES[kind]
    return {
        "id": context.keys.of("period", *span),
        "kind": kind,
        "kind_text": word or code or title,
        "name": title if kind is PeriodKind.YEAR else f"{number} {title}",
        "number": number,
        "start": span.start,
        "end": span.end,
    }


def _span(context: MapContext, period: Period) -> Span | None:
    start = context.clock.day(period.period_start_date)
    end = context.clock.day(period.period_end_date)
    return Span(start, end) if start and end and start <= end else None


def current_period(records: Sequence[Record], today: date) -> Record | None:
    """The period of a day; between two periods the last one that has begun."""
    begun = [item for item in records if str(item["start"]) <= today.isoformat()]
    within = [item for item in begun if today.isoformat() <= str(item["end"])]
    # The shortest one: a list may hold the whole year beside its quarters.
    if within:
        return min(within, key=lambda item: (str(item["end"]), str(item["start"])))
    return begun[-1] if begun else None


def year_record(
    context: MapContext, year: int, periods: Sequence[Record], *, current: int
) -> Record:
    """A school year with the days that its periods span."""
    record: Record = {
        "id": context.keys.of("year", year),
        "starts_in": year,
        "name": f"{year}/{year + 1}",
        "is_current": year == current,
    }
    if periods:
        record["start"] = min(str(item["start"]) for item in periods)
        record["end"] = max(str(item["end"]) for item in periods)
    return record
