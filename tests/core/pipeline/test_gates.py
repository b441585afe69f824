import asyncio
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import Maintenance, RateLimited
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.gates import Gates
from gateway.testing.clock import VirtualClock

HOST = ("host", "api.fictional.example")
ACCOUNT = ("account", "a1")


@given(seconds=st.floats(0.001, 24 * 3600), left=st.floats(0.1, 120), seed=st.integers(0, 999))
def test_a_call_waits_only_where_gate_and_jitter_fit(
    seconds: float, left: float, seed: int
) -> None:
    clock = VirtualClock()
    gates = Gates(clock, Random(seed))
    gates.close(HOST, seconds)
    deadline = Deadline.after(clock, left)
    fits = Random(seed)
    jitter = seconds * fits.uniform(0, 0.1) + fits.uniform(0, 1)
    if seconds + jitter > 30 or seconds + jitter >= left:
        with pytest.raises(RateLimited) as caught:
            gates.delay([HOST], deadline)
        assert caught.value.retry_after == pytest.approx(seconds)
    else:
        assert gates.delay([HOST], deadline) == pytest.approx(seconds + jitter)


@pytest.mark.parametrize("seconds, fits", [(26.3, True), (29.99, False)])
def test_half_a_minute_is_the_longest_wait_of_a_bulk_call(
    clock: VirtualClock, seconds: float, fits: bool
) -> None:
    gates = Gates(clock, Random(0))
    gates.close(HOST, seconds)
    deadline = Deadline.after(clock, 120)
    for _ in range(200):
        if fits:
            assert 26.3 <= gates.delay([HOST], deadline) <= 30
        else:
            with pytest.raises(RateLimited):
                gates.delay([HOST], deadline)


async def test_nobody_in_the_scope_sends_before_it_opens(clock: VirtualClock, rng: Random) -> None:
    gates = Gates(clock, rng)
    gates.close(HOST, 10)
    passed: dict[int, float] = {}
    start = clock.monotonic()

    async def call(number: int) -> None:
        await gates.wait([HOST, ("account", number)], Deadline.after(clock, 30))
        passed[number] = clock.monotonic() - start

    tasks = [asyncio.create_task(call(n)) for n in range(50)]
    await clock.advance(9.999)
    assert not passed
    await clock.advance(2.001)
    assert len(passed) == 50
    assert all(10 <= moment <= 12 for moment in passed.values())
    assert len({round(moment, 6) for moment in passed.values()}) > 40  # no stampede
    await asyncio.gather(*tasks)


async def test_a_gate_prolonged_meanwhile_is_waited_for_again(
    clock: VirtualClock, rng: Random
) -> None:
    gates = Gates(clock, rng)
    gates.close(HOST, 5)
    task = asyncio.create_task(gates.wait([HOST], Deadline.after(clock, 60)))
    await clock.advance(3)
    gates.close(HOST, 10)
    await clock.advance(9.9)
    assert not task.done()
    await clock.advance(4)
    await task


async def test_other_scopes_stay_open_and_the_last_of_several_decides(
    clock: VirtualClock, rng: Random
) -> None:
    gates = Gates(clock, rng)
    deadline = Deadline.after(clock, 30)
    gates.close(ACCOUNT, 5)
    assert gates.delay([HOST, ("account", "a2")], deadline) == 0
    gates.close(HOST, 2)
    assert gates.remaining([HOST, ACCOUNT]) == 5
    assert gates.remaining([HOST]) == 2
    gates.close(ACCOUNT, 1)
    assert gates.remaining([ACCOUNT]) == 5  # never shortened
    gates.open(ACCOUNT)
    assert gates.remaining([HOST, ACCOUNT]) == 2
    await clock.advance(2)
    assert gates.delay([HOST, ACCOUNT], deadline) == 0


async def test_a_closed_gate_behind_an_open_one_still_holds(
    clock: VirtualClock, rng: Random
) -> None:
    gates = Gates(clock, rng)
    gates.close(ACCOUNT, 5)
    assert gates.remaining([HOST, ACCOUNT]) == 5


async def test_a_gate_that_was_found_open_is_kept_no_longer(
    clock: VirtualClock, rng: Random
) -> None:
    gates = Gates(clock, rng)
    gates.close(HOST, 5)
    await clock.advance(5)
    assert gates.remaining([HOST]) == 0
    assert len(gates) == 0


async def test_maintenance_closes_for_longer_than_a_call_waits_and_says_so(
    clock: VirtualClock, rng: Random
) -> None:
    gates = Gates(clock, rng)
    gates.close(HOST, 60, error=Maintenance)
    with pytest.raises(Maintenance) as caught:
        await gates.wait([HOST], Deadline.after(clock, 1_000))
    assert caught.value.retry_after == 60


def test_absurd_and_past_times_are_bounded(clock: VirtualClock, rng: Random) -> None:
    gates = Gates(clock, rng)
    gates.close(HOST, 10**12)
    assert gates.remaining([HOST]) == 24 * 3600
    gates.close(ACCOUNT, 0)
    gates.close(ACCOUNT, -5)
    assert gates.remaining([ACCOUNT]) == 0


async def test_opened_gates_of_many_accounts_are_forgotten(
    clock: VirtualClock, rng: Random
) -> None:
    gates = Gates(clock, rng)
    for number in range(1_024):
        gates.close(("account", number), 1)
    await clock.advance(2)
    gates.close(HOST, 5)
    assert len(gates) == 1
