"""The whole fault matrix and every suite at length, before a release.

    python -m tests.faults.full [--jobs 2] [--only NAME]… [--provider NAME] [--write FILE]

It prints tables in Markdown, and what failed below them; the exit code says whether anything did.
"""

import argparse
import asyncio
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from tests.faults.door import door_at, fault_server
from tests.faults.figures import Figures
from tests.faults.flights import single_flight
from tests.faults.fuzzing import Fuzz
from tests.faults.isolation import isolation
from tests.faults.matrix import Verdict, full, play, summary
from tests.faults.models import models
from tests.faults.stage import Cast
from tests.faults.storms import storm
from tests.faults.weather import background, outage

Results = list[tuple[int, Verdict]]


def matrix(provider: str, jobs: int) -> tuple[Figures, str]:
    """Every case, shared out among processes, each with a fault server of its own."""
    cases = full(provider)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        parts = pool.map(_some_cases, [provider] * jobs, range(jobs), [jobs] * jobs)
        results = sorted((item for part in parts for item in part), key=lambda item: item[0])
    played = [(cases[number], verdict) for number, verdict in results]
    figures = Figures(f"fault matrix, {provider}", f"{len(played)} cases", "")
    for case, verdict in played:
        figures.require(not verdict.wrong, f"{case}: {'; '.join(verdict.wrong)}")
    slow = sum(verdict.rerun and not verdict.wrong for _, verdict in played)
    passed = len(played) - len(figures.wrong)
    figures.found = f"{passed} as foretold, {slow} of them at the slower pace only"
    return figures, summary(played)


def _some_cases(provider: str, first: int, step: int) -> Results:
    async def run(port: int) -> Results:
        cast = Cast(provider)
        cases = list(enumerate(full(provider)))[first::step]
        async with door_at(port) as door:
            return [(number, await play(case, cast, door)) for number, case in cases]

    with fault_server(provider) as port:
        return asyncio.run(run(port))


def _storm(provider: str) -> Figures:
    async def run(port: int) -> Figures:
        async with door_at(port) as door:
            return await storm(Cast(provider), door, seeds=10, cancels=1_200)

    with fault_server(provider) as port:
        return asyncio.run(run(port))


def _flights(provider: str) -> Figures:
    async def run(port: int) -> Figures:
        async with door_at(port) as door:
            return await single_flight(Cast(provider), door, callers=1_000)

    with fault_server(provider) as port:
        return asyncio.run(run(port))


SUITES: Final[dict[str, Callable[[str], Figures]]] = {
    "storms": _storm,
    "flights": _flights,
    "isolation": lambda _: asyncio.run(isolation(interleavings=10_000, seed=1)),
    "models": lambda _: models(runs=2_000, steps=50),
    "outage": lambda _: asyncio.run(outage(seeds=20)),
    "background": lambda _: asyncio.run(background(reads=10_000, seed=1)),
    "fuzz": lambda provider: asyncio.run(Fuzz(Cast(provider)).run(runs=10_000, seed=1)),
}


def main(arguments: Sequence[str]) -> int:
    """Runs what was asked for; 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.full")
    parser.add_argument("--provider", default="dnevnik_ru")
    parser.add_argument("--jobs", type=int, default=2, help="processes for the matrix")
    parser.add_argument("--only", action="append", choices=["matrix", *SUITES], default=[])
    parser.add_argument("--write", type=Path, help="also write the tables to a file")
    asked = parser.parse_args(arguments)
    chosen = asked.only or ["matrix", *SUITES]
    found: list[Figures] = []
    tables: list[str] = []
    for name in chosen:
        begun = time.monotonic()
        if name == "matrix":
            figures, table = matrix(asked.provider, asked.jobs)
            tables.append(table)
        else:
            figures = SUITES[name](asked.provider)
        found.append(figures)
        _say(f"{figures.row} {time.monotonic() - begun:.0f} s")
    head = "| Suite | Count | Found | Passes |\n|---|---|---|---|"
    text = "\n\n".join([*tables, "\n".join([head, *(item.row for item in found)])]) + "\n"
    wrong = [line for item in found for line in item.wrong]
    _say("\n" + text + "\n".join(wrong))
    if asked.write is not None:
        asked.write.write_text(text, encoding="utf-8")
    return 1 if wrong else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
