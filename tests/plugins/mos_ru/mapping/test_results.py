"""Averages by subject, final results and places."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.model.marks import Trend
from gateway_mos_ru.mapping.finals import Finals
from gateway_mos_ru.mapping.periods import Period
from gateway_mos_ru.mapping.ranks import rank_records, trend_fields
from gateway_mos_ru.mapping.results import current_period, periods_of, result_records
from gateway_mos_ru.wire.finals import FinalPeriod, FinalSubject, ReportPeriod, ReportSubject
from gateway_mos_ru.wire.marks import Mark
from gateway_mos_ru.wire.ranks import ClassPlace, Rank
from gateway_mos_ru.wire.subject_marks import PeriodMarks, SubjectMarks
from tests.plugins.mos_ru.mapping.support import Notes, make_context

QUARTERS = (
    Period("1 четверть", "2026-09-01", "2026-10-25"),
    Period("2 четверть", "2026-11-03", "2026-12-30"),
)
YEAR = Period("Год", "2026-09-01", "2027-05-31")
AUTUMN = PeriodMarks(title="1 четверть", start_iso="2026-09-01", end_iso="2026-10-25")


@pytest.mark.parametrize(
    "today, expected",
    [
        (date(2026, 8, 20), QUARTERS[0]),
        (date(2026, 10, 25), QUARTERS[0]),
        (date(2026, 10, 30), QUARTERS[0]),
        (date(2026, 11, 3), QUARTERS[1]),
        (date(2027, 6, 1), QUARTERS[1]),
    ],
)
def test_between_two_periods_the_last_one_begun_is_current(today, expected):
    assert current_period(QUARTERS, today) is expected


def test_a_quarter_is_meant_before_the_year_that_holds_it():
    assert current_period((YEAR, *QUARTERS), date(2026, 9, 10)) is QUARTERS[0]


def test_without_periods_there_is_no_current_one():
    assert current_period((), date(2026, 9, 10)) is None


def standing(*subjects, today=date(2026, 10, 7), period_id=None, notes=None):
    context = make_context(notes)
    return result_records(context, subjects, today, period_id=period_id, cells_weigh_once=False)


def test_a_subject_without_a_name_is_left_out():
    notes = Notes()
    assert standing(SubjectMarks(periods=[AUTUMN]), notes=notes) == []
    assert notes.paths == ["$.payload[0]"]


def test_without_marks_neither_trend_nor_average_is_told():
    empty = PeriodMarks(**{**_fields(AUTUMN), "dynamic": "NONE", "value": "0", "count": 0})
    (record,) = standing(SubjectMarks(subject_name="Музыка", periods=[empty]))
    assert "trend" not in record
    assert "weighted_average" not in record
    assert record["marks"] == 0
    assert record["computed_average"] is None


def test_a_period_without_whole_dates_cannot_be_chosen():
    undated = PeriodMarks(title="1 четверть", value="5.00")
    (record,) = standing(SubjectMarks(subject_name="Музыка", periods=[undated]))
    assert "period" not in record
    assert "weighted_average" not in record


def test_every_period_of_every_subject_is_told():
    told = [SubjectMarks(subject_name=name, periods=[AUTUMN]) for name in ("Музыка", "Труд")]
    assert [period.title for period in periods_of(make_context(), told)] == ["1 четверть"] * 2


@given(st.lists(st.integers(2, 5), min_size=1, max_size=8))
def test_own_average_of_equal_weights_is_plain(values):
    marks = [Mark(id=number, value=str(value)) for number, value in enumerate(values, 1)]
    period = PeriodMarks(**{**_fields(AUTUMN), "marks": marks})
    (record,) = standing(SubjectMarks(subject_name="Музыка", periods=[period]))
    assert record["computed_average"] == record["computed_weighted_average"]
    assert record["marks"] == len(values)


@pytest.mark.parametrize(
    "word, trend",
    [("UP", Trend.UP), ("down", Trend.DOWN), ("STABLE", Trend.EQUAL), ("SIDEWAYS", Trend.UNKNOWN)],
)
def test_trends_are_read_in_any_case(word, trend):
    assert trend_fields(word) == {"trend": trend, "trend_text": word}


def test_no_word_is_no_trend():
    assert trend_fields(None) == trend_fields("") == {}


@pytest.mark.parametrize("before, trend", [(3, Trend.DOWN), (5, Trend.EQUAL), (9, Trend.UP)])
def test_the_first_place_is_the_best(before, trend):
    context = make_context()
    own = ClassPlace(
        person_id=context.person, rank=Rank(rank_place=5), previous_rank=Rank(rank_place=before)
    )
    (record,) = rank_records(context, [own], (), "now")
    assert record["trend"] is trend


def test_a_class_without_the_pupil_has_no_place_of_theirs():
    other = ClassPlace(person_id="somebody else", rank=Rank(rank_place=1))
    assert rank_records(make_context(), [other], (), "now") == []


def test_the_first_answer_to_tell_a_result_wins():
    finals = Finals(make_context(), 2026)
    finals.add_finals([FinalSubject(id=101, name="Алгебра", year_mark="5")])
    finals.add_report(
        [
            ReportSubject(
                subject_id=101,
                subject_name="Алгебра",
                periods=[ReportPeriod(name="Год", final_mark="4", is_year_mark=True)],
            )
        ]
    )
    assert [record["text"] for record in finals.records] == ["5"]


def test_results_that_were_not_set_are_none():
    finals = Finals(make_context(), 2026)
    unset = FinalPeriod(name="1 четверть", start_date="2026-09-01", end_date="2026-10-25")
    finals.add_finals([FinalSubject(id=101, name="Алгебра", year_mark=" ", periods=[unset])])
    assert finals.records == []
    assert not finals.has_periods


def test_subjects_without_names_are_noted():
    notes = Notes()
    finals = Finals(make_context(notes), 2026)
    finals.add_finals([FinalSubject(year_mark="5")])
    finals.add_report([ReportSubject()])
    finals.add_averages([SubjectMarks(year_mark="5")])
    assert finals.records == []
    assert notes.paths == ["$.subjects[0]", "$[0]", "$.payload[0]"]


def _fields(period):
    return {name: getattr(period, name) for name in ("title", "start_iso", "end_iso")}
