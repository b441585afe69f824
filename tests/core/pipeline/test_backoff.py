from random import Random

import pytest
import tenacity
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import ProviderTimeout, RateLimited
from gateway.core.pipeline.backoff import IN_BULK, INTERACTIVE, Backoff


@given(n=st.integers(0, 5_000), seed=st.integers(0, 2**32), throttled=st.booleans())
def test_every_wait_lies_between_zero_and_its_ceiling(n: int, seed: int, throttled: bool) -> None:
    base = 1.0 if throttled else 0.25
    ceiling = min(8.0, base * 2 ** min(n, 10))
    assert 0.0 <= INTERACTIVE.delay(n, Random(seed), throttled=throttled) <= ceiling


@pytest.mark.parametrize(
    "backoff, throttled, ceilings",
    [
        (INTERACTIVE, False, [0.25, 0.5, 1, 2, 4, 8, 8]),
        (INTERACTIVE, True, [1, 2, 4, 8, 8]),
        (IN_BULK, False, [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30]),
        (IN_BULK, True, [1, 2, 4, 8, 16, 30, 30]),
    ],
)
def test_jitter_is_full(backoff: Backoff, throttled: bool, ceilings: list[float]) -> None:
    rng = Random(7)
    for n, ceiling in enumerate(ceilings):
        delays = [backoff.delay(n, rng, throttled=throttled) for _ in range(2_000)]
        assert max(delays) <= ceiling
        assert max(delays) > 0.98 * ceiling
        assert min(delays) < 0.02 * ceiling
        assert sum(delays) / len(delays) == pytest.approx(ceiling / 2, rel=0.05)


async def test_tenacity_waits_by_it(rng: Random) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    errors = [ProviderTimeout(), RateLimited(http_status=429), ProviderTimeout()]

    async def work() -> str:
        if errors:
            raise errors.pop(0)
        return "done"

    retrying = tenacity.AsyncRetrying(wait=INTERACTIVE.as_tenacity_wait(rng), sleep=sleep)
    assert await retrying(work) == "done"
    same = Random(20260901)
    assert slept == [
        INTERACTIVE.delay(0, same),
        INTERACTIVE.delay(1, same, throttled=True),
        INTERACTIVE.delay(2, same),
    ]
