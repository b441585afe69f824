"""Waits are over at once, patience takes its real time."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

from gateway.core.pipeline.waiting import ended
from gateway.testing import HastyClock

START = datetime(2025, 11, 20, 11, tzinfo=UTC)


async def test_a_long_sleep_is_over_at_once_and_time_has_passed() -> None:
    clock = HastyClock(start=START)
    began, before = time.monotonic(), clock.monotonic()
    await clock.sleep(3600)
    assert time.monotonic() - began < 5
    assert clock.monotonic() - before >= 3600
    assert clock.now() - START >= timedelta(hours=1)


async def test_a_short_sleep_lets_others_run() -> None:
    clock = HastyClock(start=START)
    seen: list[int] = []
    task = asyncio.create_task(asyncio.sleep(0, seen.append(1)))
    await clock.sleep(0)
    await task
    assert seen == [1]


async def test_patience_with_something_else_is_not_jumped_over() -> None:
    clock = HastyClock(start=START)
    slow = asyncio.create_task(asyncio.sleep(0.01))
    before = clock.monotonic()
    assert await ended((slow,), clock=clock, seconds=30)
    assert clock.monotonic() - before < 30


async def test_patience_comes_to_its_end() -> None:
    clock = HastyClock(start=START)
    never = asyncio.get_running_loop().create_future()
    assert not await ended((never,), clock=clock, seconds=0.01)


def test_time_never_goes_back() -> None:
    clock = HastyClock(start=START)
    before = clock.monotonic()
    clock.skip(-100)
    assert clock.monotonic() >= before
