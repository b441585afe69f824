"""What days of the diary are: breaks, holidays, weekends (notes 4.2)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from gateway.core.model.calendar import DayKind
from gateway_eljur.mapping.context import Record
from gateway_eljur.mapping.text import label
from gateway_eljur.wire.base import several
from gateway_eljur.wire.diary import Day

_KINDS: Final = {
    "holiday": DayKind.HOLIDAY,
    "vacation": DayKind.BREAK,
    "vocation": DayKind.BREAK,  # as one client spells it
    "today": None,
}
_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


def kind_of(day: str, told: Day) -> DayKind | None:
    """What a day is, where its alert tells; «Выходной» at the end of a week is a plain weekend."""
    word = (label(told.alert) or "").lower()
    if not word:
        return None
    kind = _KINDS.get(word, DayKind.UNKNOWN)
    name = (label(told.holiday_name) or "").casefold()
    if kind is DayKind.HOLIDAY and _is_weekend(day) and (not name or name.startswith("выходн")):
        return DayKind.WEEKEND
    return kind


def span_records(days: Iterable[tuple[str, Day]]) -> list[Record]:
    """Breaks and holidays out of days in order; plain weekends are no news but amid a break.

    Days that the diary leaves out, such as Sundays, neither begin a span nor end it.
    """
    records: list[Record] = []
    last: str | None = None
    for day, told in days:
        kind, name = kind_of(day, told), label(told.holiday_name)
        if kind is DayKind.WEEKEND and not _has_lessons(told):
            continue
        if kind is None:
            last = None
            continue
        before = records[-1] if records and last is not None else None
        if (
            before is not None
            and (before["kind"], before.get("name")) == (kind, name)
            and _touch(str(before["end"]), day)
        ):
            before["end"] = day
        else:
            record: Record = {"kind": kind, "start": day, "end": day, "kind_text": told.alert}
            if name:
                record["name"] = name
            records.append(record)
        last = day
    return records


def _touch(one: str, other: str) -> bool:
    """Whether nothing but weekend days lies between two days."""
    day, end = date.fromisoformat(one) + _DAY, date.fromisoformat(other)
    while day < end:
        if day.weekday() < _SATURDAY:
            return False
        day += _DAY
    return True


def _is_weekend(day: str) -> bool:
    return date.fromisoformat(day).weekday() >= _SATURDAY


def _has_lessons(told: Day) -> bool:
    return bool(several(told.items) or several(told.items_extday))
