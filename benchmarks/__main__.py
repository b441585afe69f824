"""`python -m benchmarks`: measures, prints two tables and writes `results/latest.json`."""

import argparse
import sys
from pathlib import Path
from typing import Final

from benchmarks import peers, plan, report
from benchmarks.runner import Samples, measure

RESULTS: Final = Path(__file__).parent / "results" / "latest.json"


def main(arguments: list[str] | None = None) -> int:
    """Runs the benchmarks; exit code 2 for a cell that does not exist."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 short rounds of the main cells")
    parser.add_argument("--only", metavar="CELL", help="one cell, or all whose names begin so")
    parser.add_argument("--json", type=Path, default=RESULTS, help="where to write the figures")
    parser.add_argument("--rounds", type=int, help="rounds, 9 or with --quick 3 if absent")
    parser.add_argument("--seed", type=int, default=1, help="of the order of the cells")
    options = parser.parse_args(arguments)
    try:
        cells = plan.chosen(options.only, quick=options.quick)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    rounds = options.rounds or (plan.QUICK_ROUNDS if options.quick else plan.FULL_ROUNDS)
    samples: list[Samples] = []

    def keep(measured: list[Samples]) -> None:
        samples[:] = measured
        found = report.standings(samples)
        report.write(options.json, report.document(samples, found, seed=options.seed))

    with peers.scratch() as scratch:
        measure(
            cells,
            rounds=rounds,
            quick=options.quick,
            seed=options.seed,
            scratch=Path(scratch),
            tell=lambda line: print(line, file=sys.stderr, flush=True),
            keep=keep,
        )
    found = report.standings(samples)
    print(report.table(samples))
    if found:
        print(f"\n{report.goal_table(found)}")
        print("* as it would be where one J takes 130 µs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
