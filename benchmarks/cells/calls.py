"""Full calls of the gateway: every one a miss, through all layers, to validated models."""

import asyncio
from datetime import timedelta

from benchmarks import accounts, expected, payloads
from benchmarks.measure import Meter, Metrics, check_all, drive
from benchmarks.run import Run
from benchmarks.server_stats import served
from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.model import Answer, Lesson

WEEKS = 4
"""Calls per account of a bulk run."""

_OWN_QUESTIONS = 2
"""Connections that asking the server for its totals takes in between."""


def miss(run: Run) -> Metrics:
    """`list_lessons()` with another account or range each time: one request, forty lessons."""
    return asyncio.run(_miss(run))


async def _miss(run: Run) -> Metrics:
    warm = max(run.workers, 20)
    count = -(-(warm + run.calls) // expected.RANGES)
    async with await accounts.gateway(run, accounts=count) as gateway:
        diaries = await _diaries(gateway, count)

        async def call(number: int) -> tuple[Lesson, ...]:
            start, end = expected.ranges(number % expected.RANGES)
            answer = await diaries[number // expected.RANGES].list_lessons(start, end)
            return _forty(answer)

        first = await drive(call, warm, run.workers)
        expected.check_lessons(first[0])  # type: ignore[arg-type]  # what call() returns
        before = served(run.origin).requests
        with Meter(run.calls) as meter:
            results = await drive(lambda number: call(warm + number), run.calls, run.workers)
        if served(run.origin).requests - before != run.calls:
            raise AssertionError("some calls were no misses")
        check_all(results, first[0])
    return meter.metrics(limit=run.workers)


def bulk(run: Run) -> Metrics:
    """Accounts, each opened from the store and read for four weeks; `operations` are accounts."""
    return asyncio.run(_bulk(run))


async def _bulk(run: Run) -> Metrics:
    async with await accounts.gateway(run, accounts=run.calls + run.workers) as gateway:

        async def account(number: int) -> tuple[Lesson, ...]:
            key, student = accounts.account_key(number), accounts.student_id(number)
            diary = await gateway.diary(student, account=key)
            for week in range(WEEKS - 1):
                start = payloads.MONDAY - timedelta(days=week)
                _forty(await diary.list_lessons(start, expected.LAST))
            return _forty(await diary.list_lessons(expected.FIRST, expected.LAST + timedelta(7)))

        opened = served(run.origin).connections
        first = await drive(lambda number: account(run.calls + number), run.workers, run.workers)
        before = served(run.origin).requests
        with Meter(run.calls) as meter:
            results = await drive(account, run.calls, run.workers)
        after = served(run.origin)
        if after.requests - before != run.calls * WEEKS:
            raise AssertionError("some calls were no misses")
        connections = after.connections - opened - _OWN_QUESTIONS
        check_all(results, first[0])
    per_core = run.calls / meter.cpu
    return meter.metrics(limit=run.workers, accounts_per_core=per_core, connections=connections)


def _forty(answer: Answer[tuple[Lesson, ...]]) -> tuple[Lesson, ...]:
    if len(answer.value) != payloads.LESSONS or not answer.complete or answer.stale:
        raise AssertionError("not the whole week")
    return answer.value


async def _diaries(gateway: AsyncGateway, count: int) -> list[AsyncDiary]:
    return [
        await gateway.diary(accounts.student_id(number), account=accounts.account_key(number))
        for number in range(count)
    ]
