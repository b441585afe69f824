import asyncio

import pytest

from gateway.core.errors import DeadlineExceeded
from gateway.core.pipeline.waiting import ended, gather, poll
from gateway.testing.clock import VirtualClock


async def test_gather_returns_results_in_order(auto_clock: VirtualClock) -> None:
    async def number(value: int, seconds: float) -> int:
        await auto_clock.sleep(seconds)
        return value

    async def word() -> str:
        return "five"

    assert await gather(number(1, 3), word()) == (1, "five")
    assert await gather(*(number(n, 3 - n) for n in range(3))) == (0, 1, 2)
    assert await gather() == ()


async def test_gather_lets_siblings_end_before_it_raises(auto_clock: VirtualClock) -> None:
    finished: list[str] = []

    async def work(name: str, seconds: float, error: Exception | None = None) -> None:
        await auto_clock.sleep(seconds)
        finished.append(name)
        if error is not None:
            raise error

    with pytest.raises(ValueError, match="second"):
        await gather(
            work("a", 9),
            work("b", 5, ValueError("second")),
            work("c", 1, KeyError("third")),
        )
    assert finished == ["c", "b", "a"]


async def test_gather_leaves_no_orphans_when_it_is_cancelled(clock: VirtualClock) -> None:
    ends: list[str] = []

    async def work() -> None:
        try:
            await clock.sleep(60)
        finally:
            ends.append("ended")

    task = asyncio.create_task(gather(work(), work()))
    await clock.settle()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ends == ["ended", "ended"]


async def test_poll_asks_at_once_then_every_so_often(auto_clock: VirtualClock) -> None:
    asked: list[float] = []
    start = auto_clock.monotonic()

    async def ask() -> str | None:
        asked.append(auto_clock.monotonic() - start)
        return "ready" if len(asked) == 4 else None

    assert await poll(ask, every=2, limit=60, clock=auto_clock) == "ready"
    assert asked == [0, 2, 4, 6]


async def test_poll_accepts_falsy_answers(auto_clock: VirtualClock) -> None:
    async def ask() -> int | None:
        return 0

    assert await poll(ask, every=1, limit=1, clock=auto_clock) == 0


async def test_poll_never_asks_after_its_limit(auto_clock: VirtualClock) -> None:
    asked: list[float] = []
    start = auto_clock.monotonic()

    async def ask() -> str | None:
        asked.append(auto_clock.monotonic() - start)
        return None

    with pytest.raises(DeadlineExceeded):
        await poll(ask, every=4, limit=10, clock=auto_clock)
    assert asked == [0, 4, 8]
    assert auto_clock.monotonic() - start == 8


async def test_poll_still_asks_at_its_limit(auto_clock: VirtualClock) -> None:
    asked: list[None] = []

    async def ask() -> str | None:
        asked.append(None)
        return "ready" if len(asked) == 3 else None

    assert await poll(ask, every=5, limit=10, clock=auto_clock) == "ready"


async def test_ended_leaves_nothing_behind_on_what_goes_on(clock: VirtualClock) -> None:
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    for seconds in (None, 1, 5):
        waits = [
            asyncio.create_task(ended((future,), clock=clock, seconds=seconds)) for _ in range(9)
        ]
        await clock.advance(2)
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
    await clock.settle()
    assert not getattr(future, "_callbacks", None)
    assert clock.sleeping == 0


async def test_ended_waits_for_all_and_cancels_none(clock: VirtualClock) -> None:
    quick = asyncio.create_task(clock.sleep(1))
    slow = asyncio.create_task(clock.sleep(10))
    waiting = asyncio.create_task(ended((quick, slow), clock=clock, seconds=5))
    await clock.advance(5)
    assert await waiting is False
    assert quick.done()
    assert not slow.done()
    again = asyncio.create_task(ended((quick, slow), clock=clock, seconds=60))
    await clock.advance(5)
    assert await again is True
    assert await ended((quick, slow), clock=clock) is True
    await clock.settle()
    assert clock.sleeping == 0


async def test_ended_survives_errors_and_its_own_cancellation(clock: VirtualClock) -> None:
    async def fail() -> None:
        await clock.sleep(1)
        raise ValueError

    failing = asyncio.create_task(fail())
    waiting = asyncio.create_task(ended((failing,), clock=clock, seconds=5))
    await clock.settle()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not failing.done()
    last = asyncio.create_task(ended((failing,), clock=clock))
    await clock.advance(2)
    assert await last is True
    assert isinstance(failing.exception(), ValueError)
    assert clock.sleeping == 0
