import pytest

from tests.faults.models import models


@pytest.mark.timeout(900)
def test_breaker_budget_and_limiter_are_equal_to_their_models(full: bool) -> None:
    if not full:
        pytest.skip("the pipeline's own tests run the same models shorter")
    assert models(runs=2_000, steps=50).wrong == []
