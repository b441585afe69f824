from tests.faults.door import Door
from tests.faults.flights import single_flight
from tests.faults.stage import Cast


async def test_a_thousand_callers_are_one_upstream_call(cast: Cast, door: Door) -> None:
    assert (await single_flight(cast, door, callers=1_000)).wrong == []
