"""Vocabularies of the service."""

import pytest

from gateway.core.model.grades import FinalGradeKind
from gateway.core.model.lessons import LessonStatus
from gateway.core.model.people import Sex
from gateway_dnevnik_ru.mapping.finals import kind_of
from gateway_dnevnik_ru.mapping.lessons import status_of
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
