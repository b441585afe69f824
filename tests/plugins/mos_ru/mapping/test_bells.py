"""Bells out of the times of lessons."""

from datetime import date

from gateway_mos_ru.mapping.bells import (
    MOST_DAYS,
    bell_schedule_record,
    rung_lessons,
    telling_days,
)
from gateway_mos_ru.mapping.lessons import DayTold, placed_events
from gateway_mos_ru.wire.events import Event
from tests.plugins.mos_ru.mapping.support import make_context


def lessons(*told):
    events = [
        Event(
            index,
            source=source,
            start_at=f"{day}T{start}:00",
            finish_at=f"{day}T{end}:00" if end else None,
            cancelled=cancelled,
        )
        for index, (day, start, end, source, cancelled) in enumerate(told)
    ]
    return rung_lessons(placed_events(make_context(), events))


def lesson(day, start, end, source="PLAN", cancelled=False):
    return (day, start, end, source, cancelled)


MONDAY, TUESDAY = "2026-10-05", "2026-10-06"


def test_only_lessons_of_the_plan_that_took_place_are_rung_for():
    found = lessons(
        lesson(MONDAY, "08:30", "09:15"),
        lesson(MONDAY, "09:25", "10:10", cancelled=True),
        lesson(MONDAY, "15:00", "15:45", "EC"),
        lesson(MONDAY, "10:25", None),
    )
    assert [item["id"] for item in found] == ["mos_ru:lesson:0"]


def test_a_few_days_are_chosen_that_tell_most():
    found = lessons(
        lesson(MONDAY, "08:30", "09:15"),
        lesson(TUESDAY, "08:30", "09:15"),
        lesson(TUESDAY, "09:25", "10:10"),
        lesson("2026-10-07", "08:00", "08:40"),
        lesson("2026-10-08", "12:00", "12:40"),
        lesson("2026-10-09", "13:00", "13:40"),
    )
    chosen = telling_days(found)
    assert chosen[0] == date(2026, 10, 6)
    assert len(chosen) == MOST_DAYS
    assert date(2026, 10, 5) not in chosen


def test_days_of_the_week_are_named_only_where_times_overlap():
    found = lessons(
        lesson(MONDAY, "08:30", "09:00"),
        lesson(TUESDAY, "08:30", "09:15"),
        lesson(TUESDAY, "09:25", "10:10"),
    )
    record = bell_schedule_record(found, {"mos_ru:lesson:2": DayTold(2, None, None)})
    assert record["bells"] == [
        {"starts": "08:30:00", "ends": "09:00:00", "weekdays": [1]},
        {"starts": "08:30:00", "ends": "09:15:00", "weekdays": [2]},
        {"starts": "09:25:00", "ends": "10:10:00", "number": 2},
    ]
