"""What Russian marks mean: signs on their scales, and averages of them."""

from gateway.core.marks.averages import Scored, average, scored, weighted_average
from gateway.core.marks.signs import Sign, read_sign

__all__ = ["Scored", "Sign", "average", "read_sign", "scored", "weighted_average"]
