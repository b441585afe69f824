"""Every format of time that was seen becomes a moment of the school."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway_mos_ru.mapping.clock import SchoolClock

MOSCOW = SchoolClock(ZoneInfo("Europe/Moscow"))
URAL = SchoolClock(ZoneInfo("Asia/Yekaterinburg"))


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-05T08:30:00",
        "2026-10-05 08:30:00",
        "2026-10-05T08:30:00+05:00",
        "2026-10-05T03:30:00Z",
        "2026-10-05T08:30:00+05",
    ],
)
def test_a_moment_is_told_in_the_schools_time(text):
    assert URAL.moment(text) == "2026-10-05T08:30:00+05:00"


@pytest.mark.parametrize("text", ["2026-10-05T08:30:00+03:00", "2026-10-05T08:30:00Z"])
def test_the_clock_of_the_timetable_is_the_schools_whatever_offset_it_names(text):
    assert URAL.local(text) == "2026-10-05T08:30:00+05:00"


@pytest.mark.parametrize("text", ["2026-10-05", "05.10.2026", "2026-10-05T00:00:00"])
def test_a_day_has_many_forms(text):
    assert MOSCOW.day(text) == "2026-10-05"


@pytest.mark.parametrize("text", [None, "", "2026-10-05", "завтра", "2026-13-01T00:00:00"])
def test_what_is_no_moment_becomes_none(text):
    assert MOSCOW.moment(text) is None
    assert MOSCOW.local(text) is None


@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    for read in (MOSCOW.day, MOSCOW.moment, MOSCOW.local):
        assert read(text) is None or isinstance(read(text), str)
