"""What a timed part costs: CPU, wall time, memory, and J around it."""

import asyncio
import gc
import resource
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from types import TracebackType
from typing import Final, Self

from benchmarks.calibrate import Calibration, unit

Metrics = dict[str, float]
"""Figures of one sample by name; the main ones are `cpu_us` (per operation) and `cpu_j`."""

_KEPT_EVERY: Final = 16


@dataclass(slots=True)
class Meter:
    """`with` it around a timed part of this process; threads count too.

    Attributes:
        operations: How many operations the part holds; may be set inside the block.
        cpu: Seconds of CPU, user and system.
        wall: Seconds.
    """

    operations: int = 1
    cpu: float = 0.0
    wall: float = 0.0
    faults: int = 0
    calibration: Calibration = field(default_factory=lambda: Calibration(1.0, 1.0))
    _before: float = 0.0

    def __enter__(self) -> Self:
        gc.collect()
        self._before = unit()
        self.cpu, self.faults = _used()
        self.wall = time.perf_counter()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.wall = time.perf_counter() - self.wall
        cpu, faults = _used()
        self.cpu, self.faults = cpu - self.cpu, faults - self.faults
        self.calibration = Calibration(self._before, unit())

    def metrics(self, **extra: float) -> Metrics:
        """The sample's figures."""
        cpu_us = self.cpu / self.operations * 1e6
        return {
            "cpu_us": cpu_us,
            "cpu_j": cpu_us / self.calibration.unit,
            "wall_us": self.wall / self.operations * 1e6,
            "rate": self.operations / self.wall,
            "operations": self.operations,
            "faults": self.faults,
            "rss_mb": peak_mb(),
            "j_us": self.calibration.unit,
            "drift": self.calibration.drift,
            **extra,
        }


def _used() -> tuple[float, int]:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_minflt


def peak_mb() -> float:
    """Largest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident_bytes() -> int:
    """Resident size of this process now."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - not a path to keep
        return int(file.read().split()[1]) * resource.getpagesize()


async def drive(call: Callable[[int], Awaitable[object]], calls: int, workers: int) -> list[object]:
    """Calls by some workers over one counter; every sixteenth result is kept for checking."""
    numbers = iter(range(calls))
    kept: list[object] = []

    async def work() -> None:
        for number in numbers:
            result = await call(number)
            if number % _KEPT_EVERY == 0:
                kept.append(result)

    await asyncio.gather(*(work() for _ in range(workers)))
    return kept


def blocks(action: Callable[[], object], *, repeats: int, count: int) -> list[float]:
    """CPU microseconds of one action, one figure per block."""
    found = []
    for _ in range(count):
        started = time.process_time()
        for _ in range(repeats):
            action()
        found.append((time.process_time() - started) / repeats * 1e6)
    return found


def check_all(results: Sequence[object], expected: object) -> None:
    """Raises unless every result is the expected one: a wrong answer has no speed."""
    if not results:
        raise AssertionError("nothing was kept to check")
    for result in results:
        if result != expected:
            raise AssertionError("a timed answer is not the expected one")


def middle(values: Sequence[float]) -> float:
    """The median."""
    return median(values)
