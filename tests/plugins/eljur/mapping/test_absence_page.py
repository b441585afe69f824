"""The report of missed lessons, read from any page whatever."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway_eljur.mapping.absence_page import absence_report

HEAD = '<tr xls="hrow"><td class="text-left">Предмет</td><td>Всего</td></tr>'
DAYS = '<tr xls="hrow"><td>Всего дней</td><td>2</td><td data-reason="u">2</td></tr>'
EMPTY = '<div class="wide page-empty">Нет данных</div>'
NONE = {"total": 0, "illness": 0, "excused": 0, "unexcused": 0}


def row(key: str, *numbers: str, name: str = "Алгебра") -> str:
    reasons = ("", "b", "u", "n")
    cells = "\n".join(
        f'<td data-reason="{reason}">{number}</td>'
        for reason, number in zip(reasons, numbers, strict=False)
    )
    return f'<tr data-lesson_id="{key}"><td>{name}</td>\n{cells}</tr>'


def page(*rows: str) -> str:
    return f"<html><body><table>{''.join(rows)}</table></body></html>"


def test_lessons_are_counted_by_subject_and_reason_and_days_beside_them() -> None:
    found = absence_report(page(HEAD, row("15", "4", "2", "1", "1"), row("16", "1", "", "", " 1 ")))
    assert found is not None
    assert found.days is None
    assert found.subjects == {
        "15": {"total": 4, "illness": 2, "excused": 1, "unexcused": 1},
        "16": {"total": 1, "illness": 0, "excused": 0, "unexcused": 1},
    }
    with_days = absence_report(page(HEAD, DAYS))
    assert with_days is not None
    assert with_days.days == {"total": 2, "excused": 2}


@pytest.mark.parametrize("key", ["", "0"])
def test_the_row_of_all_subjects_is_none_of_them(key: str) -> None:
    found = absence_report(page(HEAD, row(key, "5", "5", "0", "0", name=""), DAYS))
    assert found is not None
    assert found.subjects == {}


def test_a_cell_may_name_the_subject_in_place_of_its_row() -> None:
    found = absence_report(page('<tr><td data-lesson_id="15">Алгебра</td><td>3</td></tr>'))
    assert found is not None
    assert found.subjects == {"15": {"total": 3}}


def test_nothing_missed_is_told_by_a_page_that_says_so() -> None:
    found = absence_report(EMPTY)
    assert found is not None
    assert found.days == NONE
    assert found.of("15", 0) == NONE


def test_a_subject_that_marks_call_missed_is_not_called_attended() -> None:
    found = absence_report(page(HEAD, row("15", "1", "1")))
    assert found is not None
    assert found.of("16", 0) == NONE
    assert found.of("16", 2) is None
    assert found.of("15", 0) == {"total": 1, "illness": 1}


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><body><h1>Вход</h1></body></html>",
        page(HEAD),
        page(row("15", "много")),
        page(row("15", "12345")),
        page(row("15", "-1")),
        page('<tr data-lesson_id="15"><td>Алгебра</td></tr>'),
        page(row("15/../x", "1")),
        page(row("1" * 33, "1")),
        "<script>" + row("15", "1") + "</script>",
        "<!-- " + row("15", "1"),
    ],
)
def test_any_other_page_is_no_report(html: str) -> None:
    assert absence_report(html) is None


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<td",
        "<td ",
        "<td a",
        "<td a=",
        "<td a='",
        "<tr><td>",
        "<tr data-lesson_id='15'><td>1<td>1",
        "</td",
        "<!--",
        "<![CDATA[",
        "<!DOCTYPE",
        "<?",
        "&",
        "&#1",
        "\x00",
        "<script>",
        "<table>",
        "a=b ",
    ],
)
@pytest.mark.parametrize("before", ["", "<td ", "<tr><td>"])
def test_a_hostile_page_costs_little(piece: str, before: str) -> None:
    started = time.perf_counter()
    found = absence_report(before + piece * (2_000_000 // len(piece)))
    assert time.perf_counter() - started < 5
    assert found is None or len(found.subjects) <= 300


def test_a_page_tells_no_more_than_a_school_has() -> None:
    found = absence_report(page(*(row(str(number), "1") for number in range(1, 5000))))
    assert found is not None
    assert len(found.subjects) == 300
    wide = absence_report(page(row("15", "1") + "<td>9</td>" * 5000))
    assert wide is not None
    assert wide.subjects["15"]["total"] == 1


@given(st.text(alphabet="<>/=\"' trd-lesson_ixhwv0123456789&;!?", max_size=300))
def test_any_text_is_a_report_or_none(text: str) -> None:
    found = absence_report(page(HEAD, row("15", "1")) + text)
    assert found is not None
