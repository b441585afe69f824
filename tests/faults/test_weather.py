import pytest

from tests.faults.weather import background, outage


@pytest.mark.timeout(900)
async def test_a_minute_without_the_provider_is_borne(full: bool) -> None:
    assert (await outage(seeds=20 if full else 3)).wrong == []


@pytest.mark.timeout(900)
async def test_one_failure_in_twenty_is_not_noticed(full: bool) -> None:
    assert (await background(reads=10_000 if full else 2_000, seed=1)).wrong == []
