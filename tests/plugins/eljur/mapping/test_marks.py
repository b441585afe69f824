"""Marks, their natural keys, their cells, and absences among them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.marks import scored, weighted_average
from gateway.core.model.attendance import AttendanceStatus
from gateway.core.model.marks import MarkStatus, WorkKind
from gateway_eljur.mapping.attendance import absence_in, attendance_records
from gateway_eljur.mapping.marks import MarkPlace, mark_records
from gateway_eljur.mapping.signs import Cell
from gateway_eljur.wire.marks import Mark, MarkKind
from tests.plugins.eljur.mapping.support import Notes, make_context

ALGEBRA = MarkPlace(subject="Алгебра", subject_key="15")
PREFIX = "eljur@cloud.sch1"


def mark(value, **changed):
    fields = {"lesson_id": "15", "date": "2026-11-23", "nm": "0", "count": True, "convert": 4}
    return Mark(value=value, **{**fields, **changed})


def records_of(*marks, place=ALGEBRA, notes=None, **changed):
    return mark_records(make_context(notes, **changed), marks, place=place)


def test_a_mark_is_known_by_student_subject_date_and_index():
    (record,) = records_of(mark("4", nm=1))
    assert record["id"] == f"{PREFIX}:mark:1000/15/2026-11-23/1"
    assert record["subject"].id == f"{PREFIX}:subject:15"
    assert record["subject"].name == "Алгебра"


def test_the_place_of_a_mark_stands_in_for_what_it_does_not_tell():
    place = MarkPlace("2026-11-24", "История", "", f"{PREFIX}:lesson:1000/20261124/2")
    first, second = records_of(Mark(value=5), Mark(value="4"), place=place)
    assert first["date"] == "2026-11-24"
    assert first["lesson_id"] == place.lesson_id
    assert first["subject"].id is None
    assert first["id"] != second["id"]


def test_a_mark_of_no_day_is_noted():
    notes = Notes()
    assert records_of(mark("4", date="00.00.0000"), notes=notes) == []
    assert notes.paths == ["$.marks[0].date"]


@pytest.mark.parametrize("value", ["", "  ", None, "&nbsp;"])
def test_an_empty_cell_is_no_mark(value):
    assert records_of(mark(value)) == []


def test_a_number_is_printed_as_it_came():
    assert [record["text"] for record in records_of(mark(5), mark("5.0", nm="1"))] == ["5", "5.0"]


def test_a_cell_with_two_values_is_two_marks_and_the_first_stays_what_it_was():
    (alone,) = records_of(mark("3", convert=3))
    first, second = records_of(mark("3/5", weight="2", weight_float=2))
    assert alone["id"] == first["id"] != second["id"]
    assert first["cell"] == second["cell"]
    assert {first["cell_text"], second["cell_text"]} == {"3/5"}
    assert (first["text"], second["text"]) == ("3", "5")
    assert first["weight"] == second["weight"] == "2"
    assert "cell" not in alone


def test_the_letter_of_a_cell_does_not_count_beside_its_mark():
    letter, number = records_of(mark("н/4"))
    assert letter["status"] is MarkStatus.ABSENT
    assert letter["counts"] is False
    assert number["counts"] is True
    assert [item.value for item in scored([letter, number])] == [Decimal(4)]


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 4)), min_size=1))
def test_cells_average_as_the_service_averages_them(cells):
    marks = [
        mark(f"{a}/{b}", nm=str(index), convert=(a + b) / 2, weight=weight)
        for index, (a, b, weight) in enumerate(cells)
    ]
    told = weighted_average(scored(records_of(*marks)))
    total = sum(weight for _, _, weight in cells)
    exact = sum(Fraction(a + b, 2) * weight for a, b, weight in cells) / total
    assert abs(Fraction(told) - exact) <= Fraction(1, 200)


@pytest.mark.parametrize(
    "told, weight",
    [
        ({"weight": 2, "weight_float": 2.5}, "2.5"),
        ({"weight": "2"}, "2"),
        ({"weight": "1,5", "weight_float": ""}, "1.5"),
        ({"weight": ""}, None),
        ({}, None),
    ],
)
def test_the_finer_of_two_weights_is_told(told, weight):
    assert records_of(mark("4", **told))[0]["weight"] == weight


@pytest.mark.parametrize(
    "told",
    [
        {"control_type": "Контрольная работа", "control_type_short": "КР"},
        {"control_type": "КР", "control_type_short": "Контрольная работа"},
        {"mtype": MarkKind(id="1", type="Контрольная работа", short="КР")},
        {"mtype": MarkKind(id=1, type="КР", short="Контрольная&nbsp;работа")},
    ],
)
def test_the_longer_word_names_the_kind_of_work(told):
    (record,) = records_of(mark("4", **told))
    assert record["assignment"] == {
        "category": "Контрольная работа",
        "category_short": "КР",
        "kind": WorkKind.CONTROL,
        "kind_text": "Контрольная работа",
    }


def test_a_kind_that_nobody_knows_is_kept_in_its_words():
    (record,) = records_of(mark("4", control_type="Квест"))
    assert record["assignment"] == {"category": "Квест", "kind_text": "Квест"}


def test_the_teacher_writes_to_the_pupil_and_to_the_class():
    (record,) = records_of(
        mark("4", comment="Не решена №&nbsp;5", lesson_comment="Дроби", mtype=[])
    )
    assert record["comment"] == "Не решена № 5"
    assert record["assignment"] == {"title": "Дроби"}


def test_no_comment_is_a_comment_that_is_none():
    assert records_of(mark("4", comment=""))[0]["comment"] is None


@pytest.mark.parametrize(
    "highest, place", [(None, 0.75), (0, 0.75), ("", 0.75), (100, 0.04), ("10", 1 / 3)]
)
def test_the_highest_mark_of_the_work_goes_before_that_of_the_class(highest, place):
    (record,) = records_of(mark("4", max_mark=highest))
    assert record["normalized"] == pytest.approx(place)


@pytest.mark.parametrize(
    "letter, status, excused",
    [
        ("н", AttendanceStatus.ABSENT, None),
        ("Н", AttendanceStatus.ABSENT, None),
        ("б", AttendanceStatus.ILLNESS, True),
        ("у", AttendanceStatus.EXCUSED, True),
        ("оп", AttendanceStatus.TARDY, None),
        ("ОП", AttendanceStatus.TARDY, None),
        ("неув", AttendanceStatus.UNEXCUSED, False),
        ("отс", AttendanceStatus.ABSENT, None),
        ("н/4", AttendanceStatus.ABSENT, None),
    ],
)
def test_letters_tell_of_attendance(letter, status, excused):
    counts = "4" in letter
    told = mark(letter, count=counts, convert=4 if counts else 0)
    (record,) = attendance_records(make_context(), [told], place=ALGEBRA)
    assert record["id"] == f"{PREFIX}:attendance:1000/15/2026-11-23/0"
    assert record["status"] is status
    assert record["status_text"] == letter.partition("/")[0]
    assert record.get("is_excused") is excused


@given(st.sampled_from(["5", "3/5", "45", ".", "зач", "н/а", "осв", "4+", "?"]))
def test_marks_tell_nothing_of_attendance(text):
    assert absence_in(Cell(text, "5", True, Decimal(4))) is None
    assert absence_in(Cell(text, "5", False)) is None


def test_a_letter_that_counts_is_a_mark():
    assert absence_in(Cell("б", "5", True, Decimal(4))) is None


def test_an_absence_keeps_what_the_teacher_wrote():
    told = mark("н", count=False, convert=0, comment="Справка")
    place = MarkPlace(lesson_id="x", subject_key="15", subject="Алгебра")
    (record,) = attendance_records(make_context(), [told], place=place)
    assert record["comment"] == "Справка"
    assert record["lesson_id"] == "x"
