"""School years, periods and the gaps between them."""

from datetime import date

import pytest

from gateway_dnevnik_ru.mapping.periods import (
    current_period,
    gap_records,
    period_pointers,
    period_records,
    school_year_of,
)
from gateway_dnevnik_ru.wire.periods import ReportingPeriod
from tests.plugins.dnevnik_ru.mapping.support import make_context

FIRST = ReportingPeriod(id=1, start="2025-09-01", finish="2025-10-26", number=0, type="Quarter")
SECOND = ReportingPeriod(id=2, start="2025-11-03", finish="2025-12-28", number=1, type="Quarter")
UNDATED = ReportingPeriod(id=3, number=2)


@pytest.mark.parametrize(
    "day, year", [("2025-08-31", 2024), ("2025-09-01", 2025), ("2026-01-01", 2025)]
)
def test_a_school_year_turns_in_september(day, year):
    assert school_year_of(date.fromisoformat(day)) == year


@pytest.mark.parametrize(
    "today, number",
    [("2025-08-01", 1), ("2025-10-26", 1), ("2025-10-30", 1), ("2025-11-03", 2), ("2026-06-01", 2)],
)
def test_the_current_period_is_the_running_or_the_last_begun_one(today, number):
    day = date.fromisoformat(today)
    records = period_records(make_context(), [SECOND, FIRST, UNDATED], day)
    assert current_period(records, day)["number"] == number


def test_no_periods_have_no_current_one():
    assert current_period([], date(2025, 9, 1)) is None


def test_pointers_go_by_the_services_own_number():
    pointers = period_pointers(make_context(), [SECOND, FIRST], date(2025, 9, 1))
    assert pointers == {
        0: {"id": "dnevnik_ru:period:1", "name": "1 четверть"},
        1: {"id": "dnevnik_ru:period:2", "name": "2 четверть"},
    }


def test_adjacent_periods_leave_no_gap():
    follows = ReportingPeriod(id=4, start="2025-10-27", finish="2025-11-01")
    range_ = date(2025, 9, 1), date(2026, 5, 31)
    assert gap_records(make_context(), [FIRST, follows], *range_) == []
    (gap,) = gap_records(make_context(), [FIRST, SECOND, UNDATED], *range_)
    assert (gap["start"], gap["end"]) == ("2025-10-27", "2025-11-02")
