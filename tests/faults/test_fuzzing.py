import pytest

from tests.faults.fuzzing import Fuzz
from tests.faults.stage import Cast


@pytest.mark.timeout(900)
async def test_only_the_error_tree_escapes_from_spoiled_answers(cast: Cast, full: bool) -> None:
    figures = await Fuzz(cast).run(runs=10_000 if full else 300, seed=1)
    assert figures.wrong == []
