"""Cells of the register and the signs in them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import MarkStatus
from gateway_eljur.mapping.signs import SCALES, Cell, sign_fields, values_of

FIVES = st.integers(1, 5)
TENS = st.integers(1, 10)


def five(text, convert=None, *, counts=True):
    return Cell(text, "5", counts, None if convert is None else Decimal(convert))


@pytest.mark.parametrize(
    "cell, values",
    [
        (five("5"), ("5",)),
        (five("3/5", "4"), ("3", "5")),
        (five(" 3 / 5 ".strip(), "4"), ("3", "5")),
        (five("5-/4", "4.5"), ("5-", "4")),
        (five("н/4", "4"), ("н", "4")),
        (five("4/5/5", "4.67"), ("4", "5", "5")),
        (five("45", "4.5"), ("4", "5")),
        (five("45"), ("4", "5")),
        (five("45", counts=False), ("45",)),
        (five("45", "45"), ("45",)),
        (five("46"), ("46",)),
        (five("17/20", "4"), ("17/20",)),
        (five("3/5", "2"), ("3/5",)),
        (five("н/а", counts=False), ("н/а",)),
        (five("н/б", counts=False), ("н/б",)),
        (five("б/у", counts=False), ("б/у",)),
        (five("зач/незач"), ("зач/незач",)),
        (five("55555"), ("55555",)),
        (five("4,5"), ("4,5",)),
        (Cell("10", "10", True), ("10",)),
        (Cell("108", "10", True), ("10", "8")),
        (Cell("100", "10", True), ("100",)),
        (Cell("45", "100", True, Decimal(45)), ("45",)),
        (Cell("15", "20", True), ("15",)),
        (Cell("45", None, True), ("45",)),
        (Cell("45", None, True, Decimal("4.5")), ("4", "5")),
        (Cell("1/2", None, None), ("1", "2")),
    ],
    ids=lambda item: item.text if isinstance(item, Cell) else "",
)
def test_a_cell_is_split_where_it_holds_two_values(cell, values):
    assert values_of(cell) == values


@given(FIVES, FIVES)
def test_two_values_with_a_stroke_are_what_they_are_apart(first, second):
    worth = Decimal(first + second) / 2
    assert values_of(five(f"{first}/{second}", worth)) == (str(first), str(second))


@given(st.lists(FIVES, min_size=2, max_size=4))
def test_digits_that_are_too_high_together_are_values_apart(values):
    text = "".join(map(str, values))
    mean = Fraction(sum(values), len(values))
    worth = round(Decimal(mean.numerator) / mean.denominator, 2)
    assert values_of(five(text, worth)) == tuple(map(str, values))


@given(st.lists(TENS, min_size=2, max_size=3))
def test_no_digit_is_lost_on_the_ten_point_scale(values):
    text = "".join(map(str, values))
    assert "".join(values_of(Cell(text, "10", True))) == text


@given(
    st.text(max_size=40),
    st.sampled_from([*SCALES, None, "20"]),
    st.sampled_from([True, False, None]),
    st.one_of(st.none(), st.decimals(0, 100, places=2)),
)
def test_any_cell_has_values_that_keep_its_text(text, highest, counts, convert):
    cell = Cell(text, highest, counts, convert)
    values = values_of(cell)
    assert values
    kept = "".join("".join(values).split())
    assert kept in {"".join(text.split()), "".join(text.replace("/", "").split())}
    for value in values:
        assert sign_fields(value, cell)["text"] == value


@pytest.mark.parametrize(
    "text, highest, scale, normalized",
    [
        ("5", "5", GradingScale.FIVE_POINT, 1.0),
        ("5-", "5", GradingScale.FIVE_POINT, 1.0),
        ("3", "5", GradingScale.FIVE_POINT, 0.5),
        ("10", "10", GradingScale.TEN_POINT, 1.0),
        ("80", "100", GradingScale.HUNDRED_POINT, 0.8),
        ("17", "20", GradingScale.CUSTOM, None),
        ("зачёт", "5", GradingScale.PASS_FAIL, 1.0),
        ("незач", "1", GradingScale.PASS_FAIL, 0.0),
    ],
)
def test_a_sign_stands_on_its_scale(text, highest, scale, normalized):
    fields = sign_fields(text, Cell(text, highest, True))
    assert fields["text"] == text
    assert fields["scale"] is scale
    assert fields.get("normalized") == normalized


@pytest.mark.parametrize("cell", [Cell("73", "5", True, Decimal(73)), Cell("5", None, True)])
def test_a_number_off_the_scale_of_its_class_is_on_none_that_we_know(cell):
    fields = sign_fields(cell.text, cell)
    assert fields["value"] == cell.text
    assert "scale" not in fields
    assert "normalized" not in fields


@pytest.mark.parametrize(
    "text, status",
    [
        (".", MarkStatus.DEBT),
        ("н", MarkStatus.ABSENT),
        ("Н", MarkStatus.ABSENT),
        ("б", MarkStatus.ABSENT),
        ("у", MarkStatus.ABSENT),
        ("оп", MarkStatus.TARDY),
        ("ОП", MarkStatus.TARDY),
        ("н/а", MarkStatus.NOT_ASSESSED),
        ("осв", MarkStatus.EXEMPT),
        ("цц", MarkStatus.UNKNOWN),
    ],
)
def test_letters_and_words_are_no_numbers(text, status):
    fields = sign_fields(text, five(text, 0, counts=False))
    assert fields["status"] is status
    assert "value" not in fields
    lettered = {MarkStatus.ABSENT, MarkStatus.TARDY, MarkStatus.UNKNOWN}
    assert ("status_text" in fields) is (status in lettered)


@pytest.mark.parametrize("text", ["отл", "б", "A"])
def test_a_word_that_counts_is_worth_what_the_service_makes_of_it(text):
    fields = sign_fields(text, five(text, 4))
    assert fields["text"] == text
    assert fields["value"] == "4"
    assert fields["normalized"] == 0.75
    assert "status" not in fields


def test_fields_of_a_sign_may_be_changed_by_whoever_asked():
    cell = five("5")
    sign_fields("5", cell)["text"] = "other"
    assert sign_fields("5", cell)["text"] == "5"
