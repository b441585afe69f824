"""Keys of intervals."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway_gosuslugi.emulator.myschool.intervals import week_of
from gateway_gosuslugi.myschool.datamart.intervals import (
    monday_of,
    school_year_of,
    week_key,
    week_keys,
    week_of_key,
)

DAYS = st.dates(date(2001, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2030, 10, 8), "412030"),
        (date(2031, 1, 27), "52031"),
        (date(2030, 12, 30), "12031"),
        (date(2031, 1, 1), "12031"),
        (date(2027, 1, 1), "532026"),
        (date(2024, 12, 29), "522024"),
    ],
)
def test_a_week_is_its_number_without_zeros_and_the_year_that_it_belongs_to(day, key):
    assert week_key(day) == key


@given(DAYS)
def test_a_key_leads_back_to_its_week(day):
    assert week_of_key(week_key(day)) == monday_of(day)
    assert week_of(week_key(day)).monday == monday_of(day)


@given(DAYS, st.integers(0, 200))
def test_every_day_of_a_range_lies_in_one_of_its_weeks(start, length):
    end = start + timedelta(days=length)
    keys = week_keys(start, end)
    assert {week_key(start + timedelta(days=offset)) for offset in range(length + 1)} == set(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("key", ["", "2030", "02030", "002030", "542030", "532030", "41-2030", "x"])
def test_what_is_no_week_is_none(key):
    assert week_of_key(key) is None


def test_a_range_that_ends_too_early_has_no_weeks():
    assert week_keys(date(2030, 10, 8), date(2030, 10, 6)) == ()


@pytest.mark.parametrize(
    ("day", "year"), [(date(2030, 9, 1), 2030), (date(2031, 8, 31), 2030), (date(2031, 1, 1), 2030)]
)
def test_the_school_year_turns_in_september(day, year):
    assert school_year_of(day) == year
