"""Marks, their cells, debts and averages."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.marks import scored, weighted_average
from gateway.core.model.base import Reference
from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import Mark as MarkModel
from gateway.core.model.marks import MarkStatus
from gateway_mos_ru.mapping.marks import MarkPlace, mark_records, sign_fields
from gateway_mos_ru.wire.marks import Grade, Mark, ScaleValue
from tests.plugins.mos_ru.mapping.support import Notes, make_context

TODAY = date(2026, 10, 7)
TERM = date(2026, 10, 20)
LESSON = MarkPlace("2026-10-05", Reference(id=None, name="Алгебра"), "mos_ru:lesson:400001")


def records_of(*marks, today=TODAY, place=None, notes=None):
    return mark_records(make_context(notes), marks, today=today, place=place or MarkPlace())


@pytest.mark.parametrize(
    "text, word, scale, normalized",
    [
        ("5", "five", GradingScale.FIVE_POINT, 1.0),
        ("5-", "FIVE", GradingScale.FIVE_POINT, 1.0),
        ("100", "hundred", GradingScale.HUNDRED_POINT, 1.0),
        ("5", "stars", GradingScale.UNKNOWN, None),
        ("зачёт", "five", GradingScale.FIVE_POINT, 1.0),
    ],
)
def test_a_sign_stands_on_the_scale_that_was_told(text, word, scale, normalized):
    fields = sign_fields(text, word)
    assert fields["text"] == text
    assert fields["scale"] is scale
    assert fields["scale_text"] == word
    assert fields.get("normalized") == normalized


def test_a_sign_without_a_scale_says_nothing_of_one():
    assert "scale" not in sign_fields("5", None)


def test_fields_of_a_sign_may_be_changed_by_whoever_asked():
    sign_fields("5", "five")["text"] = "other"
    assert sign_fields("5", "five")["text"] == "5"


@pytest.mark.parametrize(
    "saved, edited",
    [
        ("2026-10-06T09:00:00", "2026-10-06T09:00:00+03:00"),
        ("2026-10-05T07:15:01+00:00", "2026-10-05T10:15:01+03:00"),
        ("2026-10-05T10:15:00", None),
        ("2026-10-05T10:15:00.000", None),
        ("2026-10-05T10:14:59", None),
        ("2026-10-06", None),
        (None, None),
    ],
)
def test_a_mark_was_edited_when_it_was_saved_after_it_was_given(saved, edited):
    mark = Mark(value="5", id=1, created_at="2026-10-05T10:15:00", updated_at=saved)
    (record,) = records_of(mark)
    assert record["given_at"] == "2026-10-05T10:15:00+03:00"
    assert record.get("edited_at") == edited


def test_a_mark_without_its_moment_tells_no_change_of_it():
    (record,) = records_of(Mark(value="5", id=1, updated_at="2026-10-06T09:00:00"))
    assert "edited_at" not in record


@pytest.mark.parametrize("sign", ["См", "см", "См.", "СМ"])
def test_points_in_the_comment_are_a_mark_without_a_number(sign):
    (record,) = records_of(Mark(value=sign, id=1, comment="балл: 78"))
    assert "status" not in record
    assert "value" not in record
    assert record["counts"] is False
    assert record["comment"] == "балл: 78"


def test_the_original_of_several_scales_is_the_scale_of_the_sign():
    values = [
        ScaleValue(grade=Grade(origin="80"), grade_system_type="hundred"),
        ScaleValue(grade=Grade(origin="4"), grade_system_type="five"),
    ]
    mark = Mark(value="4", id=1, values=values, original_grade_system_type="hundred")
    assert records_of(mark)[0]["scale"] is GradingScale.FIVE_POINT


@given(st.dates(date(2026, 9, 1), date(2027, 5, 31)))
def test_a_debt_becomes_its_mark_once_its_term_has_passed(today):
    (record,) = records_of(
        Mark(value="2", id=1, is_point=True, point_date="2026-10-20"), today=today
    )
    assert record["debt_until"] == "2026-10-20"
    assert record["value"] == "2"
    is_debt = record.get("status") is MarkStatus.DEBT
    assert is_debt is (today <= TERM)
    assert record["counts"] is not is_debt
    assert len(scored([record])) == (0 if is_debt else 1)


def test_a_term_without_a_debt_is_no_term():
    (record,) = records_of(Mark(value="5", id=1, is_point=False, point_date="2026-10-20"))
    assert "debt_until" not in record


def test_the_short_form_takes_day_subject_and_lesson_from_its_place():
    (record,) = records_of(Mark(value="5", id=7), place=LESSON)
    assert record["id"] == "mos_ru:mark:7"
    assert (record["date"], record["lesson_id"]) == ("2026-10-05", "mos_ru:lesson:400001")
    assert record["subject"] is LESSON.subject
    assert "comment" not in record
    assert "given_at" not in record


def test_a_mark_without_a_number_goes_by_its_lesson_and_order():
    first, second = records_of(Mark(value="5"), Mark(value="4"), place=LESSON)
    assert first["id"] != second["id"]
    again = records_of(Mark(value="5"), Mark(value="4"), place=LESSON)
    assert [record["id"] for record in again] == [first["id"], second["id"]]


def test_a_mark_with_neither_number_nor_place_is_left_out():
    notes = Notes()
    assert records_of(Mark(value="5"), notes=notes) == []
    assert notes.paths == ["$.marks[0]"]


def test_a_comment_that_is_not_sent_is_not_loaded_and_one_that_does_not_exist_is_none():
    unsent, absent = records_of(
        Mark(value="5", id=1, comment_exists=True), Mark(value="5", id=2, comment_exists=False)
    )
    assert "comment" not in unsent
    assert absent["comment"] is None


def dictation(number, value, **changed):
    fields = {"date": "2026-10-05", "subject_id": 102, "control_form_name": "Диктант", "weight": 2}
    return Mark(id=number, value=value, **{**fields, **changed})


@given(st.permutations([(1, "5"), (2, "4"), (3, "3")]))
def test_the_values_of_a_cell_stand_in_the_order_of_their_numbers(order):
    records = records_of(*(dictation(number, value) for number, value in order))
    assert {record["cell_text"] for record in records} == {"5/4/3"}
    assert len({record["cell"] for record in records}) == 1
    assert [record["id"] for record in records] == [f"mos_ru:mark:{it[0]}" for it in order]


@pytest.mark.parametrize(
    "other",
    [
        {"date": "2026-10-06"},
        {"subject_id": 101},
        {"control_form_name": "Ответ на уроке"},
        {"weight": 1},
        {"is_exam": True},
    ],
)
def test_marks_of_other_days_subjects_or_works_share_no_cell(other):
    records = records_of(dictation(1, "5"), dictation(2, "4", **other))
    assert not any("cell" in record for record in records)


marks = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 9), st.booleans(), st.integers(1, 3)), max_size=12
)


@given(marks)
def test_own_averages_are_the_services(drawn):
    wires = [
        Mark(
            id=number,
            value=str(value),
            weight=weight,
            date=f"2026-10-0{day}",
            subject_id=101,
            is_point=is_point,
            point_date="2026-10-20" if is_point else None,
        )
        for number, (value, weight, is_point, day) in enumerate(drawn)
    ]
    own = weighted_average(scored(records_of(*wires)), cells_weigh_once=False)
    counted = [(value, weight) for value, weight, is_point, _ in drawn if not is_point]
    if not counted:
        assert own is None
        return
    exact = Fraction(
        sum(value * weight for value, weight in counted), sum(weight for _, weight in counted)
    )
    assert own is not None
    assert abs(Fraction(own) - exact) <= Fraction(1, 200)


signs = st.one_of(st.text(max_size=8), st.integers(), st.floats(allow_nan=False))


@given(
    st.builds(
        Mark,
        value=signs,
        id=st.integers(1, 2**63),
        weight=st.one_of(st.none(), signs),
        original_grade_system_type=st.one_of(st.none(), st.text(max_size=6)),
        control_form_name=st.one_of(st.none(), st.text(max_size=12)),
        point_date=st.one_of(st.none(), st.text(max_size=12)),
        date=st.one_of(st.none(), st.text(max_size=12)),
        created_at=st.one_of(st.none(), st.text(max_size=25)),
        updated_at=st.one_of(st.none(), st.text(max_size=25)),
        is_point=st.booleans(),
    )
)
def test_no_sign_breaks_the_model(wire):
    for record in records_of(wire):
        mark = MarkModel.model_validate(record)
        assert mark.text
        assert mark.counts is (mark.value is not None and mark.status is MarkStatus.GRADED)
        assert mark.status is not MarkStatus.UNKNOWN or mark.status_text


def test_a_weight_is_a_number_or_is_not_told():
    heavy, odd = records_of(Mark(value="5", id=1, weight="2,5"), Mark(value="5", id=2, weight="?"))
    assert Decimal(str(heavy["weight"])) == Decimal("2.5")
    assert "weight" not in odd


def test_the_day_after_the_term_is_no_debt():
    mark = Mark(value="2", id=1, is_point=True, point_date=TERM.isoformat())
    assert records_of(mark, today=TERM)[0]["status"] is MarkStatus.DEBT
    assert "status" not in records_of(mark, today=TERM + timedelta(days=1))[0]
