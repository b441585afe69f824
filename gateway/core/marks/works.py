"""Kinds of work as Russian schools call them → the model's kinds."""

from functools import lru_cache
from typing import Final

from gateway.core.model.marks import WorkKind

_STEMS: Final = (
    ("контрольн", WorkKind.CONTROL),
    ("самостоят", WorkKind.QUIZ),
    ("проверочн", WorkKind.QUIZ),
    ("диктант", WorkKind.COMPOSITION),
    ("сочинени", WorkKind.COMPOSITION),
    ("изложени", WorkKind.COMPOSITION),
    ("эссе", WorkKind.COMPOSITION),
    ("наизусть", WorkKind.BY_HEART),
    ("лабораторн", WorkKind.PRACTICE),
    ("практическ", WorkKind.PRACTICE),
    ("проект", WorkKind.PROJECT),
    ("творческ", WorkKind.CREATIVE),
    ("экзамен", WorkKind.EXAM),
    ("аттестац", WorkKind.EXAM),
    ("домашн", WorkKind.HOMEWORK),
    ("тест", WorkKind.TEST),
    ("зачет", WorkKind.TEST),
    ("устн", WorkKind.ORAL),
    ("ответ", WorkKind.ORAL),
    ("опрос", WorkKind.ORAL),
    ("чтени", WorkKind.ORAL),
    ("классн", WorkKind.CLASSWORK),
    ("на уроке", WorkKind.CLASSWORK),
)
"""Word stems, the telling ones first: «контрольный диктант» is a control work."""


@lru_cache(maxsize=1024)
def work_kind(title: str) -> WorkKind | None:
    """What a school's own name of a kind of work means; None if it says nothing we know."""
    words = title.casefold().replace("ё", "е")
    return next((kind for stem, kind in _STEMS if stem in words), None)
