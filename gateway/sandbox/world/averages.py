"""Averages of marks: inside a cell first, then over cells."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from gateway.sandbox.world.model import Mark

_CENT, _ZERO = Decimal("0.01"), Decimal(0)


def average(marks: Iterable[Mark], *, weighted: bool = True) -> Decimal | None:
    """Mean of the marks that count, to two places; None when there are none.

    A cell with two values («4/5») enters once, with their mean. The marks must be of one pupil
    and one scale.
    """
    cells: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.counts and mark.value is not None:
            cells.setdefault(mark.assignment_key, []).append(mark)
    total, weights = Decimal(0), 0
    for cell in cells.values():
        weight = cell[0].weight if weighted else 1
        values = [mark.value for mark in cell if mark.value is not None]
        total += sum(values, _ZERO) / len(values) * weight
        weights += weight
    return (total / weights).quantize(_CENT, ROUND_HALF_UP) if weights else None


def rounded(value: Decimal, rounding: Decimal) -> int:
    """The whole grade of an average: up when its fraction reaches ``rounding``."""
    whole = int(value)
    return whole + 1 if value - whole >= rounding else whole
