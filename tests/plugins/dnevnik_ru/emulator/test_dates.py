from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway_dnevnik_ru.emulator import dates

EARLIEST, LATEST = (datetime.fromisoformat(f"{year}-01-01") for year in (2000, 2100))


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("2025-09-01", "2025-09-01T00:00:00"),
        ("2025-9-1", "2025-09-01T00:00:00"),
        ("2025-9-1T0:0:0", "2025-09-01T00:00:00"),
        ("2025-09-01T23:59:59", "2025-09-01T23:59:59"),
        ("2025-09-01 08:05:00", "2025-09-01T08:05:00"),
        ("2025-09-01 08:05:00.25", "2025-09-01T08:05:00.250000"),
        ("2025-09-01T08:05:00.1234567", "2025-09-01T08:05:00.123456"),
        ("2025-09-01T08:05:00Z", "2025-09-01T08:05:00"),
        ("2025-09-01T08:05:00+05:00", "2025-09-01T08:05:00"),
    ],
)
def test_dates_are_read_in_every_spelling_that_clients_use(text: str, wanted: str) -> None:
    moment = dates.parse_moment(text)
    assert moment is not None
    assert moment.isoformat() == wanted
    assert str(dates.parse_day(text)) == wanted[:10]


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025-13-01", "2025-02-30", "01.09", "32.01.2025"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.parse_day(text) is None


def test_dotted_dates_of_the_old_pages_are_days() -> None:
    assert dates.parse_day("01.09.2025") == date(2025, 9, 1)


@given(st.datetimes(min_value=EARLIEST, max_value=LATEST))
def test_a_written_moment_reads_back(moment: datetime) -> None:
    assert dates.parse_moment(dates.moment_text(moment)) == moment
    assert len(dates.moment_text(moment).partition(".")[2]) == 6


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_numbered_day_reads_back(day: date) -> None:
    assert dates.parse_unix_day(str(dates.unix_day(day))) == day
    assert datetime.fromtimestamp(dates.unix_day(day), UTC).date() == day


@pytest.mark.parametrize("text", ["", "soon", "9" * 30])
def test_no_seconds_are_no_day(text: str) -> None:
    assert dates.parse_unix_day(text) is None
