"""Periods, school years and spans of days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.model.calendar import DayKind, PeriodKind
from gateway_mos_ru.mapping.periods import (
    Period,
    period_of,
    period_records,
    school_year_of,
    span_records,
    year_records,
)
from gateway_mos_ru.wire.calendar import AcademicYear, CalendarDay
from tests.plugins.mos_ru.mapping.support import Notes, make_context

TODAY = date(2026, 10, 7)
CONTEXT = make_context()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("1 четверть", PeriodKind.QUARTER),
        ("II Триместр", PeriodKind.TRIMESTER),
        ("За первое полугодие", PeriodKind.SEMESTER),
        ("Модуль 3", PeriodKind.MODULE),
        ("Учебный год", PeriodKind.YEAR),
        ("Смена", PeriodKind.UNKNOWN),
        (None, PeriodKind.UNKNOWN),
    ],
)
def test_a_title_tells_the_kind(title, kind):
    (record,) = period_records(CONTEXT, [Period(title, "2026-09-01", "2026-10-30")], TODAY)
    assert record["kind"] is kind
    assert record["name"]


def test_subjects_tell_a_period_once_and_each_kind_has_its_own_numbers():
    told = [
        Period("2 триместр", "2026-12-01", "2027-02-28"),
        Period("1 триместр", "2026-09-01", "2026-11-30"),
        Period("1 триместр", "2026-09-01", "2026-11-30"),
        Period("2 полугодие", "2027-01-01", "2027-05-31"),
        Period("1 полугодие", "2026-09-01", "2026-12-31"),
    ]
    records = period_records(CONTEXT, told, TODAY)
    assert [(item["name"], item["number"]) for item in records] == [
        ("1 триместр", 1),
        ("1 полугодие", 1),
        ("2 триместр", 2),
        ("2 полугодие", 2),
    ]
    assert len({item["id"] for item in records}) == 4


@pytest.mark.parametrize(
    ("start", "end"),
    [(None, "2026-10-30"), ("2026-09-01", None), ("осень", "зима"), ("2026-10-30", "2026-09-01")],
)
def test_a_period_without_its_days_is_none(start, end):
    assert period_of(CONTEXT, "1 четверть", start, end) is None


def test_years_to_come_are_not_listed_and_a_name_stands_in_for_dates():
    notes = Notes()
    years = [
        AcademicYear(13, name="2025 - 2026"),
        AcademicYear(14, begin_date="2026-09-01", current_year=True),
        AcademicYear(15, begin_date="2027-09-01"),
        AcademicYear(16, name="?"),
    ]
    records = year_records(make_context(notes), years, TODAY)
    assert [item["name"] for item in records] == ["2026/2027", "2025/2026"]
    assert notes.paths == ["$[3]"]


def days(first, *kinds):
    start = date.fromisoformat(first)
    return [
        CalendarDay((start + timedelta(days=index)).isoformat(), *kind)
        for index, kind in enumerate(kinds)
    ]


def spans(told):
    start, end = date(2026, 1, 1), date(2027, 12, 31)
    return [
        (item["kind"], item["start"], item["end"])
        for item in span_records(CONTEXT, told, start, end)
    ]


WORK, FREE, BREAK = ("workday",), ("holiday",), ("vacation", "Каникулы")


def test_a_weekend_amid_a_break_does_not_split_it():
    week = days("2026-10-30", BREAK, FREE, FREE, BREAK, WORK)  # Friday to Tuesday
    assert spans(week) == [(DayKind.BREAK, "2026-10-30", "2026-11-02")]


def test_a_weekend_after_a_break_is_no_part_of_it():
    week = days("2026-10-30", BREAK, FREE, FREE, WORK)
    assert spans(week) == [(DayKind.BREAK, "2026-10-30", "2026-10-30")]


def test_plain_weekends_and_working_saturdays_are_no_news():
    assert spans(days("2026-10-02", WORK, WORK, FREE, WORK)) == []


def test_a_holiday_on_a_weekend_has_its_name_and_a_working_sunday_is_made_up():
    told = days("2026-10-03", ("holiday", "День учителя"), ("workday", None))
    assert [kind for kind, _, _ in spans(told)] == [DayKind.HOLIDAY, DayKind.MAKE_UP]


@given(st.lists(st.sampled_from([WORK, FREE, BREAK, ("other",)]), max_size=30))
def test_spans_never_overlap_and_hold_every_day_of_a_break(kinds):
    told = days("2026-10-01", *kinds)
    found = spans(told)
    assert all(one[2] < other[1] for one, other in pairwise(found))
    for item in told:
        if item.type == "vacation":
            assert any(start <= item.date <= end for _, start, end in found)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_school_year_turns_in_september(day):
    assert date(school_year_of(day), 9, 1) <= day < date(school_year_of(day) + 1, 9, 1)
