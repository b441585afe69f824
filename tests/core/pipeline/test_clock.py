import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from gateway.core.pipeline.clock import SystemClock
from gateway.testing.clock import VirtualClock


async def test_system_clock_tells_aware_utc_and_monotonic_time_and_sleeps() -> None:
    clock = SystemClock()
    before = clock.monotonic()
    await clock.sleep(0.01)
    assert clock.monotonic() - before >= 0.009
    assert clock.now().tzinfo is UTC
    assert abs(clock.now().timestamp() - time.time()) < 5


async def test_sleepers_wake_in_the_order_of_their_alarms_at_their_own_moments() -> None:
    clock = VirtualClock()
    start = clock.monotonic()
    woken: list[tuple[str, float]] = []

    async def sleeper(name: str, *naps: float) -> None:
        for nap in naps:
            await clock.sleep(nap)
            woken.append((name, clock.monotonic() - start))

    tasks = [
        asyncio.create_task(sleeper("slow", 5)),
        asyncio.create_task(sleeper("quick", 1, 1, 3)),
        asyncio.create_task(sleeper("late", 60)),
    ]
    await clock.advance(10)
    assert woken == [("quick", 1), ("quick", 2), ("slow", 5), ("quick", 5)]
    assert clock.monotonic() - start == 10
    assert clock.sleeping == 1
    await clock.advance(50)
    assert woken[-1] == ("late", 60.0)
    await asyncio.gather(*tasks)


async def test_advance_lets_long_chains_of_tasks_finish_before_time_moves() -> None:
    clock = VirtualClock()
    steps: list[float] = []

    async def chain() -> None:
        await clock.sleep(1)
        for _ in range(500):
            await asyncio.sleep(0)
        steps.append(clock.monotonic())

    start = clock.monotonic()
    task = asyncio.create_task(chain())
    await clock.advance(100)
    assert steps == [start + 1]
    await task


async def test_auto_clock_moves_only_when_everything_waits() -> None:
    clock = VirtualClock(auto=True)
    start = clock.monotonic()

    async def busy_then_sleep(turns: int, seconds: float) -> float:
        for _ in range(turns):
            await asyncio.sleep(0)
        await clock.sleep(seconds)
        return clock.monotonic() - start

    ends = await asyncio.gather(busy_then_sleep(200, 1), busy_then_sleep(0, 3600))
    assert list(ends) == [1, 3600]


async def test_cancelled_sleepers_hold_nobody_up() -> None:
    clock = VirtualClock(auto=True)
    task = asyncio.create_task(clock.sleep(5))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    start = clock.monotonic()
    await clock.sleep(7)
    assert clock.monotonic() - start == 7
    assert clock.sleeping == 0


async def test_wall_clock_may_jump_without_intervals_noticing() -> None:
    clock = VirtualClock(start=datetime(2026, 12, 31, 21, tzinfo=UTC))
    assert clock.now() == datetime(2026, 12, 31, 21, tzinfo=UTC)
    mark = clock.monotonic()
    clock.jump_wall(-3600)
    assert clock.now() == datetime(2026, 12, 31, 20, tzinfo=UTC)
    assert clock.monotonic() == mark
    await clock.advance(1.5)
    assert clock.now() == datetime(2026, 12, 31, 20, tzinfo=UTC) + timedelta(seconds=1.5)


async def test_one_clock_is_not_moved_twice_at_once() -> None:
    clock = VirtualClock()
    first = asyncio.create_task(clock.advance(1))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="already moving"):
        await clock.advance(1)
    await first
    with pytest.raises(RuntimeError, match="already moving"):
        await VirtualClock(auto=True).advance(1)


async def test_several_clocks_in_one_loop_do_not_wait_for_each_other() -> None:
    clocks = [VirtualClock(auto=True) for _ in range(20)]
    starts = [clock.monotonic() for clock in clocks]
    await asyncio.gather(*(clock.sleep(index + 1) for index, clock in enumerate(clocks)))
    for clock in clocks:
        await clock.sleep(5)
    ends = [clock.monotonic() - start for clock, start in zip(clocks, starts, strict=True)]
    assert ends == [index + 6 for index in range(20)]
