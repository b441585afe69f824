"""Reporting periods, and the school year that they make (notes 4.1)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from gateway.core.model.calendar import PeriodKind
from gateway_eljur.mapping.clock import day_of
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.base import switch
from gateway_eljur.wire.periods import Period

_KINDS: Final = (
    ("четверт", PeriodKind.QUARTER),
    ("триместр", PeriodKind.TRIMESTER),
    ("полугод", PeriodKind.SEMESTER),
    ("семестр", PeriodKind.SEMESTER),
    ("модул", PeriodKind.MODULE),
    ("год", PeriodKind.YEAR),
)
_YEAR: Final = "year"
_FIRST_MONTH: Final = 8
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_NUMBER: Final = re.compile(r"\s*(?:(\d{1,2})|([ivx]+))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ToldPeriod:
    """A period whose code is known.

    Attributes:
        code: The service's code, such as `II` or `year`.
        name: Name to show.
        kind: What it is.
        start: First day in ISO text; None where it has no dates of its own.
        end: Last day.
    """

    code: str
    name: str
    kind: PeriodKind
    start: str | None
    end: str | None

    def holds(self, day: date) -> bool:
        """Whether a day lies within; never for a period without dates."""
        if self.start is None or self.end is None:
            return False
        return self.start <= day.isoformat() <= self.end


def told_periods(context: MapContext, periods: Iterable[Period]) -> list[ToldPeriod]:
    """Periods by their start, those without dates last."""
    found: dict[str, ToldPeriod] = {}
    for index, period in enumerate(periods):
        name = label(period.fullname) or label(period.name)
        if name is None:
            context.note(f"$.periods[{index}].name", "no name")
            continue
        code = label(period.name) or name
        start, end = day_of(period.start), day_of(period.end)
        usable = not switch(period.ambigious) and start and end and start <= end
        found.setdefault(
            code,
            ToldPeriod(
                code,
                name,
                kind_of_period(name, code),
                start if usable else None,
                end if usable else None,
            ),
        )
    return sorted(found.values(), key=lambda item: (item.start is None, item.start or ""))


def kind_of_period(name: str | None, code: str | None = None) -> PeriodKind:
    """What a period is, by its name and its code."""
    told = (name or "").casefold()
    for part, kind in _KINDS:
        if part in told:
            return kind
    return PeriodKind.YEAR if (code or "").casefold() == _YEAR else PeriodKind.UNKNOWN


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of a day began; summer belongs to the last one."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def year_of(periods: Iterable[ToldPeriod], today: date) -> int:
    """The school year of periods, by the first of them; the running one where none has dates."""
    starts = [item.start for item in periods if item.start is not None]
    return school_year_of(date.fromisoformat(min(starts)) if starts else today)


def period_key(context: MapContext, period: ToldPeriod, year: int) -> str:
    """Identifier of a period."""
    return context.keys.period(context.student, period.code, year)


def period_records(
    context: MapContext,
    periods: Iterable[ToldPeriod],
    today: date,
    missed: Mapping[str, Record | None] = MappingProxyType({}),
) -> list[Record]:
    """Periods of one school year.

    Args:
        context: Where they belong.
        periods: The periods.
        today: Today at the school.
        missed: Whole days that were missed, by code, where the site was asked.
    """
    told = list(periods)
    year = year_of(told, today)
    numbers: dict[PeriodKind, int] = {}
    records: list[Record] = []
    for period in told:
        record: Record = {
            "id": period_key(context, period, year),
            "kind": period.kind,
            "name": period.name,
            "school_year": year,
        }
        if period.kind is PeriodKind.UNKNOWN:
            record["kind_text"] = period.name
        number = _number(period)
        if number is None and period.start is not None:
            number = numbers.get(period.kind, 0) + 1
        if number is not None and period.kind is not PeriodKind.YEAR:
            record["number"] = numbers[period.kind] = number
        if period.start is not None:
            record |= {"start": period.start, "end": period.end, "is_current": period.holds(today)}
        if period.code in missed:
            record["days_missed"] = missed[period.code]
        records.append(record)
    return records


def year_record(context: MapContext, periods: Iterable[ToldPeriod], today: date) -> Record | None:
    """The school year that periods make; None where none of them has dates."""
    dated = [item for item in periods if item.start is not None]
    if not dated:
        return None
    year = year_of(dated, today)
    return {
        "id": context.keys.ids.of("year", year),
        "starts_in": year,
        "name": f"{year}/{year + 1}",
        "start": min(item.start or "" for item in dated),
        "end": max(item.end or "" for item in dated),
        "is_current": year == school_year_of(today),
    }


def _number(period: ToldPeriod) -> int | None:
    """The number that a code or a name begins with, in Roman or Arabic digits."""
    for text in (period.code, period.name):
        found = _NUMBER.match(text)
        if found is not None:
            digits, roman = found.groups()
            return int(digits) if digits else _ROMAN.get(roman.lower())
    return None
