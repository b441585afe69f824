import pytest

from tests.faults.door import Door
from tests.faults.stage import Cast
from tests.faults.storms import storm


@pytest.mark.timeout(900)
async def test_callers_that_leave_by_the_hundred_leave_nothing_behind(
    cast: Cast, door: Door, full: bool
) -> None:
    seeds, cancels = (10, 1_200) if full else (2, 150)
    assert (await storm(cast, door, seeds=seeds, cancels=cancels)).wrong == []
