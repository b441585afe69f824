from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.sandbox.world import World
from gateway.sandbox.world.model import PeriodKind, ScaleKind, SchoolKind, SpanKind
from gateway.sandbox.world.school_year import make_periods, make_spans, make_years, study_days
from gateway.sandbox.world.schools import make_schools


def test_schools_have_every_scheme_of_periods(world: World) -> None:
    schemes = {school.period_kind for school in world.schools}
    assert schemes == set(PeriodKind)
    assert {school.kind for school in world.schools} == set(SchoolKind)
    assert len({school.region_key for school in world.schools}) >= 3
    assert len({school.zone for school in world.schools}) >= 3
    assert {scale.kind for scale in world.scales} == set(ScaleKind)


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (PeriodKind.QUARTER, 4),
        (PeriodKind.TRIMESTER, 3),
        (PeriodKind.SEMESTER, 2),
        (PeriodKind.MODULE, 6),
    ],
)
def test_a_year_has_the_right_number_of_periods(world: World, kind: PeriodKind, count: int) -> None:
    school = next(school for school in world.schools if school.period_kind is kind)
    for year in world.years:
        periods = world.periods_of_school(school.key, year.key)
        assert [period.number for period in periods] == list(range(1, count + 1))
        assert periods[0].starts == year.starts
        assert periods[-1].ends == year.ends


@given(st.integers(2000, 2100))
def test_every_year_is_put_together_soundly(start: int) -> None:
    year = make_years(date(start, 9, 1))[0]
    for school in make_schools():
        periods = make_periods(school, year)
        spans = make_spans(school, year)
        for before, after in pairwise(periods):
            assert before.starts < before.ends < after.starts
        assert list(spans) == sorted(spans, key=lambda span: (span.starts, span.ends))
        days = {item.day for item in study_days(school, year, spans)}
        free = (SpanKind.HOLIDAY, SpanKind.BREAK, SpanKind.DAY_OFF, SpanKind.LESSON_FREE_DAY)
        for span in spans:
            inside = {
                span.starts + timedelta(days=n) for n in range((span.ends - span.starts).days + 1)
            }
            if span.kind in free:
                assert not inside & days
            if span.kind is SpanKind.MAKEUP_DAY:
                assert inside <= days
                assert span.starts.isoweekday() == 6
        holidays = {span.starts for span in spans if span.kind is SpanKind.HOLIDAY}
        assert holidays == {
            date(start, 11, 4),
            *(date(start + 1, *day) for day in ((1, 1), (2, 23), (3, 8), (5, 1), (5, 9))),
        }
        for period in periods:
            assert any(period.starts <= day <= period.ends for day in days)


def test_bells_follow_each_other_with_breaks(world: World) -> None:
    for school in world.schools:
        for schedule in school.bell_schedules:
            for before, after in pairwise(schedule.bells):
                assert before.starts < before.ends == after.starts
                assert before.is_break != after.is_break
            assert schedule.lesson(1).starts == schedule.bells[0].starts
            with pytest.raises(KeyError):
                schedule.lesson(99)


def test_spans_are_found_by_the_days_they_touch(world: World) -> None:
    spans = world.spans_of("school-1", date(2026, 1, 5), date(2026, 1, 5))
    assert {span.kind for span in spans} == {SpanKind.HOLIDAY, SpanKind.BREAK}
