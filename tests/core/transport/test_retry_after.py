from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.core.transport.retry_after import parse_retry_after

NOW = datetime(2025, 9, 1, 12, 0, tzinfo=UTC)  # a Monday
DAY = 86_400.0


@pytest.mark.parametrize(
    "value, seconds",
    [
        ("0", 0.0),
        ("120", 120.0),
        ("0000120", 120.0),
        ("86400", DAY),
        ("86401", DAY),
        ("99999", DAY),
        ("100000", DAY),
        ("9" * 5_000, DAY),
        ("0" * 5_000 + "7", 7.0),
        ("0" * 5_000, 0.0),
        ("Mon, 01 Sep 2025 12:02:00 GMT", 120.0),
        ("Monday, 01-Sep-25 12:02:00 GMT", 120.0),
        ("Mon Sep  1 12:02:00 2025", 120.0),
        ("Mon Sep 01 12:02:00 2025", 120.0),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 0.0),
        ("Sun Nov  6 08:49:37 1994", 0.0),
        ("Mon, 01 Sep 2025 11:59:59 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", DAY),
        ("Tue, 02 Sep 2025 12:00:00 GMT", DAY),
        ("Tue, 02 Sep 2025 11:59:59 GMT", DAY - 1),
    ],
)
def test_seconds_and_the_three_date_forms_are_read(value: str, seconds: float) -> None:
    assert parse_retry_after(value, now=NOW) == seconds


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "-1", "+5", " 120", "120 ", "\t120", "1.5", "1e3", "0x10", "1_000", "soon"),
        *(
            "٣",
            "０５",
            "1２",
            "²",
            "१२०",
            "120, 130",
            "120;q=1",
            "120s",
            "12 0",
            "120\n",
            "nan",
            "inf",
        ),
        "Mon, 01 Sep 2025 12:02:00",
        "Mon, 01 Sep 2025 12:02:00 UTC",
        "Mon, 01 Sep 2025 12:02:00 +0000",
        "mon, 01 sep 2025 12:02:00 gmt",
        "Mon, 1 Sep 2025 12:02:00 GMT",
        "Mon,01 Sep 2025 12:02:00 GMT",
        "01 Sep 2025 12:02:00 GMT",
        "Monday, 01 Sep 2025 12:02:00 GMT",
        "Mon, 01-Sep-25 12:02:00 GMT",
        "Mon Sep 1 12:02:00 2025",
        "Mon Sep  1 12:02:00 2025 GMT",
        " Mon, 01 Sep 2025 12:02:00 GMT",
        "Mon, 01 Sep 2025 12:02:00 GMT ",
        "Mon, 01 Sep 2025 12:02:00 GMT, Mon, 01 Sep 2025 12:03:00 GMT",
        "Tue, 01 Sep 2025 12:02:00 GMT",
        "Sun, 31 Aug 2025 24:00:00 GMT",
        "Mon, 01 Sep 2025 12:60:00 GMT",
        "Mon, 01 Sep 2025 12:02:60 GMT",
        "Mon, 31 Sep 2025 12:02:00 GMT",
        "Sat, 29 Feb 2025 12:02:00 GMT",
        "Mon, 00 Sep 2025 12:02:00 GMT",
        "Mon Sep  0 12:02:00 2025",
        "Sat, 01 Jan 0000 00:00:00 GMT",
        "Mon, ０1 Sep 2025 12:02:00 GMT",
        "Пн, 01 Сен 2025 12:02:00 GMT",
        "2025-09-01T12:02:00Z",
        "Fri, 31 Dec 9999 23:59:60 GMT",
    ],
)
def test_anything_else_counts_as_absent(value: str) -> None:
    assert parse_retry_after(value, now=NOW) is None


def test_no_header_is_no_answer() -> None:
    assert parse_retry_after(None, now=NOW) is None


def test_a_leap_second_is_the_start_of_the_next_minute() -> None:
    now = datetime(2016, 12, 31, 23, 59, 50, tzinfo=UTC)
    assert parse_retry_after("Sat, 31 Dec 2016 23:59:60 GMT", now=now) == 10.0


@pytest.mark.parametrize(
    "year, value, seconds",
    [
        (2099, "Friday, 01-Jan-00 00:00:00 GMT", DAY),  # 2100
        (2025, "Wednesday, 01-Jan-75 00:00:00 GMT", None),  # 1975; it would be a Tuesday in 2075
        (2025, "Tuesday, 01-Jan-75 00:00:00 GMT", DAY),  # 2075: fifty years ahead are allowed
        (2025, "Thursday, 01-Jan-76 00:00:00 GMT", 0.0),  # 1976
    ],
)
def test_two_digits_mean_the_year_nearest_to_now(
    year: int, value: str, seconds: float | None
) -> None:
    assert parse_retry_after(value, now=datetime(year, 12, 1, tzinfo=UTC)) == seconds


def test_a_date_is_relative_to_the_clock_of_the_server() -> None:
    until, sent = "Mon, 01 Sep 2025 18:05:00 GMT", "Mon, 01 Sep 2025 18:00:00 GMT"
    assert parse_retry_after(until, now=NOW, date_header=sent) == 300.0
    assert parse_retry_after(sent, now=NOW, date_header=until) == 0.0


@pytest.mark.parametrize("sent", [None, "", "now", "Tue, 01 Sep 2025 18:00:00 GMT", "0"])
def test_without_a_valid_date_header_our_own_clock_counts(sent: str | None) -> None:
    until = "Mon, 01 Sep 2025 12:05:00 GMT"
    assert parse_retry_after(until, now=NOW, date_header=sent) == 300.0


def test_seconds_do_not_depend_on_any_clock() -> None:
    sent = "Mon, 01 Sep 2025 18:00:00 GMT"
    assert parse_retry_after("5", now=NOW, date_header=sent) == 5.0


def test_our_clock_may_be_in_any_zone() -> None:
    now = NOW.astimezone(timezone(timedelta(hours=7)))
    assert parse_retry_after("Mon, 01 Sep 2025 12:02:00 GMT", now=now) == 120.0


@given(st.integers(0, 10**30))
@settings(deadline=None)
def test_any_number_of_seconds_is_capped_at_a_day(seconds: int) -> None:
    assert parse_retry_after(str(seconds), now=NOW) == min(seconds, 86_400)


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1)).map(  # noqa: DTZ001 - made aware
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


def imf_fixdate(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def rfc850_date(moment: datetime) -> str:
    return f"{moment:%A, %d-%b-%y %H:%M:%S GMT}"


def asctime_date(moment: datetime) -> str:
    return f"{moment:%a %b} {moment.day:2} {moment:%H:%M:%S %Y}"


FORMS = st.sampled_from([imf_fixdate, rfc850_date, asctime_date])


@given(MOMENTS, st.integers(-100_000, 100_000), FORMS, FORMS)
@settings(deadline=None)
def test_all_forms_of_a_moment_mean_the_same(
    sent: datetime,
    offset: int,
    form: Callable[[datetime], str],
    date_form: Callable[[datetime], str],
) -> None:
    until = form(sent + timedelta(seconds=offset))
    expected = min(max(float(offset), 0.0), DAY)
    assert parse_retry_after(until, now=sent) == expected
    assert parse_retry_after(until, now=sent, date_header=date_form(sent)) == expected


@given(st.text() | st.text(st.sampled_from("0123456789 ,:-+.GMTonSep")))
@settings(deadline=None)
def test_no_text_gives_an_error_or_an_absurd_wait(value: str) -> None:
    seconds = parse_retry_after(value, now=NOW, date_header=value)
    assert seconds is None or 0.0 <= seconds <= DAY


def test_millions_of_digits_cost_next_to_nothing() -> None:
    # int() refuses these, or needs minutes.
    assert parse_retry_after("1" + "0" * 5_000_000, now=NOW) == DAY
    assert parse_retry_after("Mon, " + "0" * 5_000_000, now=NOW) is None
