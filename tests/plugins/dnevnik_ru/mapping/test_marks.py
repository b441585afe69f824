"""Marks and their cells."""

from itertools import permutations

import pytest

from gateway_dnevnik_ru.mapping.assignments import Category, Works
from gateway_dnevnik_ru.mapping.marks import mark_records, sign_fields
from gateway_dnevnik_ru.mapping.references import Subjects
from gateway_dnevnik_ru.wire.marks import Mark
from gateway_dnevnik_ru.wire.works import Work
from tests.plugins.dnevnik_ru.mapping.support import Notes, make_context


def records_of(*marks, works=(), categories=None, notes=None):
    context = make_context(notes)
    return mark_records(
        context,
        marks,
        works=Works(context, works, categories or {}),
        subjects=Subjects(context),
        lessons={},
    )


def test_a_value_alone_in_its_cell_names_no_cell():
    (record,) = records_of(Mark(id=1, value="5", work=7))
    assert "cell" not in record


@pytest.mark.parametrize("order", list(permutations((0, 1, 2))))
def test_the_values_of_a_cell_are_told_in_the_order_of_their_numbers(order):
    marks = [Mark(id=10 + number, value=str(3 + number), work=7, number=number) for number in order]
    records = records_of(*marks)
    assert {record["cell_text"] for record in records} == {"3/4/5"}
    assert {record["cell"] for record in records} == {"dnevnik_ru:work:7"}
    assert [record["id"] for record in records] == [f"dnevnik_ru:mark:{mark.id}" for mark in marks]


def test_values_without_numbers_keep_the_order_of_their_ids():
    records = records_of(Mark(id=2, value="4", work=7), Mark(id=1, value="5", work=7))
    assert {record["cell_text"] for record in records} == {"5/4"}


def test_marks_without_works_share_no_cell():
    records = records_of(Mark(id=1, value="5"), Mark(id=2, value="4"))
    assert not any("cell" in record for record in records)


@pytest.mark.parametrize(
    "work, categories",
    [
        (Work(id=7, type="PeriodMark"), {}),
        (Work(id=7, type="CommonWork", work_type=3), {3: Category("Год", None, is_final=True)}),
    ],
)
def test_results_of_periods_are_left_to_the_final_grades(work, categories):
    assert records_of(Mark(id=1, value="5", work=7), works=[work], categories=categories) == []


def test_a_mark_without_a_sign_is_noted_and_left_out():
    notes = Notes()
    assert records_of(Mark(id=1), Mark(id=2, value="  "), notes=notes) == []
    assert notes.paths == ["$.marks[id=1]", "$.marks[id=2]"]


def test_the_stored_value_is_read_where_the_printed_sign_says_nothing():
    fields = sign_fields("отлично", "Mark5", "5")
    assert (fields["text"], fields["value"], fields["normalized"]) == ("отлично", "5", 1.0)


def test_a_caller_may_change_the_fields_of_a_sign():
    sign_fields("5", "Mark5")["value"] = "spoiled"
    assert sign_fields("5", "Mark5")["value"] == "5"


def test_the_school_names_a_kind_of_work_better_than_the_service():
    works = [Work(id=7, type="CommonWork", work_type=3), Work(id=8, type="LessonByHeart")]
    categories = {3: Category("Диктант", "Д", weight="2")}
    one, other = records_of(
        Mark(id=1, value="5", work=7),
        Mark(id=2, value="5", work=8, work_type=3),
        works=works,
        categories=categories,
    )
    assert one["assignment"]["kind"] == "composition"
    assert one["assignment"]["kind_text"] == "CommonWork"
    assert one["weight"] == "2"
    assert other["assignment"]["kind"] == "by_heart"
