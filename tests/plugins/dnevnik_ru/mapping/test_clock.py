"""The school's naive time made aware."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway_dnevnik_ru.mapping.clock import SchoolClock

IRKUTSK = SchoolClock(ZoneInfo("Asia/Irkutsk"))
BERLIN = SchoolClock(ZoneInfo("Europe/Berlin"))


def test_a_naive_moment_is_the_schools():
    assert IRKUTSK.moment("2025-09-01T10:11:12.5") == "2025-09-01T10:11:12.500000+08:00"


def test_a_moment_with_an_offset_is_told_in_the_schools_time():
    assert IRKUTSK.moment("2025-09-01T16:30:00Z") == "2025-09-02T00:30:00+08:00"


def test_hours_of_a_day_get_its_offset():
    assert IRKUTSK.hours("2025-09-01", "08:50 - 09:30") == (
        "2025-09-01T08:50:00+08:00",
        "2025-09-01T09:30:00+08:00",
    )
    assert IRKUTSK.hours("2025-09-01", "") is None
    assert IRKUTSK.hours("2025-09-01", None) is None


def test_the_offset_is_right_on_the_day_the_clock_is_changed():
    assert BERLIN.hours("2025-03-30", "01:00 - 08:00") == (
        "2025-03-30T01:00:00+01:00",
        "2025-03-30T08:00:00+02:00",
    )


def test_a_zone_that_left_summer_time_has_its_old_offset_in_old_years():
    moscow = SchoolClock(ZoneInfo("Europe/Moscow"))
    assert moscow.moment("2013-09-01T08:00:00") == "2013-09-01T08:00:00+04:00"
    assert moscow.moment("2025-09-01T08:00:00") == "2025-09-01T08:00:00+03:00"


@pytest.mark.parametrize(
    "value, day",
    [
        ("2025-09-01T00:00:00", "2025-09-01"),
        ("2025-09-01T23:59:59", "2025-09-01"),
        ("2025-09-01T00:00:00+00:00", "2025-09-01"),
        ("2025-08-31T16:00:00Z", "2025-09-01"),
        (1756684800, "2025-09-01"),
        ("1756684800", "2025-09-01"),
        (None, None),
        ("0001-01-01T00:00:00", None),
        ("soon", None),
        ("9" * 40, None),
    ],
)
def test_days_come_in_many_forms(value, day):
    assert IRKUTSK.day(value) == day


@given(st.text(max_size=30) | st.integers() | st.none())
def test_any_value_is_a_moment_or_none(value):
    moment, day = BERLIN.moment(value), BERLIN.day(value)
    assert (moment is None) == (day is None)
    if moment is not None:
        assert datetime.fromisoformat(moment).utcoffset() is not None


@given(
    st.datetimes(
        datetime.fromisoformat("1990-01-01"),
        datetime.fromisoformat("2100-01-01"),
    )
)
def test_the_offset_agrees_with_the_zone_at_every_moment(moment):
    told = datetime.fromisoformat(BERLIN.moment(moment.isoformat()))
    expected = moment.replace(tzinfo=ZoneInfo("Europe/Berlin"))
    assert told.replace(tzinfo=None) == moment
    assert told.utcoffset() == expected.utcoffset()
