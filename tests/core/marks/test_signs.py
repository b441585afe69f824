"""Signs as teachers write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.marks import read_sign
from gateway.core.marks.scales import SPANS
from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import MarkStatus

FIVE = GradingScale.FIVE_POINT
NUMERIC = sorted(SPANS)


@pytest.mark.parametrize(
    "text, value, place",
    [
        ("5", 5, 1.0),
        ("5-", 5, 1.0),
        ("4+", 4, 0.75),
        ("4 −", 4, 0.75),
        ("2", 2, 0.25),
        ("1", 1, 0.0),
        (" 3 ", 3, 0.5),
        ("4,5", "4.5", 0.875),
        ("4.5", "4.5", 0.875),
    ],
)
def test_a_plus_or_minus_does_not_change_the_number(text, value, place):
    sign = read_sign(text, FIVE)
    assert (sign.value, sign.normalized) == (Decimal(value), place)
    assert sign.status is MarkStatus.GRADED


@pytest.mark.parametrize(
    "text, status",
    [
        ("н/а", MarkStatus.NOT_ASSESSED),
        ("Н/А.", MarkStatus.NOT_ASSESSED),
        ("не  аттестован", MarkStatus.NOT_ASSESSED),
        ("осв", MarkStatus.EXEMPT),
        ("осв.", MarkStatus.EXEMPT),
        ("Освобождён", MarkStatus.EXEMPT),
        ("н", MarkStatus.ABSENT),
        ("Н", MarkStatus.ABSENT),
        ("н/б", MarkStatus.ABSENT),
        ("Б", MarkStatus.ABSENT),
        ("оп", MarkStatus.TARDY),
        ("Опозд.", MarkStatus.TARDY),
        (".", MarkStatus.DEBT),
        ("•", MarkStatus.DEBT),
        ("точка", MarkStatus.DEBT),
        ("??", MarkStatus.UNKNOWN),
        ("", MarkStatus.UNKNOWN),
    ],
)
def test_words_and_points_say_what_they_mean(text, status):
    sign = read_sign(text, FIVE)
    assert sign.status is status
    assert sign.value is None
    assert sign.normalized is None


@pytest.mark.parametrize(
    "text, place",
    [("зач", 1.0), ("Зачёт", 1.0), ("зачтено", 1.0), ("незач", 0.0), ("не зачтено", 0.0)],
)
def test_pass_and_fail_are_the_ends_of_any_scale_without_a_number(text, place):
    for scale in GradingScale:
        sign = read_sign(text, scale)
        assert (sign.value, sign.normalized, sign.status) == (None, place, MarkStatus.GRADED)


@pytest.mark.parametrize(
    "text, place",
    [("A", 1.0), ("b+", 0.75), ("С", 0.5), ("D-", 0.25), ("F", 0.0), ("E", None)],
)
def test_letters_have_places_also_when_typed_in_cyrillic(text, place):
    sign = read_sign(text, GradingScale.LETTERS)
    assert (sign.value, sign.normalized, sign.status) == (None, place, MarkStatus.GRADED)


@pytest.mark.parametrize("scale", [GradingScale.UNKNOWN, GradingScale.CUSTOM])
def test_a_number_on_a_scale_without_ends_has_no_place(scale):
    sign = read_sign("17", scale)
    assert (sign.value, sign.normalized) == (Decimal(17), None)


def test_a_number_outside_its_scale_keeps_its_value():
    assert read_sign("7", FIVE).value == 7
    assert read_sign("7", FIVE).normalized is None


@pytest.mark.parametrize("text", ["５", "٣", "1e3", "NaN", "-5", "5/4", "5000", "0x5", "4,"])
def test_what_only_looks_like_a_number_is_none(text):
    assert read_sign(text, GradingScale.HUNDRED_POINT).value is None


@given(st.text(max_size=12), st.sampled_from(list(GradingScale)))
def test_any_text_is_read_and_stays_within_the_scale(text, scale):
    sign = read_sign(text, scale)
    assert sign.normalized is None or 0 <= sign.normalized <= 1
    assert sign.value is None or sign.value >= 0
    if sign.status is not MarkStatus.GRADED:
        assert sign.value is None


@given(st.sampled_from(NUMERIC), st.integers(0, 100), st.integers(0, 100))
def test_a_better_mark_never_has_a_lower_place(scale, one, other):
    places = [read_sign(str(number), scale).normalized for number in sorted((one, other))]
    if None not in places:
        assert places[0] <= places[1]


@given(st.sampled_from(NUMERIC))
def test_the_ends_of_a_scale_are_zero_and_one(scale):
    span = SPANS[scale]
    assert read_sign(str(span.worst), scale).normalized == 0
    assert read_sign(str(span.best), scale).normalized == 1


@given(st.sampled_from(["5", "4+", "н/а", "осв", "зач", "н"]), st.sampled_from(list(GradingScale)))
def test_case_and_blanks_around_a_sign_do_not_matter(text, scale):
    assert read_sign(f" {text.upper()} ", scale) == read_sign(text, scale)
