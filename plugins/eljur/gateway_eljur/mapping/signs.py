"""What stands in one cell of the register → signs on their scales (notes 4.5).

A cell holds one sign, or two values of one piece of work: `3/5`, or `45` without anything between
them. The service tells no scale of a mark but its highest value, and that not always; the class
has one of its own.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from gateway.core.marks import read_sign
from gateway.core.marks.scales import SPANS
from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import MarkStatus
from gateway_eljur.mapping.context import Record

SCALES: Final = {
    "5": GradingScale.FIVE_POINT,
    "6": GradingScale.SIX_POINT,
    "7": GradingScale.SEVEN_POINT,
    "10": GradingScale.TEN_POINT,
    "12": GradingScale.TWELVE_POINT,
    "100": GradingScale.HUNDRED_POINT,
}
"""Scales by their highest mark; a number that is not here is a scale of the school's own."""

_ABSENCES: Final = frozenset({"н", "нб", "н/б", "б", "бол", "у", "ув", "уп", "у/п", "неув", "нп"})
_LATE: Final = frozenset({"оп", "опозд", "опоздал", "опоздала"})
_PARTS: Final = re.compile(r"10|[1-9]")
_MOST_PARTS: Final = 4
_LONGEST: Final = 32
_TEN: Final = Decimal(10)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is told.

    Attributes:
        text: What is printed.
        highest: Highest mark of its scale, as text; None where nothing tells it.
        counts: Whether it enters the average.
        convert: What it is worth; None for nothing.
    """

    text: str
    highest: str | None = None
    counts: bool | None = None
    convert: Decimal | None = None

    @property
    def scale(self) -> GradingScale:
        """Its scale."""
        if self.highest is None:
            return GradingScale.UNKNOWN
        return SCALES.get(self.highest, GradingScale.CUSTOM)


@lru_cache(maxsize=4096)
def letter_of(text: str) -> str | None:
    """The letter of an absence or a late arrival in lower case; None for any other sign."""
    letter = text.strip().casefold().rstrip(".")
    return letter if letter in _ABSENCES or letter in _LATE else None


def is_worth_something(cell: Cell) -> bool:
    """Whether the service counts the cell with a number: then it is a mark, whatever is printed."""
    return bool(cell.counts and cell.convert)


@lru_cache(maxsize=4096)
def values_of(cell: Cell) -> tuple[str, ...]:
    """The values of a cell in their order; one for most cells.

    A stroke divides a cell of known signs of which one is a number, as in `3/5` and `н/4`, but not
    `н/а`. Digits without a stroke are values of their own only in a cell that counts and whose
    number is too high for its scale, or where the service counts it as less. What the cell is
    worth has to lie between its values: `17/20` is points out of points.
    """
    text = cell.text
    if len(text) > _LONGEST or is_known(text, cell.scale):
        return (text,)
    if "/" in text:
        parts = tuple(part.strip() for part in text.split("/"))
        fits = all(is_known(part, cell.scale) for part in parts)
    else:
        parts = tuple(_PARTS.findall(text))
        fits = bool(cell.counts) and "".join(parts) == text
    if not fits or not 1 < len(parts) <= _MOST_PARTS:
        return (text,)
    numbers = [value for part in parts if (value := _number(part)) is not None]
    if not numbers or (cell.convert and not min(numbers) <= cell.convert <= max(numbers)):
        return (text,)
    span = SPANS.get(cell.scale)
    if span is None and not ("/" in text or cell.convert):
        return (text,)
    if span is not None and any(span.place(value) is None for value in numbers):
        return (text,)
    return parts


@lru_cache(maxsize=4096)
def is_known(text: str, scale: GradingScale) -> bool:
    """Whether a text is one sign: a number on its scale, a word, or a letter."""
    if letter_of(text) is not None:
        return True
    sign = read_sign(text, scale)
    if sign.value is None:
        return sign.status is not MarkStatus.UNKNOWN
    return sign.normalized is not None or (scale not in SPANS and sign.value <= _TEN)


def sign_fields(text: str, cell: Cell) -> Record:
    """The sign as printed with its scale, number, place and meaning.

    Args:
        text: One value of the cell.
        cell: The cell.
    """
    return dict(_sign_fields(text, cell))


@lru_cache(maxsize=4096)
def _sign_fields(text: str, cell: Cell) -> Record:
    """The same, made once for each sign and never changed: there are few signs."""
    fields: Record = {"text": text}
    is_worth = is_worth_something(cell) and text == cell.text
    letter = None if is_worth else letter_of(text)
    if letter is not None:
        fields["status"] = MarkStatus.TARDY if letter in _LATE else MarkStatus.ABSENT
        fields["status_text"] = text
        return fields
    scale = cell.scale
    sign = read_sign(text, scale)
    if is_worth and sign.status is not MarkStatus.GRADED:
        # A word of the school's own that counts is worth what the service makes of it.
        fields["status_text"] = text
        sign = read_sign(format(cell.convert or 0, "f"), scale)
    if sign.value is None and sign.normalized is not None and scale is not GradingScale.LETTERS:
        fields["scale"] = GradingScale.PASS_FAIL
    elif scale is not GradingScale.UNKNOWN and not _is_off(sign.value, scale):
        fields["scale"] = scale
        fields["scale_text"] = cell.highest
    if sign.value is not None:
        fields["value"] = str(sign.value)
    if sign.normalized is not None:
        fields["normalized"] = sign.normalized
    if sign.status is not MarkStatus.GRADED:
        fields["status"] = sign.status
        if sign.status is MarkStatus.UNKNOWN:
            fields["status_text"] = text
    return fields


def _is_off(value: Decimal | None, scale: GradingScale) -> bool:
    """Whether a number is not on the scale, which then is none of the mark's."""
    span = SPANS.get(scale)
    return value is not None and span is not None and span.place(value) is None


def _number(text: str) -> Decimal | None:
    return read_sign(text, GradingScale.UNKNOWN).value
