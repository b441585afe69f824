"""Bells, as far as the times of a student's lessons tell them (notes 4.3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from gateway_eljur.mapping.context import Record

_Clock = tuple[str, str]


def bell_schedule_record(lessons: Iterable[Record]) -> Record | None:
    """One schedule; None without lessons that tell their times.

    Days of the week are named only where times overlap: that a student has no seventh lesson on a
    Monday does not mean that its bell is silent.
    """
    weekdays: defaultdict[_Clock, set[int]] = defaultdict(set)
    numbers: defaultdict[_Clock, Counter[int]] = defaultdict(Counter)
    for lesson in lessons:
        number = lesson["number"]
        if not isinstance(number, int) or "ends_at" not in lesson:
            continue
        clock = str(lesson["starts_at"])[11:19], str(lesson["ends_at"])[11:19]
        weekdays[clock].add(date.fromisoformat(str(lesson["date"])).isoweekday())
        numbers[clock][number] += 1
    bells: list[Record] = []
    for clock in sorted(weekdays):
        bell: Record = {
            "starts": clock[0],
            "ends": clock[1],
            "number": numbers[clock].most_common(1)[0][0],
        }
        if any(_overlap(clock, other) for other in weekdays if other != clock):
            bell["weekdays"] = sorted(weekdays[clock])
        bells.append(bell)
    return {"bells": bells} if bells else None


def _overlap(one: _Clock, other: _Clock) -> bool:
    return one[0] < other[1] and other[0] < one[1]
