"""The unit J: the CPU time of one stdlib `json.loads` of the 26 KB week, here and now.

Absolute microseconds are not portable, not even between two minutes of one machine, so every
sample carries its own J, taken in the same process right before and right after the timed part.
"""

import json
import time
from dataclasses import dataclass
from statistics import median
from typing import Final

from benchmarks import payloads

MOST_DRIFT: Final = 0.12
"""Samples whose two calibrations differ by more than this part are dropped."""

_BLOCKS: Final = 9
_LOADS: Final = 40


def unit() -> float:
    """One J in microseconds of CPU, the median of nine blocks of forty loads."""
    body = payloads.week()
    loads = json.loads
    blocks = []
    for _ in range(_BLOCKS):
        started = time.process_time()
        for _ in range(_LOADS):
            loads(body)
        blocks.append((time.process_time() - started) / _LOADS)
    return median(blocks) * 1e6


@dataclass(frozen=True, slots=True)
class Calibration:
    """J around one timed part, in microseconds."""

    before: float
    after: float

    @property
    def unit(self) -> float:
        """J for the timed part."""
        return (self.before + self.after) / 2

    @property
    def drift(self) -> float:
        """How far the two differ, as a part of the smaller."""
        return abs(self.before - self.after) / min(self.before, self.after)

    @property
    def steady(self) -> bool:
        """Whether the sample may be kept."""
        return self.drift <= MOST_DRIFT
