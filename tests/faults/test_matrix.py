"""Every fault with every class of calls; the whole matrix with `--full`."""

import pytest

from tests.faults import local
from tests.faults.calls import CALLS, CallKind
from tests.faults.catalogue import FAULTS, PATTERNS, Group
from tests.faults.conftest import PROVIDER
from tests.faults.door import Door
from tests.faults.matrix import Case, full, play, seeded
from tests.faults.stage import Cast
from tests.faults.strikes import STRIKES

SEED = 20_260_901


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        whole = metafunc.config.getoption("--full", default=False)
        cases = full(PROVIDER) if whole else seeded(PROVIDER, SEED)
        metafunc.parametrize("case", cases, ids=str)


async def test_a_fault_ends_as_the_table_says_and_leaves_nothing_behind(
    case: Case, cast: Cast, door: Door
) -> None:
    assert (await play(case, cast, door)).wrong == []


def test_there_are_forty_faults_in_six_groups_and_somebody_shows_each() -> None:
    counts = {group: sum(fault.group is group for fault in FAULTS) for group in Group}
    assert list(counts.values()) == [5, 9, 10, 5, 7, 4]
    for fault in FAULTS:
        if fault.group is Group.LOCAL:
            assert fault.name in {*local.LEAVING, "clock jump"}
        elif fault.group is not Group.CONNECT:
            assert fault.name in STRIKES


def test_there_are_calls_of_every_class() -> None:
    counts = {kind: sum(call.kind is kind for call in CALLS[PROVIDER]) for kind in CallKind}
    assert list(counts.values()) == [6, 1, 3, 1, 2]
    assert len(full(PROVIDER)) == 40 * 13 * len(PATTERNS)
    assert len(seeded(PROVIDER, SEED)) == 40 * len(CallKind)
