import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.core.text import fold_line, ical_text, spreadsheet_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+7 000",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        '=HYPERLINK("x")',
        "=",
        "-",
    ],
)
def test_a_cell_never_begins_a_formula(text: str) -> None:
    assert spreadsheet_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "5-", "5", "a=b", " =1", "'=1", "н/а", "1+1"])
def test_ordinary_cells_are_left_alone(text: str) -> None:
    assert spreadsheet_cell(text) == text


@given(st.text())
@settings(deadline=None)
def test_escaping_a_cell_twice_changes_nothing(text: str) -> None:
    once = spreadsheet_cell(text)
    assert once in (text, f"'{text}")
    assert spreadsheet_cell(once) == once


@pytest.mark.parametrize(
    "text, escaped",
    [
        ("Алгебра, каб. 5; тест", "Алгебра\\, каб. 5\\; тест"),
        ("a\\n", "a\\\\n"),
        ("раз\nдва\r\nтри\rчетыре", "раз\\nдва\\nтри\\nчетыре"),
        ("BEGIN:VEVENT", "BEGIN:VEVENT"),
        ("a\x00b\x07c\x7fd\te", "abcd\te"),
    ],
)
def test_calendar_text_is_escaped(text: str, escaped: str) -> None:
    assert ical_text(text) == escaped


@given(st.text())
@settings(deadline=None)
def test_calendar_text_can_be_read_back_and_injects_no_line(text: str) -> None:
    escaped = ical_text(text)
    assert not re.search(r"[\r\n]", escaped)
    meant = re.sub(r"\r\n|\r", "\n", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text))
    read = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], escaped)
    assert read == meant


def test_a_short_line_is_not_folded() -> None:
    assert fold_line("SUMMARY:" + "x" * 67) == "SUMMARY:" + "x" * 67


def test_a_long_line_is_folded_at_75_octets() -> None:
    assert fold_line("x" * 76) == "x" * 75 + "\r\n x"
    assert fold_line("x" * 150) == "x" * 75 + "\r\n " + "x" * 74 + "\r\n x"


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=300))
@settings(deadline=None)
def test_folding_is_undone_by_unfolding_and_tears_no_character(line: str) -> None:
    folded = fold_line(line)
    assert folded.replace("\r\n ", "") == line
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
