import pytest

from tests.faults.isolation import isolation


@pytest.mark.timeout(900)
async def test_no_byte_of_one_family_reaches_another(full: bool) -> None:
    assert (await isolation(interleavings=10_000 if full else 150, seed=1)).wrong == []
