"""Bells, as far as the times of a student's lessons tell them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from gateway_mos_ru.mapping.context import Record
from gateway_mos_ru.mapping.lessons import DayTold, PlacedEvent

MOST_DAYS: Final = 3
"""Days whose timetable is asked for the numbers of lessons: each costs a request."""

_Clock = tuple[str, str]


def rung_lessons(events: Iterable[PlacedEvent]) -> list[Record]:
    """The lessons that were rung for: those of the study plan that were not cancelled."""
    return [
        item.record
        for item in events
        if (item.event.source or "").upper() == "PLAN"
        and not item.event.cancelled
        and "ends_at" in item.record
    ]


def telling_days(lessons: Iterable[Record]) -> list[date]:
    """A few days on which most of the different times of lessons occur, the best first."""
    by_day: dict[str, set[_Clock]] = {}
    for lesson in lessons:
        by_day.setdefault(str(lesson["date"]), set()).add(_clock(lesson))
    found: list[date] = []
    open_ = set().union(*by_day.values())
    while open_ and len(found) < MOST_DAYS:
        best = max(sorted(by_day, reverse=True), key=lambda day: len(by_day[day] & open_))
        open_ -= by_day[best]
        found.append(date.fromisoformat(best))
    return found


def bell_schedule_record(lessons: Iterable[Record], told: Mapping[str, DayTold]) -> Record:
    """One schedule.

    Days of the week are named only where times overlap: that a student has no seventh lesson on
    a Monday does not mean that its bell is silent.

    Args:
        lessons: Lessons with their times.
        told: By lesson, its number.
    """
    weekdays: dict[_Clock, set[int]] = {}
    numbers: dict[_Clock, int] = {}
    for lesson in lessons:
        clock = _clock(lesson)
        weekdays.setdefault(clock, set()).add(date.fromisoformat(str(lesson["date"])).isoweekday())
        known = told.get(str(lesson["id"]))
        if known is not None and known.number is not None:
            numbers.setdefault(clock, known.number)
    bells: list[Record] = []
    for clock in sorted(weekdays):
        bell: Record = {"starts": clock[0], "ends": clock[1]}
        if clock in numbers:
            bell["number"] = numbers[clock]
        if any(_overlap(clock, other) for other in weekdays if other != clock):
            bell["weekdays"] = sorted(weekdays[clock])
        bells.append(bell)
    return {"bells": bells}


def _clock(lesson: Record) -> _Clock:
    return str(lesson["starts_at"])[11:19], str(lesson["ends_at"])[11:19]


def _overlap(one: _Clock, other: _Clock) -> bool:
    return one[0] < other[1] and other[0] < one[1]
