"""Kinds of work by their Russian names."""

import pytest

from gateway.core.marks import work_kind
from gateway.core.model.marks import WorkKind


@pytest.mark.parametrize(
    "title, kind",
    [
        ("Контрольная работа", WorkKind.CONTROL),
        ("Контрольный диктант", WorkKind.CONTROL),
        ("Самостоятельная работа", WorkKind.QUIZ),
        ("Ответ на уроке", WorkKind.ORAL),
        ("Устный счёт", WorkKind.ORAL),
        ("Зачёт", WorkKind.TEST),
        ("Домашняя работа", WorkKind.HOMEWORK),
        ("Диктант", WorkKind.COMPOSITION),
        ("Наизусть", WorkKind.BY_HEART),
        ("Лабораторная работа", WorkKind.PRACTICE),
        ("Работа на уроке", WorkKind.CLASSWORK),
        ("Проект", WorkKind.PROJECT),
        ("Нечто", None),
        ("", None),
    ],
)
def test_a_schools_own_name_is_understood_by_its_stems(title, kind):
    assert work_kind(title) is kind
    assert work_kind(title.upper()) is kind
