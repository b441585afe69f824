"""What the gateway itself costs: its layers around a miss, a hit, a shared call, the facade."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from datetime import date, timedelta
from itertools import count
from typing import Any

from benchmarks import accounts, expected, stubs
from benchmarks.measure import Meter, Metrics, check_all, drive, middle
from benchmarks.run import Run
from benchmarks.server_stats import served
from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.client.sync import Gateway
from gateway.core.config import Settings
from gateway.core.sessions.memory import MemoryStore

_BLOCK = 200


class _Counter(logging.Handler):
    """Counts log records."""

    def __init__(self) -> None:
        super().__init__()
        self.records = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.records += 1


async def _stubbed(run: Run) -> tuple[AsyncGateway, AsyncDiary, Any]:
    transport, stub = stubs.without_socket() if run.variant == "wire" else stubs.without_wire()
    store = MemoryStore()
    await accounts.fill(store, 1, run.base_url)
    gateway = AsyncGateway(
        settings=Settings(),
        store=store,
        registry=accounts.registry(run.workers, stubs.STUB),
        transport=transport,
    )
    diary = await gateway.diary(accounts.student_id(0), account=accounts.account_key(0))
    return gateway, diary, stub


def miss(run: Run) -> Metrics:
    """All layers around an adapter that has nothing to do."""
    return asyncio.run(_miss(run))


async def _miss(run: Run) -> Metrics:
    gateway, diary, stub = await _stubbed(run)
    days = count()

    def next_day() -> date:
        return date(1950, 1, 1) + timedelta(days=next(days))

    async def call(_number: int) -> object:
        day = next_day()
        return (await diary.list_lessons(day, day)).value

    async with gateway:
        await drive(call, 300, run.workers)
        before = stub.sent
        with Meter(run.calls) as meter:
            results = await drive(call, run.calls, run.workers)
        check_all(results, ())
        if stub.sent - before != run.calls:
            raise AssertionError("some calls were no misses")
    return meter.metrics()


def hit(run: Run) -> Metrics:
    """A read that the decoded layer answers: same object, no log record, nothing suspends."""
    return asyncio.run(_hit(run))


async def _hit(run: Run) -> Metrics:
    counter = _Counter()
    logging.getLogger().addHandler(counter)
    logging.getLogger().setLevel(logging.DEBUG)
    async with await accounts.gateway(run, accounts=1) as gateway:
        diary = await gateway.diary(accounts.student_id(0), account=accounts.account_key(0))
        first, last = expected.FIRST, expected.LAST
        known = await diary.list_lessons(first, last)
        expected.check_lessons(known.value)
        again = _at_once(diary.list_lessons(first, last))
        if again is not known:
            raise AssertionError("a hit is not the identical answer")
        counter.records = 0
        blocks = []
        with Meter(run.calls) as meter:
            for _ in range(run.calls // _BLOCK):
                started = time.perf_counter_ns()
                for _ in range(_BLOCK):
                    await diary.list_lessons(first, last)
                blocks.append((time.perf_counter_ns() - started) / _BLOCK / 1e3)
        if counter.records:
            raise AssertionError("a hit wrote log records")
    return meter.metrics(p50_us=middle(blocks))


def _at_once(work: Coroutine[Any, Any, object]) -> object:
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("a hit suspended")


def single_flight(run: Run) -> Metrics:
    """A thousand callers for one key: one request, one object for all."""
    return asyncio.run(_single_flight(run))


async def _single_flight(run: Run) -> Metrics:
    async with await accounts.gateway(run, accounts=1) as gateway:
        diary = await gateway.diary(accounts.student_id(0), account=accounts.account_key(0))
        first, last = expected.FIRST, expected.LAST
        await diary.list_lessons(first, last + timedelta(days=1))
        before = served(run.origin).requests
        with Meter(1) as meter:
            answers = await asyncio.gather(
                *(diary.list_lessons(first, last) for _ in range(run.calls))
            )
        requests = served(run.origin).requests - before
        if requests != 1 or any(answer is not answers[0] for answer in answers):
            raise AssertionError("the call was not shared")
        expected.check_lessons(answers[0].value)
    return meter.metrics(requests=requests, callers=run.calls, cpu_ms=meter.cpu * 1e3)


def facade(run: Run) -> Metrics:
    """What the synchronous twin adds to one call."""
    known = asyncio.run(_async_hits(run))
    store = MemoryStore()
    asyncio.run(accounts.fill(store, 1, run.base_url))
    with Gateway(store=store, registry=accounts.registry(run.workers)) as gateway:
        diary = gateway.diary(accounts.student_id(0), account=accounts.account_key(0))
        first, last = expected.FIRST, expected.LAST
        answer = diary.list_lessons(first, last)
        expected.check_lessons(answer.value)
        for _ in range(100):
            diary.list_lessons(first, last)
        with Meter(run.calls) as meter:
            for _ in range(run.calls):
                if diary.list_lessons(first, last) is not answer:
                    raise AssertionError("a hit is not the identical answer")
    added = meter.cpu / run.calls * 1e6 - known
    return meter.metrics(added_us=added, added_j=added / meter.calibration.unit)


async def _async_hits(run: Run) -> float:
    """CPU microseconds of the same call without the facade."""
    async with await accounts.gateway(run, accounts=1) as gateway:
        diary = await gateway.diary(accounts.student_id(0), account=accounts.account_key(0))
        await diary.list_lessons(expected.FIRST, expected.LAST)
        started = time.process_time()
        for _ in range(run.calls):
            await diary.list_lessons(expected.FIRST, expected.LAST)
        return (time.process_time() - started) / run.calls * 1e6
