"""The goals P1 to P14 and where a run stands on each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from benchmarks.runner import Samples

NEAR: Final = 1.15
"""A goal passes when the median does and the worst kept round is within 15 % of it; it is near
when the median itself is within 15 %."""

QUIET_J: Final = 130.0
"""Microseconds of one J on the machine and in the phase in which absolute goals were set."""

Results = Mapping[str, Samples]
Figure = Callable[[Results], list[float]]


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal.

    Attributes:
        number: P1 …
        text: What is wanted.
        limit: The bound of the figure.
        figure: One value per round in which everything it needs was kept.
        stretch: A further bound.
        at_least: Whether more is better.
        unit: Of the figure.
    """

    number: str
    text: str
    limit: float
    figure: Figure
    stretch: float | None = None
    at_least: bool = False
    unit: str = "×"

    def standing(self, results: Results) -> "Standing":
        """Where a run stands."""
        values = self.figure(results)
        if not values:
            return Standing(self, (), "not measured")
        return Standing(self, tuple(values), self._verdict(values))

    def _verdict(self, values: list[float]) -> str:
        middle = median(values)
        worst = min(values) if self.at_least else max(values)
        if self._within(middle, self.limit):
            if not self._within(worst, self._eased(self.limit)):
                return "near"
            reached = self.stretch is not None and self._within(middle, self.stretch)
            return "pass, stretch" if reached else "pass"
        return "near" if self._within(middle, self._eased(self.limit)) else "miss"

    def _within(self, value: float, limit: float) -> bool:
        return value >= limit if self.at_least else value <= limit

    def _eased(self, limit: float) -> float:
        return limit / NEAR if self.at_least else limit * NEAR


@dataclass(frozen=True, slots=True)
class Standing:
    """A goal with the values of a run."""

    goal: Goal
    values: tuple[float, ...]
    verdict: str


def ratio(over: str, under: str, metric: str = "cpu_j") -> Figure:
    """One cell's figure over another's, round by round."""

    def figure(results: Results) -> list[float]:
        if over not in results or under not in results:
            return []
        above, below = results[over].kept, results[under].kept
        return [above[n][metric] / below[n][metric] for n in sorted(above) if n in below]

    return figure


def value(cell: str, metric: str, factor: float = 1.0) -> Figure:
    """One cell's own figure."""

    def figure(results: Results) -> list[float]:
        kept = results[cell].kept if cell in results else {}
        return [kept[n][metric] * factor for n in sorted(kept)]

    return figure


def quiet(cell: str, metric: str) -> Figure:
    """A figure in microseconds as it would be where one J takes 130 µs."""

    def figure(results: Results) -> list[float]:
        kept = results[cell].kept if cell in results else {}
        return [kept[n][metric] / kept[n]["j_us"] * QUIET_J for n in sorted(kept)]

    return figure


def whole(cell: str, metric: str) -> Figure:
    """A figure of a cell that was measured at its full size."""

    def figure(results: Results) -> list[float]:
        if cell not in results:
            return []
        size, kept = results[cell].cell.calls, results[cell].kept
        return [kept[n][metric] for n in sorted(kept) if kept[n].get("weeks", 0) >= size]

    return figure


def pause(cell: str) -> Figure:
    """The longest pause of a cell of full size, where one J takes 130 µs."""

    def figure(results: Results) -> list[float]:
        pauses, units = whole(cell, "longest_pause_ms")(results), whole(cell, "j_us")(results)
        return [pause / unit * QUIET_J for pause, unit in zip(pauses, units, strict=True)]

    return figure


GOALS: Final = (
    Goal("P1", "full call over raw, 1 in flight", 1.15, ratio("call-1", "raw-1"), 0.6),
    Goal("P2", "full call over raw, 16 in flight", 0.75, ratio("call-16", "raw-16"), 0.45),
    Goal("P3a", "full call over raw, 64 in flight", 0.25, ratio("call-64", "raw-64")),
    Goal("P3b", "the same, raw with its default limits", 0.6, ratio("call-64", "raw-64-default")),
    Goal(
        "P4",
        "throughput over raw, 256 in flight, 100 ms",
        10.0,
        ratio("call-256-slow", "raw-256-slow", "rate"),
        18.0,
        at_least=True,
    ),
    Goal("P5", "256 in flight over 1 in flight", 2.0, ratio("call-256", "call-1")),
    Goal("P6a", "own layers per miss, 1 in flight", 0.25, value("layers-miss", "cpu_j"), unit="J"),
    Goal("P6a", "the same, 16 in flight", 0.25, value("layers-miss-16", "cpu_j"), unit="J"),
    Goal("P6b", "hit of the decoded layer, p50", 3.0, quiet("layers-hit", "p50_us"), unit="µs*"),
    Goal("P7a", "bytes to models, 40 lessons", 2.5, value("parse-week", "cpu_j"), 1.7, unit="J"),
    Goal(
        "P7b",
        "the same over netschoolpy, as many bytes",
        0.6,
        ratio("parse-week", "peer-netschool-parse"),
    ),
    Goal("P8a", "opening a stored account", 50.0, quiet("accounts-10000", "cpu_us"), unit="µs*"),
    Goal("P8b", "memory of an open account", 4.0, value("accounts-10000", "kb_each"), unit="KB"),
    Goal("P8c", "connections for 1,000 accounts", 64.0, value("bulk", "connections"), unit=""),
    Goal("P9a", "100,000 cached weeks", 1024.0, whole("weeks", "resident_mb"), unit="MB"),
    Goal("P9b", "longest pause with them", 50.0, pause("weeks"), unit="ms*"),
    Goal("P9b", "the same, 128 decoded entries", 50.0, pause("weeks-128"), unit="ms*"),
    Goal(
        "P10a",
        "accounts a second and core, 4 calls each",
        150.0,
        lambda results: [1e6 / item for item in quiet("bulk", "cpu_us")(results)],
        at_least=True,
        unit="/s*",
    ),
    Goal(
        "P10b",
        "the same with [fast]",
        250.0,
        lambda results: [1e6 / item for item in quiet("bulk-fast", "cpu_us")(results)],
        at_least=True,
        unit="/s*",
    ),
    Goal("P11a", "import gateway", 130.0, quiet("imports", "package_ms"), 80.0, unit="ms*"),
    Goal("P11b", "with AsyncGateway", 130.0, quiet("imports", "names_ms"), 80.0, unit="ms*"),
    Goal("P12", "synchronous twin over async", 60.0, quiet("facade", "added_us"), unit="µs*"),
    Goal("P13", "1,000 callers of one key", 25.0, quiet("single-flight", "cpu_ms"), unit="ms*"),
    Goal(
        "P14a",
        "parsing over school-mosreg-api, same bytes",
        1.0,
        ratio("parse-week", "peer-mosreg-parse"),
    ),
    Goal("P14b", "call over school-mosreg-api, c=1", 1.0, ratio("call-1", "peer-mosreg-1")),
    Goal("P14c", "call over school-mosreg-api, c=16", 1.0, ratio("call-16", "peer-mosreg-16")),
    Goal("P14d", "call over netschoolpy, c=1", 1.0, ratio("call-1", "peer-netschool-1")),
    Goal("P14e", "call over netschoolpy, c=16", 1.0, ratio("call-16", "peer-netschool-16")),
    Goal("P14f", "call over pydnevnikruapi async, c=1", 1.0, ratio("call-1", "peer-pydnevnik-1")),
    Goal(
        "P14g", "call over pydnevnikruapi async, c=16", 1.0, ratio("call-16", "peer-pydnevnik-16")
    ),
    Goal("P14h", "call over pydnevnikruapi sync", 1.0, ratio("call-1", "peer-pydnevnik-sync")),
    Goal("P14i", "[fast] over pydnevnikruapi async, c=1", 1.0, ratio("fast-1", "peer-pydnevnik-1")),
    Goal(
        "P14j",
        "[fast] over pydnevnikruapi async, c=16",
        1.0,
        ratio("fast-16", "peer-pydnevnik-16"),
    ),
)
