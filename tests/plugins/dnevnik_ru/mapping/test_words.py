"""Vocabularies of the service."""

import pytest

from gateway.core.model.grades import FinalGradeKind
from gateway.core.model.lessons import LessonStatus
from gateway.core.model.people import Sex
from gateway_dnevnik_ru.mapping.finals import kind_of
from gateway_dnevnik_ru.mapping.lessons import status_of
from gateway_dnevnik_ru.mapping.text import label, number, plain, printed, rich
from gateway_dnevnik_ru.mapping.words import SEXES, known


@pytest.mark.parametrize("word", ["Male", "male", " MALE "])
def test_words_are_known_in_any_case(word):
    assert known(SEXES, word, Sex.UNKNOWN) is Sex.MALE


@pytest.mark.parametrize("word", [None, "", "Other"])
def test_an_unknown_word_is_unknown(word):
    assert known(SEXES, word, Sex.UNKNOWN) is Sex.UNKNOWN


@pytest.mark.parametrize(
    "words, kind",
    [
        (("PeriodMark", "Отметка за период", "Quarter"), FinalGradeKind.PERIOD),
        (("PeriodMark", None, "HalfYear"), FinalGradeKind.PERIOD),
        (("PeriodMark", "Годовая", "Year"), FinalGradeKind.YEAR),
        (("YearMark", None, None), FinalGradeKind.YEAR),
        (("ExamMark", None, None), FinalGradeKind.EXAM),
        (("FinalMark", None, None), FinalGradeKind.FINAL),
        (("AttestationMark", None, None), FinalGradeKind.ATTESTATION),
        ((None, "Промежуточная аттестация", None), FinalGradeKind.ATTESTATION),
        ((None, None, None), FinalGradeKind.UNKNOWN),
        (("Sorcery", "Волшебство", None), FinalGradeKind.UNKNOWN),
    ],
)
def test_what_a_result_closes_is_read_off_its_words(words, kind):
    assert kind_of(*words) is kind


@pytest.mark.parametrize(
    "word, status",
    [
        ("NotInitialised", LessonStatus.PLANNED),
        ("Cancelled", LessonStatus.CANCELLED),
        ("Teleported", LessonStatus.UNKNOWN),
    ],
)
def test_lessons_have_a_status_of_ours(word, status):
    assert status_of(word) is status


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
