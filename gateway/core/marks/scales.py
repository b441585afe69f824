"""Where a number or a letter stands on its grading scale."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gateway.core.model.grading import GradingScale


@dataclass(frozen=True, slots=True)
class Span:
    """The worst and the best number of a scale."""

    worst: Decimal
    best: Decimal

    def place(self, value: Decimal) -> float | None:
        """The place of `value`: 0 worst, 1 best, None outside the scale."""
        if not self.worst <= value <= self.best:
            return None
        return float((value - self.worst) / (self.best - self.worst))


SPANS: Final = {
    GradingScale.FIVE_POINT: Span(Decimal(1), Decimal(5)),
    GradingScale.SIX_POINT: Span(Decimal(1), Decimal(6)),
    GradingScale.SEVEN_POINT: Span(Decimal(1), Decimal(7)),
    GradingScale.TEN_POINT: Span(Decimal(1), Decimal(10)),
    GradingScale.TWELVE_POINT: Span(Decimal(1), Decimal(12)),
    GradingScale.HUNDRED_POINT: Span(Decimal(0), Decimal(100)),
}
"""Scales of numbers; a mark of 1 exists on the five-point scale, however rare it is."""

LETTERS: Final = {"A": 1.0, "B": 0.75, "C": 0.5, "D": 0.25, "F": 0.0}
"""Places of the letters of the scale A, B, C, D, F."""
