from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.contract.capability import native
from gateway.core.contract.reading import Reading
from gateway.core.contract.windows import joined, windows
from gateway.core.errors import DateRangeTooLong, InvalidRequest
from gateway.core.model.answer import DateRange, Issue

START = date(2026, 9, 1)


@given(st.integers(1, 700), st.integers(1, 90))
def test_windows_cover_the_range_once(days: int, limit: int) -> None:
    end = START + timedelta(days=days - 1)
    found = windows(START, end, native(max_days=limit))
    covered = [
        part.start + timedelta(days=offset)
        for part in found
        for offset in range((part.end - part.start).days + 1)
    ]
    assert covered == [START + timedelta(days=offset) for offset in range(days)]
    assert all((part.end - part.start).days < limit for part in found)


def test_without_a_limit_there_is_one_window() -> None:
    end = START + timedelta(days=300)
    assert windows(START, end, native()) == (DateRange(START, end),)


def test_a_range_that_may_not_be_split_is_refused() -> None:
    with pytest.raises(DateRangeTooLong):
        windows(START, START + timedelta(days=31), native(max_days=30, splittable=False))


def test_no_range_is_longer_than_any_diary() -> None:
    with pytest.raises(DateRangeTooLong):
        windows(START, START + timedelta(days=4000), native())


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        windows(START, START - timedelta(days=1), native())


def test_joined_windows_count_a_record_once_and_keep_issues() -> None:
    one = Reading(
        [{"id": "a"}, {"id": "b"}],
        covered=DateRange(START, START + timedelta(days=6)),
        issues=(Issue("$[2]", "broken"),),
    )
    other = Reading(
        [{"id": "b"}, {"id": "c"}],
        covered=DateRange(START + timedelta(days=7), START + timedelta(days=13)),
        complete=False,
    )
    both = joined([one, other])
    assert [record["id"] for record in both.records] == ["a", "b", "c"]  # type: ignore[index,call-overload]
    assert both.covered == DateRange(START, START + timedelta(days=13))
    assert not both.complete
    assert both.issues == (Issue("$[2]", "broken"),)
