import asyncio
import gc
from collections.abc import Mapping
from typing import Any

import pytest

from gateway.core.errors import DeadlineExceeded, GatewayClosed, ProviderTimeout
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.single_flight import SingleFlight
from gateway.testing.clock import VirtualClock


class Upstream:
    """A call that takes 3 s of virtual time and counts itself."""

    def __init__(self, clock: VirtualClock, error: Exception | None = None) -> None:
        self.clock = clock
        self.error = error
        self.calls = 0
        self.ended = 0

    async def call(self) -> object:
        self.calls += 1
        try:
            await self.clock.sleep(3)
        finally:
            self.ended += 1
        if self.error is not None:
            raise self.error
        return object()


@pytest.fixture
def complaints() -> list[Mapping[str, Any]]:
    """What the event loop's exception handler is told during the test."""
    return []


@pytest.fixture(autouse=True)
async def _no_complaints(complaints: list[Mapping[str, Any]]) -> Any:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: complaints.append(context))
    yield
    gc.collect()
    await asyncio.sleep(0)
    assert complaints == []


async def test_a_thousand_callers_of_a_cold_key_make_one_call(clock: VirtualClock) -> None:
    flights = SingleFlight(clock)
    upstream = Upstream(clock)
    waiting = asyncio.gather(*(flights.run("week", upstream.call) for _ in range(1_000)))
    await clock.advance(3)
    results = await waiting
    assert upstream.calls == 1
    assert len(set(map(id, results))) == 1
    await asyncio.sleep(0)
    assert flights.running == 0
    assert not flights._flights


async def test_other_keys_and_later_callers_make_calls_of_their_own(
    auto_clock: VirtualClock,
) -> None:
    flights = SingleFlight(auto_clock)
    upstream = Upstream(auto_clock)
    first, other = await asyncio.gather(
        flights.run(("a", 1), upstream.call), flights.run(("a", 2), upstream.call)
    )
    again = await flights.run(("a", 1), upstream.call)
    assert upstream.calls == 3
    assert len({id(first), id(other), id(again)}) == 3


async def test_when_the_leader_fails_all_waiters_get_its_error_and_nobody_else(
    clock: VirtualClock,
) -> None:
    flights = SingleFlight(clock)
    error = ProviderTimeout("synthetic")
    upstream = Upstream(clock, error)
    callers = [asyncio.create_task(flights.run("week", upstream.call)) for _ in range(1_000)]
    await clock.advance(3)
    results = await asyncio.gather(*callers, return_exceptions=True)
    assert all(result is error for result in results)
    assert upstream.calls == 1
    upstream.error = None
    later = asyncio.create_task(flights.run("week", upstream.call))
    await clock.advance(3)
    await later
    assert upstream.calls == 2


async def test_one_error_for_a_thousand_callers_keeps_a_short_traceback(
    auto_clock: VirtualClock,
) -> None:
    flights = SingleFlight(auto_clock)
    upstream = Upstream(auto_clock, ProviderTimeout("synthetic"))
    callers = (flights.run("week", upstream.call) for _ in range(1_000))
    await asyncio.gather(*callers, return_exceptions=True)
    frames = 0
    trace = upstream.error.__traceback__ if upstream.error else None
    while trace is not None:
        frames += 1
        trace = trace.tb_next
    assert 0 < frames < 10


async def test_when_the_first_caller_is_cancelled_the_others_get_the_answer(
    clock: VirtualClock,
) -> None:
    flights = SingleFlight(clock)
    upstream = Upstream(clock)
    callers = [asyncio.create_task(flights.run("week", upstream.call)) for _ in range(1_000)]
    await clock.advance(1)
    for caller in callers[:990]:
        caller.cancel()
    await clock.settle()
    assert all(caller.cancelled() for caller in callers[:990])
    await clock.advance(2)
    results = await asyncio.gather(*callers[990:])
    assert (upstream.calls, upstream.ended) == (1, 1)
    assert len(set(map(id, results))) == 1


@pytest.mark.parametrize("error", [None, ProviderTimeout("nobody listens")])
async def test_a_call_that_everybody_left_still_ends_by_itself_without_noise(
    clock: VirtualClock, error: Exception | None
) -> None:
    flights = SingleFlight(clock)
    upstream = Upstream(clock, error)
    callers = [asyncio.create_task(flights.run("week", upstream.call)) for _ in range(3)]
    await clock.settle()
    for caller in callers:
        caller.cancel()
    await clock.settle()
    assert (upstream.ended, flights.running) == (0, 1)
    gc.collect()  # only a strong reference keeps the task
    joined = asyncio.create_task(flights.run("week", upstream.call))
    await clock.settle()
    joined.cancel()
    await clock.advance(3)
    assert (upstream.calls, upstream.ended, flights.running) == (1, 1, 0)


async def test_a_shorter_deadline_ends_only_its_own_waiting(clock: VirtualClock) -> None:
    flights = SingleFlight(clock)
    upstream = Upstream(clock)
    patient = asyncio.create_task(flights.run("week", upstream.call))
    hasty = asyncio.create_task(
        flights.run("week", upstream.call, deadline=Deadline.after(clock, 1))
    )
    await clock.advance(1)
    with pytest.raises(DeadlineExceeded):
        await hasty
    assert not patient.done()
    await clock.advance(2)
    assert await patient is not None
    assert (upstream.calls, clock.sleeping) == (1, 0)


async def test_a_call_alone_is_shielded_but_shared_with_nobody(clock: VirtualClock) -> None:
    flights = SingleFlight(clock)
    upstream = Upstream(clock)
    callers = [asyncio.create_task(flights.run_alone(upstream.call)) for _ in range(2)]
    await clock.settle()
    callers[0].cancel()
    await clock.advance(3)
    assert (upstream.calls, upstream.ended) == (2, 2)
    assert await callers[1] is not None


async def test_closing_drains_what_is_under_way_and_takes_nothing_new(
    clock: VirtualClock,
) -> None:
    flights = SingleFlight(clock)
    upstream = Upstream(clock)
    caller = asyncio.create_task(flights.run("week", upstream.call))
    await clock.settle()
    closing = asyncio.create_task(flights.aclose(5))
    await clock.settle()
    with pytest.raises(GatewayClosed):
        await flights.run("other", upstream.call)
    with pytest.raises(GatewayClosed):
        await flights.run_alone(upstream.call)
    await clock.advance(3)
    await closing
    assert await caller is not None
    assert clock.sleeping == 0


async def test_closing_cuts_off_what_does_not_end_in_time(clock: VirtualClock) -> None:
    flights = SingleFlight(clock)
    upstream = Upstream(clock)
    caller = asyncio.create_task(flights.run("week", upstream.call))
    await clock.settle()
    closing = asyncio.create_task(flights.aclose(2))
    await clock.advance(2)
    await closing
    assert (upstream.ended, clock.sleeping) == (1, 0)
    with pytest.raises(GatewayClosed):
        await caller
    assert flights.running == 0
    await flights.aclose(2)  # twice does no harm


async def test_a_caller_cancelled_meanwhile_is_cancelled_and_not_closed(
    clock: VirtualClock,
) -> None:
    flights = SingleFlight(clock)
    upstream = Upstream(clock)
    caller = asyncio.create_task(flights.run("week", upstream.call))
    await clock.settle()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    closing = asyncio.create_task(flights.aclose())
    await clock.advance(3)
    await closing


async def test_random_cancellations_never_make_a_second_call(clock: VirtualClock) -> None:
    flights = SingleFlight(clock)
    for seed in range(20):
        upstream = Upstream(clock)
        callers = [asyncio.create_task(flights.run(seed, upstream.call)) for _ in range(50)]
        for index, caller in enumerate(callers[:-1]):
            if (index * 7 + seed) % 3:
                caller.cancel()
            if not index % 10:
                await clock.advance(0.3)
        await clock.advance(3)
        assert (upstream.calls, upstream.ended) == (1, 1)
        assert await callers[-1] is not None
        await asyncio.gather(*callers, return_exceptions=True)
