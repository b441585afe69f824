"""Averages that the gateway computes itself.

A cell of the register may hold several values (`4/5`). They are averaged inside the cell first,
and the cell then weighs like one mark, unless the provider is declared to weigh each. The weight
of a cell is the mean of its values' weights. Sums are exact; the result is rounded once, half up,
to two digits, as schools do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from gateway.core.model.base import NOT_LOADED
from gateway.core.model.marks import MarkStatus

DIGITS: Final = 2


@dataclass(frozen=True, slots=True)
class Scored:
    """One value that enters an average.

    Attributes:
        value: Number on the scale.
        weight: Weight in the weighted average; 1 where the provider has no weights.
        cell: Key shared by the values of one cell; None for a value alone in its cell.
    """

    value: Decimal
    weight: Decimal = Decimal(1)
    cell: str | None = None


def scored(records: Iterable[Mapping[str, object]]) -> list[Scored]:
    """What enters an average out of marks as plain data.

    Left out are signs without a number, marks that do not count, and everything but graded ones.
    A mark whose weight is unknown weighs 1.
    """
    return [
        Scored(
            Decimal(str(record["value"])),
            Decimal(str(_or(record.get("weight"), 1))),
            None if record.get("cell") is None else str(record["cell"]),
        )
        for record in records
        if record.get("value") is not None
        and record.get("counts") is not False
        and record.get("status", MarkStatus.GRADED) == MarkStatus.GRADED
    ]


def average(marks: Iterable[Scored], *, cells_weigh_once: bool = True) -> Decimal | None:
    """The plain average, rounded half up to two digits; None without marks."""
    cells = _cells(marks, once=cells_weigh_once)
    if not cells:
        return None
    return _rounded(sum((value for value, _ in cells), Fraction()) / len(cells))


def weighted_average(marks: Iterable[Scored], *, cells_weigh_once: bool = True) -> Decimal | None:
    """The weighted average, rounded half up to two digits; None without any weight above 0."""
    cells = [cell for cell in _cells(marks, once=cells_weigh_once) if cell[1] > 0]
    if not cells:
        return None
    total = sum((weight for _, weight in cells), Fraction())
    return _rounded(sum((value * weight for value, weight in cells), Fraction()) / total)


def _or(value: object, default: object) -> object:
    return default if value is None or value is NOT_LOADED else value


def _cells(marks: Iterable[Scored], *, once: bool) -> list[tuple[Fraction, Fraction]]:
    """Value and weight of every cell."""
    alone: list[tuple[Fraction, Fraction]] = []
    shared: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for mark in marks:
        pair = (Fraction(mark.value), Fraction(mark.weight))
        if once and mark.cell is not None:
            shared.setdefault(mark.cell, []).append(pair)
        else:
            alone.append(pair)
    return alone + [_mean(pairs) for pairs in shared.values()]


def _mean(pairs: list[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    count = len(pairs)
    values = sum((value for value, _ in pairs), Fraction())
    weights = sum((weight for _, weight in pairs), Fraction())
    return values / count, weights / count


def _rounded(value: Fraction) -> Decimal:
    scale: int = 10**DIGITS
    scaled = abs(value) * scale
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += rest * 2 >= scaled.denominator
    return Decimal(whole if value >= 0 else -whole).scaleb(-DIGITS)
