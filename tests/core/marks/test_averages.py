"""Averages that the gateway computes itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.marks import Scored, average, scored, weighted_average
from gateway.core.model.base import NOT_LOADED
from gateway.core.model.marks import MarkStatus


def of(*values, weights=None, cells=None):
    weights = weights or [1] * len(values)
    cells = cells or [None] * len(values)
    return [
        Scored(Decimal(str(value)), Decimal(str(weight)), cell)
        for value, weight, cell in zip(values, weights, cells, strict=True)
    ]


def test_no_marks_have_no_average():
    assert average([]) is None
    assert weighted_average([]) is None


@pytest.mark.parametrize(
    "values, expected",
    [
        ((5, 4), "4.50"),
        ((5, 4, 4), "4.33"),
        ((4, 5, 5), "4.67"),
        ((2, 2, 2, 3, 3, 3, 3, 3), "2.63"),
    ],
)
def test_the_plain_average_is_rounded_half_up_to_two_digits(values, expected):
    assert str(average(of(*values))) == expected


def test_half_a_hundredth_goes_up():
    assert average(of(*[5] * 1, *[4] * 199)) == Decimal("4.01")


def test_a_cell_is_averaged_inside_and_weighs_once():
    marks = of(5, 2, 5, cells=["a", "a", None])
    assert average(marks) == Decimal("4.25")
    assert average(marks, cells_weigh_once=False) == Decimal("4.00")


def test_weights_pull_the_average():
    assert weighted_average(of(5, 2, weights=[9, 1])) == Decimal("4.70")


def test_a_cell_has_the_mean_weight_of_its_values():
    marks = of(5, 3, 2, weights=[10, 10, 10], cells=["a", "a", None])
    assert weighted_average(marks) == Decimal("3.00")


def test_a_weight_of_nothing_counts_for_nothing():
    assert weighted_average(of(5, 2, weights=[1, 0])) == Decimal("5.00")
    assert weighted_average(of(5, 2, weights=[0, 0])) is None


def test_only_graded_numbers_that_count_enter():
    records = [
        {"value": "5"},
        {"value": "2", "counts": False},
        {"value": "3", "counts": None, "weight": "2", "cell": "x"},
        {"value": None},
        {"text": "н"},
        {"value": "1", "status": MarkStatus.RETAKEN},
        {"value": "4", "weight": NOT_LOADED, "status": MarkStatus.GRADED},
        {"value": "4", "weight": None},
        {"value": "4", "weight": 0},
    ]
    assert scored(records) == [
        Scored(Decimal(5)),
        Scored(Decimal(3), Decimal(2), "x"),
        Scored(Decimal(4)),
        Scored(Decimal(4)),
        Scored(Decimal(4), Decimal(0)),
    ]


marks = st.lists(
    st.builds(
        Scored,
        st.integers(1, 500).map(lambda number: Decimal(number) / 100),
        st.integers(1, 10).map(Decimal),
        st.none() | st.sampled_from("abc"),
    ),
    min_size=1,
    max_size=20,
)


@given(marks, st.booleans())
def test_an_average_lies_between_the_lowest_and_the_highest(found, once):
    low = min(mark.value for mark in found)
    high = max(mark.value for mark in found)
    for value in (
        average(found, cells_weigh_once=once),
        weighted_average(found, cells_weigh_once=once),
    ):
        assert low <= value <= high


@given(marks, st.randoms())
def test_the_order_of_marks_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert average(shuffled) == average(found)
    assert weighted_average(shuffled) == weighted_average(found)


@given(marks)
def test_without_shared_cells_both_rules_agree(found):
    alone = [Scored(mark.value, mark.weight) for mark in found]
    assert average(alone) == average(alone, cells_weigh_once=False)
    assert weighted_average(alone) == weighted_average(alone, cells_weigh_once=False)


@given(marks)
def test_equal_weights_give_the_plain_average(found):
    even = [Scored(mark.value, Decimal(7), mark.cell) for mark in found]
    assert weighted_average(even) == average(even)


@given(marks)
def test_all_marks_twice_have_the_same_average(found):
    twice = found + [
        Scored(mark.value, mark.weight, mark.cell and mark.cell + "'") for mark in found
    ]
    assert average(twice) == average(found)
    assert weighted_average(twice) == weighted_average(found)
