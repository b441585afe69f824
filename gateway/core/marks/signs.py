"""Signs as teachers write them → number, place on the scale, meaning."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from gateway.core.marks.scales import LETTERS, SPANS
from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import MarkStatus


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sign says.

    Attributes:
        value: Number on the scale; plus and minus do not change it (`5-` is 5, as in averages).
            None where the sign is no number.
        normalized: Place on the scale, 0 worst and 1 best; None where it has none.
        status: What the sign means; UNKNOWN for a sign that nobody has told us of.
    """

    value: Decimal | None
    normalized: float | None
    status: MarkStatus


_NUMBER: Final = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,4})?) ?[+\-−–]{0,2}")
_LETTER: Final = re.compile(r"([A-F]) ?[+\-−–]?")
_CYRILLIC_LETTERS: Final = str.maketrans("АВСЕ", "ABCE")
_SPACES: Final = re.compile(r"\s+")


def _table(words: str, status: MarkStatus) -> dict[str, MarkStatus]:
    return dict.fromkeys(words.split("|"), status)


_MEANINGS: Final = {
    **_table("на|н/а|н.а|н\\а|не аттестован|не аттестована|неатт", MarkStatus.NOT_ASSESSED),
    **_table("осв|освоб|освобожден|освобождена|освобождён", MarkStatus.EXEMPT),
    **_table("н|нб|н/б|н.б|б|бол|болен|больна|болел|болела", MarkStatus.ABSENT),
    **_table("п|ув|уп|у/п|неув|отс|отсутствовал|отсутствовала", MarkStatus.ABSENT),
    **_table("оп|опозд|опоздал|опоздала", MarkStatus.TARDY),
    **_table("•|·|●|∙|точка|долг", MarkStatus.DEBT),
}
_PASSED: Final = frozenset(("зач", "зачет", "зчт", "зачтено"))
_FAILED: Final = frozenset(("незач", "незачет", "нзч", "нз", "н/з", "незачтено", "не зачтено"))
_UNKNOWN: Final = Sign(None, None, MarkStatus.UNKNOWN)


@lru_cache(maxsize=4096)
def read_sign(text: str, scale: GradingScale) -> Sign:
    """What `text` says on `scale`.

    Words are read in any case, with or without a final full stop, ё as е. A number outside the
    scale keeps its value and has no place; on a scale without known ends no number has one.
    """
    sign = _SPACES.sub(" ", text.strip())
    if sign in {".", ".."}:
        return Sign(None, None, MarkStatus.DEBT)
    if scale is GradingScale.LETTERS:
        letter = _LETTER.fullmatch(sign.upper().translate(_CYRILLIC_LETTERS))
        if letter:
            return Sign(None, LETTERS.get(letter[1]), MarkStatus.GRADED)
    number = _NUMBER.fullmatch(sign)
    if number:
        value = Decimal(number[1].replace(",", "."))
        span = SPANS.get(scale)
        return Sign(value, span.place(value) if span else None, MarkStatus.GRADED)
    return _word(sign.casefold().rstrip(".").replace("ё", "е"))


def _word(word: str) -> Sign:
    if word in _PASSED:
        return Sign(None, 1.0, MarkStatus.GRADED)
    if word in _FAILED:
        return Sign(None, 0.0, MarkStatus.GRADED)
    status = _MEANINGS.get(word)
    return Sign(None, None, status) if status else _UNKNOWN
