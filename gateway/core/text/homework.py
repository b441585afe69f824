"""Texts that teachers write where they set no homework."""

from typing import Final

_NOTHING: Final = frozenset({"", "без задания", "не задано", "нет задания", "ничего не задано"})
_BLANK: Final = " \n\t.…-–—"


def sets_something(text: str | None) -> bool:
    """Whether a text of homework gives anything to do.

    Teachers fill the field with a point, a dash, «Не задано» or «Без задания» where it may not
    stay empty.
    """
    return (text or "").strip(_BLANK).casefold() not in _NOTHING
