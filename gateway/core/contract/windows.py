"""Ranges of days: checked, cut to what a provider answers at once, and joined again."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from gateway.core.contract.capability import SupportInfo
from gateway.core.contract.reading import Reading, Record
from gateway.core.errors import DateRangeTooLong, InvalidRequest
from gateway.core.model.answer import DateRange

LONGEST_RANGE: Final = 750
"""Days that a single call may cover: two school years."""


def windows(start: date, end: date, info: SupportInfo) -> tuple[DateRange, ...]:
    """The ranges to ask for, in order; one unless the provider answers fewer days.

    Raises:
        InvalidRequest: The range ends before it starts.
        DateRangeTooLong: It is longer than any diary, or may not be split.
    """
    days = (end - start).days + 1
    if days < 1:
        raise InvalidRequest("the range ends before it starts")
    if days > LONGEST_RANGE:
        raise DateRangeTooLong(f"{days} days; at most {LONGEST_RANGE} in one call")
    limit = info.max_days
    if limit is None or days <= limit:
        return (DateRange(start, end),)
    if not info.splittable:
        raise DateRangeTooLong(f"{days} days; the provider answers at most {limit}")
    starts = [start + timedelta(days=offset) for offset in range(0, days, limit)]
    return tuple(DateRange(day, min(end, day + timedelta(days=limit - 1))) for day in starts)


def joined(readings: Sequence[Reading]) -> Reading:
    """Several windows as one reading; a record seen twice counts once."""
    if len(readings) == 1:
        return readings[0]
    records: dict[object, Record] = {}
    for reading in readings:
        listed = () if isinstance(reading.records, Mapping) else reading.records
        for record in listed:
            records.setdefault(record.get("id", id(record)), record)
    covered = [reading.covered for reading in readings]
    return Reading(
        records=list(records.values()),
        covered=_joined_ranges(covered),
        complete=all(reading.complete for reading in readings),
        issues=tuple(issue for reading in readings for issue in reading.issues),
    )


def _joined_ranges(ranges: Sequence[DateRange | None]) -> DateRange | None:
    known = [item for item in ranges if item is not None]
    if len(known) != len(ranges):
        return None
    return DateRange(min(item.start for item in known), max(item.end for item in known))
