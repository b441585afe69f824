"""Moments, texts, numbers, regions and periods, each by itself."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import InvalidId
from gateway.core.ids import Ids
from gateway_gosuslugi.myschool.mapping.classes import current_period
from gateway_gosuslugi.myschool.mapping.clock import SchoolClock
from gateway_gosuslugi.myschool.mapping.keys import Keys
from gateway_gosuslugi.myschool.mapping.text import number, plain, rich, whole
from gateway_gosuslugi.myschool.zones import region_of, zone_of

CLOCK = SchoolClock(ZoneInfo("Asia/Yekaterinburg"))
KEYS = Keys(Ids("gosuslugi"), "s-0001")


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2030-10-06 12:10:00.0", "2030-10-06T12:10:00+05:00"),
        ("2030-10-06T12:10:00", "2030-10-06T12:10:00+05:00"),
        ("2030-10-06T12:10:00+03:00", "2030-10-06T14:10:00+05:00"),
        ("2030-10-06", None),
        ("9999-12-31T23:59:59", None),
        ("0001-01-01 00:00:00.0", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_moment_is_the_schools(told, moment):
    assert CLOCK.moment(told) == moment


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2030-10-06", "2030-10-06"),
        (" 2030-10-06 12:10:00.0 ", "2030-10-06"),
        ("2030-10-06T23:10:00+03:00", "2030-10-07"),
        ("06.10.2030", None),
    ],
)
def test_a_date_is_the_schools(told, day):
    assert CLOCK.day(told) == day


@pytest.mark.parametrize(
    ("told", "text"), [("1,8", "1.8"), ("2", "2"), (1.5, "1.5"), ("1,8,0", None), ("нет", None)]
)
def test_a_weight_may_have_a_comma(told, text):
    assert number(told) == text


@pytest.mark.parametrize(("told", "value"), [("7", 7), (7, 7), ("VII", None), ("7.0", None)])
def test_a_whole_number_is_digits(told, value):
    assert whole(told) == value


def test_signs_of_mathematics_are_no_markup():
    assert plain("a < b & c > d") == "a < b & c > d"
    assert rich("x<5 и y>2") == ("x<5 и y>2", None)


def test_markup_is_cleaned():
    assert rich("<p onclick=x>Стих</p>")[0] == "Стих"
    assert "onclick" not in (rich("<p onclick=x>Стих</p>")[1] or "")
    assert plain("A &amp; B") == "A & B"


@given(st.text(max_size=50))
def test_any_text_gives_a_text_or_nothing(text):
    found = plain(text)
    assert found is None or found == found.strip() != ""


@pytest.mark.parametrize(
    ("told", "code", "zone"),
    [
        ("41", "41", "Asia/Kamchatka"),
        ("4100000000000", "41", "Asia/Kamchatka"),
        ("00", None, "Europe/Moscow"),
        ("", None, "Europe/Moscow"),
        (None, None, "Europe/Moscow"),
    ],
)
def test_a_region_is_known_by_its_first_digits(told, code, zone):
    found = region_of(told)
    assert (found.code if found else None) == code
    assert zone_of(told, "Europe/Moscow") == zone


def test_identifiers_are_the_students_own():
    assert KEYS.own("lesson", KEYS.lesson("2030-10-06", "100-a/b")) == ("2030-10-06", "100-a/b")
    for text in ("gosuslugi:lesson:s-0002/x", "gosuslugi:mark:s-0001/x", "gosuslugi:lesson:s-0001"):
        with pytest.raises(InvalidId):
            KEYS.own("lesson", text)


PERIODS = [
    {"start": "2030-09-02", "end": "2030-10-25"},
    {"start": "2030-09-02", "end": "2031-05-30"},
    {"start": "2030-11-05", "end": "2030-12-27"},
]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2030, 10, 1), PERIODS[0]),
        (date(2030, 12, 1), PERIODS[2]),
        (date(2031, 6, 10), PERIODS[2]),
        (date(2030, 8, 30), None),
    ],
)
def test_the_running_period_is_the_one_that_ends_first(day, found):
    assert current_period(PERIODS, day) == found


def test_between_two_periods_the_last_one_still_counts():
    quarters = [PERIODS[0], PERIODS[2]]
    assert current_period(quarters, date(2030, 10, 30)) == PERIODS[0]
