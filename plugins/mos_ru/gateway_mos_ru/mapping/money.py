"""Kopecks into roubles."""

from decimal import Decimal
from typing import Final

_BITS: Final = 1 << 32
_SIGN: Final = 1 << 31


def roubles(kopecks: int | None) -> str | None:
    """Roubles as text for a `Decimal`; None for nothing told.

    A negative sum may arrive as the unsigned number of the same 32 bits (protocol notes 4.9). No
    family's account holds the twenty million roubles at which that would be ambiguous.
    """
    if kopecks is None:
        return None
    if _SIGN <= kopecks < _BITS:
        kopecks -= _BITS
    return str(Decimal(kopecks).scaleb(-2))
