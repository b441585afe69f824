"""What a service prints as text or as a number."""

import pytest

from gateway.core.text.printed import label, number, plain, printed, rich


def test_texts_lose_markup_and_entities():
    assert plain("a &amp; b") == "a & b"
    assert plain("  ") is None
    assert rich("x < 5 &lt; y") == ("x < 5 < y", None)
    assert rich("<b>да</b>") == ("да", "<b>да</b>")
    assert rich(None) == ("", None)


def test_printed_things_are_text():
    assert printed(12) == "12"
    assert printed(" Зал <1> ") is not None
    assert label("") is None
    assert printed(None) is None


@pytest.mark.parametrize(
    "value, expected",
    [
        ("4,57", "4.57"),
        ("4.5", "4.5"),
        (4, "4"),
        (4.25, "4.25"),
        ("", None),
        ("—", None),
        (None, None),
    ],
)
def test_numbers_have_a_comma_or_a_point(value, expected):
    assert number(value) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300, "1e5", "Infinity"])
def test_what_is_no_plain_number_is_none(value):
    assert number(value) is None
