"""Tables and JSON out of samples."""

import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.goals import GOALS, Standing
from benchmarks.runner import Samples


def standings(samples: Sequence[Samples]) -> list[Standing]:
    """Where the run stands on each goal that it measured."""
    results = {item.cell.name: item for item in samples}
    found = [goal.standing(results) for goal in GOALS]
    return [item for item in found if item.values]


def table(samples: Sequence[Samples]) -> str:
    """A line per cell: medians over the kept rounds, the range of J, limits, the own figure."""
    head = ("cell", "CPU µs", "J", "J min–max", "rate/s", "limits", "kept", "")
    lines = [head]
    for item in samples:
        kept = list(item.kept.values())
        if not kept:
            why = item.problem or "every sample drifted"
            lines.append((item.cell.name, "–", "–", "–", "–", "–", f"0+{item.dropped}", why))
            continue
        j = [metrics["cpu_j"] for metrics in kept]
        own = item.cell.figure
        figure = f"{own} {_short(_middle(item, own))}" if own else ""
        lines.append(
            (
                item.cell.name,
                _short(_middle(item, "cpu_us")),
                _short(median(j)),
                f"{_short(min(j))}–{_short(max(j))}",
                _short(_middle(item, "rate")),
                str(item.cell.workers),
                f"{len(kept)}+{item.dropped}",
                f"{item.cell.title}; {figure}" if figure else item.cell.title,
            )
        )
    return _laid_out(lines)


def goal_table(found: Sequence[Standing]) -> str:
    """A line per goal: bound, median, range, verdict."""
    lines = [("goal", "", "bound", "median", "min–max", "rounds", "verdict")]
    for item in found:
        goal, values = item.goal, item.values
        sign = "≥" if goal.at_least else "≤"
        lines.append(
            (
                goal.number,
                goal.text,
                f"{sign} {_short(goal.limit)} {goal.unit}".rstrip(),
                _short(median(values)),
                f"{_short(min(values))}–{_short(max(values))}",
                str(len(values)),
                item.verdict,
            )
        )
    return _laid_out(lines)


def document(samples: Sequence[Samples], found: Sequence[Standing], *, seed: int) -> str:
    """Everything as JSON."""
    return json.dumps(
        {
            "schema": "diary-gateway-benchmarks/1",
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "python": sys.version.split()[0],
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
            "seed": seed,
            "cells": {
                item.cell.name: {
                    "title": item.cell.title,
                    "limits": item.cell.workers,
                    "dropped": item.dropped,
                    "problem": item.problem or None,
                    "rounds": item.kept,
                }
                for item in samples
            },
            "goals": [
                {
                    "goal": item.goal.number,
                    "text": item.goal.text,
                    "bound": item.goal.limit,
                    "at_least": item.goal.at_least,
                    "median": median(item.values),
                    "min": min(item.values),
                    "max": max(item.values),
                    "rounds": len(item.values),
                    "verdict": item.verdict,
                }
                for item in found
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def write(path: Path, text: str) -> None:
    """Writes a file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


def _middle(item: Samples, metric: str) -> float:
    return median(metrics[metric] for metrics in item.kept.values())


def _short(number: float) -> str:
    if abs(number) >= 100:  # noqa: PLR2004 - three figures are enough
        return f"{number:,.0f}"
    return f"{number:.3g}"


def _laid_out(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    laid = (
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
    return "\n".join(laid)
