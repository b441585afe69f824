"""Days and times as the service writes them."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.local_time import LocalTime
from gateway_eljur.mapping.clock import clock_of, day_of, moment_of, span, written

MOSCOW = LocalTime(ZoneInfo("Europe/Moscow"))


@given(st.dates())
def test_a_day_is_read_in_every_spelling(day: date) -> None:
    for text in (written(day), day.isoformat(), day.isoformat().replace("-", "."), f" {day} "):
        assert day_of(text) == day.isoformat()


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_may_be_a_bare_number(day: date) -> None:
    assert day_of(int(written(day))) == day.isoformat()


@pytest.mark.parametrize("text", [None, "", "20261341", "2026-1123", "23.11.2026", "2026112", "x"])
def test_what_is_no_day_is_none(text: str | None) -> None:
    assert day_of(text) is None


@given(st.text(max_size=20))
def test_any_text_is_a_day_a_time_or_nothing(text: str) -> None:
    told = day_of(text)
    assert told is None or date.fromisoformat(told)
    clock_of(text)
    moment_of(MOSCOW, text)


def test_a_bell_at_midnight_is_not_set() -> None:
    assert clock_of("00:00:00") is None
    assert clock_of("00:00") is None
    assert clock_of("08:30") == clock_of("08:30:00") == "08:30:00"


@pytest.mark.parametrize("text", ["", None, "25:00:00", "8:30", "08-30-00", "08:30:00+05:00"])
def test_what_is_no_time_is_none(text: str | None) -> None:
    assert clock_of(text) is None


def test_a_moment_is_on_the_school_s_clock() -> None:
    assert moment_of(MOSCOW, "2026-11-23 00:00:00") == "2026-11-23T00:00:00+03:00"
    assert moment_of(MOSCOW, "2026-11-23 10:15") == "2026-11-23T10:15:00+03:00"


@pytest.mark.parametrize(
    "text", [None, "", "2026-11-23", "2026-11-23 25:00:00", "9999-12-31 10:00:00"]
)
def test_what_is_no_moment_is_none(text: str | None) -> None:
    assert moment_of(MOSCOW, text) is None


def test_a_range_is_written_with_both_of_its_days() -> None:
    assert span(date(2026, 11, 3), date(2026, 11, 29)) == "20261103-20261129"
