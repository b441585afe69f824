"""The kit must fail for a provider that does something wrong, and say what."""

import pytest

from gateway.testing.factory import run_scenario
from tests.testing.mutants import MUTANTS, bench_of


@pytest.mark.parametrize("name", MUTANTS)
def test_every_mutant_is_caught_by_its_scenario(name: str) -> None:
    mutant = MUTANTS[name]
    with bench_of(**mutant.changes()) as bench, pytest.raises(AssertionError) as caught:
        run_scenario(bench, mutant.scenario, mutant.case)
    assert mutant.says in str(caught.value)


@pytest.mark.parametrize("name", MUTANTS)
def test_the_same_scenario_passes_for_the_unharmed_provider(name: str) -> None:
    mutant = MUTANTS[name]
    with bench_of() as bench:
        run_scenario(bench, mutant.scenario, mutant.case)
