"""One quick cell of the benchmarks, from the command to its table and figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.goals import Goal, value
from benchmarks.plan import CELLS, chosen
from benchmarks.runner import Samples

ROOT = Path(__file__).parents[2]


def test_one_cell_prints_its_line_and_writes_its_figures(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--rounds", "1", "--only", "call-1"]

    done = subprocess.run(
        [*command, "--json", str(figures)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    head, line, *_ = done.stdout.splitlines()
    assert head.split()[0] == "cell"
    assert line.split()[0] == "call-1"
    told = json.loads(figures.read_text(encoding="utf-8"))
    cell = told["cells"]["call-1"]
    assert told["schema"] == "diary-gateway-benchmarks/1"
    assert cell["problem"] is None
    assert cell["limits"] == 1
    assert cell["rounds"] or cell["dropped"]
    for metrics in cell["rounds"].values():
        assert metrics["operations"] == 150
        assert metrics["cpu_us"] > 0
        assert metrics["drift"] <= 0.12


def test_an_unknown_cell_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(LookupError, match="parse-week"):
        chosen("no-such-cell", quick=False)


def test_every_quick_cell_needs_neither_a_peer_nor_an_extra() -> None:
    assert [cell.name for cell in CELLS if cell.quick and (cell.peer or cell.extra)] == []


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ((0.9, 1.0, 1.1), "pass"),
        ((0.5, 0.5, 0.5), "pass, stretch"),
        ((0.9, 1.0, 1.2), "near"),
        ((1.0, 1.1, 1.12), "near"),
        ((1.1, 1.2, 1.3), "miss"),
        ((), "not measured"),
    ],
)
def test_a_goal_passes_by_its_median_unless_a_round_is_far_off(
    values: tuple[float, ...], verdict: str
) -> None:
    goal = Goal("P0", "nothing", 1.0, lambda _: list(values), stretch=0.6)

    assert goal.standing({}).verdict == verdict


def test_a_round_without_a_kept_sample_tells_no_value() -> None:
    cell = CELLS[0]
    samples = Samples(cell, kept={0: {"cpu_j": 2.0}, 2: {"cpu_j": 3.0}}, dropped=3)

    assert value(cell.name, "cpu_j")({cell.name: samples}) == [2.0, 3.0]
