"""Runs samples: each in a fresh process, rounds in shuffled order, the unsteady ones dropped."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.calibrate import MOST_DRIFT
from benchmarks.measure import Metrics
from benchmarks.peers import Environments
from benchmarks.plan import Cell
from benchmarks.run import Run

ROOT: Final = Path(__file__).parents[1]
_PATIENCE: Final = 900
_TRIES: Final = 3
"""A sample that drifted is measured again at most twice, then the round lacks it."""


@dataclass
class Samples:
    """What one cell gave.

    Attributes:
        kept: Figures by round.
        dropped: How many samples drifted.
        problem: Why it could not be measured.
    """

    cell: Cell
    kept: dict[int, Metrics] = field(default_factory=dict)
    dropped: int = 0
    problem: str = ""


@contextmanager
def server(environ: dict[str, str]) -> Iterator[str]:
    """The server in a process of its own; its origin."""
    command = [sys.executable, "-m", "benchmarks.server"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=environ)
    try:
        if process.stdout is None:
            raise RuntimeError("the server has no output")
        port = int(process.stdout.readline())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def environment(scratch: Path) -> dict[str, str]:
    """The environment of all processes; bytecode is kept, as it is where a package is installed."""
    environ = {**os.environ, "PYTHONPYCACHEPREFIX": str(scratch / "bytecode")}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    path = os.pathsep.join([str(ROOT), str(ROOT / "plugins" / "dnevnik_ru")])
    environ["PYTHONPATH"] = path
    return environ


def measure(
    cells: Sequence[Cell],
    *,
    rounds: int,
    quick: bool,
    seed: int,
    scratch: Path,
    tell: Callable[[str], None],
    keep: Callable[[list[Samples]], None],
) -> None:
    """Measures all samples of a run.

    Args:
        cells: What to measure.
        rounds: How often, at most.
        quick: Whether samples are short.
        seed: Of the order within each round.
        scratch: Folder for environments and files.
        tell: Takes a line of progress.
        keep: Takes everything measured so far, after each round.
    """
    environ = environment(scratch)
    environments = Environments(scratch)
    found = {cell.name: Samples(cell) for cell in cells}
    order = Random(seed)
    with server(environ) as origin:
        for number in range(rounds):
            due = [cell for cell in cells if number < min(rounds, cell.rounds)]
            order.shuffle(due)
            tell(f"round {number + 1} of {rounds}: {len(due)} cells")
            for cell in due:
                samples = found[cell.name]
                if not samples.problem:
                    calls = (cell.quick or cell.calls) if quick else cell.calls
                    place = scratch / f"{cell.name}-{number}"
                    place.mkdir(exist_ok=True)
                    run = Run(
                        origin=origin,
                        calls=calls,
                        workers=cell.workers,
                        latency=cell.latency,
                        variant=cell.variant,
                        scratch=str(place),
                    )
                    _sample(samples, number, run, environ, environments)
            keep(list(found.values()))


def _sample(
    samples: Samples,
    number: int,
    run: Run,
    environ: dict[str, str],
    environments: Environments,
) -> None:
    cell = samples.cell
    python, environ = sys.executable, dict(environ)
    if cell.peer:
        found = environments.python(cell.peer)
        if found is None:
            samples.problem = f"not installed: {environments.missing[cell.peer]}"
            return
        python, environ["PYTHONPATH"] = found, str(ROOT)
    elif cell.extra:
        extra = environments.fast()
        if extra is None:
            samples.problem = f"not installed: {environments.missing['fast']}"
            return
        environ["PYTHONPATH"] += os.pathsep + extra
    for _ in range(_TRIES):
        try:
            metrics = _child(python, cell.function, run, environ)
        except (ValueError, subprocess.SubprocessError) as error:
            samples.problem = str(error)[-400:]
            return
        if metrics["drift"] <= MOST_DRIFT or cell.rounds == 1:
            samples.kept[number] = metrics
            return
        samples.dropped += 1


def _child(python: str, function: str, run: Run, environ: dict[str, str]) -> Metrics:
    command = [python, "-m", "benchmarks.child", function, json.dumps(asdict(run))]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, timeout=_PATIENCE, check=False
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise ValueError(lines[-1] if lines else f"exit code {done.returncode}")
    return {name: float(value) for name, value in json.loads(done.stdout).items()}
