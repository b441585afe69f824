"""What Russian marks mean: signs on their scales, kinds of work, and averages."""

from gateway.core.marks.averages import Scored, average, scored, weighted_average
from gateway.core.marks.signs import Sign, read_sign
from gateway.core.marks.works import work_kind

__all__ = [
    "Scored",
    "Sign",
    "average",
    "read_sign",
    "scored",
    "weighted_average",
    "work_kind",
]
