"""Dates in all spellings of the service."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway_dnevnik_ru.wire.dates import (
    hours_text,
    is_midnight,
    moment_text,
    unix_day,
    unix_moment,
)

IRKUTSK = ZoneInfo("Asia/Irkutsk")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2025-09-01", ("2025-09-01T00:00:00", "")),
        ("2025-09-01T00:00:00", ("2025-09-01T00:00:00", "")),
        ("2025-9-1T8:5:0", ("2025-09-01T08:05:00", "")),
        ("2025-09-01 08:05", ("2025-09-01T08:05:00", "")),
        ("2025-09-01T10:11:12.1", ("2025-09-01T10:11:12.100000", "")),
        ("2025-09-01T10:11:12.123", ("2025-09-01T10:11:12.123000", "")),
        ("2025-09-01T10:11:12.1234567", ("2025-09-01T10:11:12.123456", "")),
        ("2025-09-01T10:11:12,5", ("2025-09-01T10:11:12.500000", "")),
        ("2025-09-01T10:11:12.0000000", ("2025-09-01T10:11:12", "")),
        ("2025-09-01T10:11:12Z", ("2025-09-01T10:11:12", "+00:00")),
        ("2025-09-01T10:11:12+05:00", ("2025-09-01T10:11:12", "+05:00")),
        ("2025-09-01T10:11:12-0330", ("2025-09-01T10:11:12", "-03:30")),
        (" 2025-09-01 ", ("2025-09-01T00:00:00", "")),
    ],
)
def test_spellings_are_read(text, expected):
    assert moment_text(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2025-02-30",
        "2025-13-01",
        "2025-09-01T25:00:00",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59",
        "２０２５-09-01",
        "2025-09-01T10:11:12+99:99",
        "01.09.2025",
    ],
)
def test_what_is_no_date_is_none(text):
    assert moment_text(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text):
    found = moment_text(text)
    assert found is None or datetime.fromisoformat("".join(found))


@given(st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2199-12-31")))
def test_what_was_written_is_read_back(moment):
    text = moment.isoformat(timespec="microseconds")
    naive, offset = moment_text(text)
    assert (datetime.fromisoformat(naive), offset) == (moment, "")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("08:00 - 08:40", ("08:00", "08:40")),
        ("8:50-9:30", ("08:50", "09:30")),
        ("8.50 – 9.30", ("08:50", "09:30")),
        ("08:00:00 - 08:40:00", ("08:00", "08:40")),
        ("", None),
        ("after lunch", None),
        ("24:00 - 25:00", None),
        ("08:60 - 09:00", None),
        ("08:00", None),
    ],
)
def test_hours_are_read_or_passed_over(text, expected):
    assert hours_text(text) == expected


def test_a_midnight_stands_for_a_day():
    assert is_midnight("2025-09-01T00:00:00")
    assert not is_midnight("2025-09-01T00:00:01")


def test_unix_seconds_and_milliseconds_are_moments():
    expected = datetime(2025, 9, 1, 8, 50, tzinfo=IRKUTSK)
    seconds = int(expected.timestamp())
    assert unix_moment(seconds, IRKUTSK) == expected
    assert unix_moment(seconds * 1000, IRKUTSK) == expected


def test_whole_unix_days_are_dates_and_others_belong_to_the_zone():
    midnight = int(datetime(2025, 9, 1, tzinfo=UTC).timestamp())
    assert unix_day(midnight, IRKUTSK).isoformat() == "2025-09-01"
    local_midnight = int(datetime(2025, 9, 1, tzinfo=IRKUTSK).timestamp())
    assert unix_day(local_midnight, IRKUTSK).isoformat() == "2025-09-01"


@given(st.integers())
def test_any_number_is_a_moment_of_our_time_or_none(seconds):
    found = unix_moment(seconds, IRKUTSK)
    assert found is None or 1900 <= found.astimezone(UTC).year <= 2199
    assert (unix_day(seconds, IRKUTSK) is None) == (found is None)
