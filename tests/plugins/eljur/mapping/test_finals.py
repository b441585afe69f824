"""Results of periods, years and exams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.model.calendar import PeriodKind
from gateway.core.model.grades import FinalGradeKind
from gateway_eljur.mapping.finals import final_records, kind_of_final
from gateway_eljur.mapping.periods import ToldPeriod
from gateway_eljur.wire.finals import Final, SubjectFinals
from tests.plugins.eljur.mapping.support import Notes, make_context

QUARTER = ToldPeriod("I", "I четверть", PeriodKind.QUARTER, "2026-09-01", "2026-10-25")
YEAR = ToldPeriod("y1", "Год", PeriodKind.YEAR, None, None)
ATTESTATION = ToldPeriod("pa", "Промежуточная аттестация", PeriodKind.UNKNOWN, None, None)
OWN = ToldPeriod("s1", "Смена 1", PeriodKind.UNKNOWN, "2026-09-01", "2026-10-25")


@pytest.mark.parametrize(
    "code, period, kind",
    [
        ("I", QUARTER, FinalGradeKind.PERIOD),
        ("IV", None, FinalGradeKind.PERIOD),
        ("3", None, FinalGradeKind.PERIOD),
        ("II четверть", None, FinalGradeKind.PERIOD),
        ("s1", OWN, FinalGradeKind.PERIOD),
        ("year", None, FinalGradeKind.YEAR),
        ("Год", None, FinalGradeKind.YEAR),
        ("Годовая", None, FinalGradeKind.YEAR),
        ("y1", YEAR, FinalGradeKind.YEAR),
        ("exam", None, FinalGradeKind.EXAM),
        ("Экзамен", None, FinalGradeKind.EXAM),
        ("ОГЭ", None, FinalGradeKind.EXAM),
        ("pa", ATTESTATION, FinalGradeKind.ATTESTATION),
        ("attestation", None, FinalGradeKind.ATTESTATION),
        ("Итог", None, FinalGradeKind.FINAL),
        ("final", None, FinalGradeKind.FINAL),
        ("Пересдача", None, FinalGradeKind.UNKNOWN),
    ],
)
def test_a_code_tells_what_a_result_closes(code, period, kind):
    assert kind_of_final(code, period) is kind


@given(st.text(min_size=1, max_size=20))
def test_any_code_closes_something(code):
    assert kind_of_final(code, None) in FinalGradeKind


def test_a_result_that_was_not_set_is_none():
    finals = [Final(period="I", value=value) for value in ("", " ", None)]
    subject = SubjectFinals(name="Алгебра", assessments=finals)
    assert final_records(make_context(), [subject], {}, 2026) == []


def test_a_result_told_twice_is_one():
    finals = [Final(period="I", value="4"), Final(period="I", value="5")]
    subject = SubjectFinals(name="Алгебра", assessments=finals)
    (record,) = final_records(make_context(), [subject], {"I": QUARTER}, 2026)
    assert record["text"] == "4"
    assert record["period"].name == "I четверть"


def test_subjects_without_a_name_and_results_without_a_code_are_noted():
    notes = Notes()
    subjects = [
        SubjectFinals(assessments=[Final(period="I", value="4")]),
        SubjectFinals(name="Алгебра", assessments=[Final(value="4")]),
    ]
    assert final_records(make_context(notes), subjects, {}, 2026) == []
    assert notes.paths == ["$.items[0].name", "$.items[].assessments[].period"]
