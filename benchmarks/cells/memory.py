"""Many accounts and many cached weeks: time and memory for each, and how long the process stops."""

import asyncio
import gc
import os
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import accounts, expected, payloads
from benchmarks.cells.parsing import Parser
from benchmarks.measure import Meter, Metrics, middle, peak_mb, resident_bytes
from benchmarks.run import Run
from gateway.core.client.gateway import AsyncGateway
from gateway.core.client.packing import pack, unpack
from gateway.core.config import Settings
from gateway.core.contract.operation import OPERATIONS
from gateway.core.model import MODEL_VERSION, Answer
from gateway.core.pipeline.cache import Ages, AnswerCache
from gateway.core.pipeline.cache_key import CacheKey
from gateway.core.pipeline.clock import SystemClock
from gateway.core.sessions.file import FileStore
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.sealing import KeyRing

_STORE_BYTES = 1024 * 1024 * 1024


def open_accounts(run: Run) -> Metrics:
    """Opens stored accounts, from memory or from encrypted files."""
    return asyncio.run(_open_accounts(run))


async def _open_accounts(run: Run) -> Metrics:
    files = run.variant == "file"
    store = (
        FileStore(Path(run.scratch) / "store", KeyRing([os.urandom(32)]))
        if files
        else MemoryStore()
    )
    await accounts.fill(store, run.calls + 1, run.base_url)
    async with AsyncGateway(store=store, registry=accounts.registry(8)) as gateway:
        await gateway.diary(accounts.student_id(run.calls), account=accounts.account_key(run.calls))
        gc.collect()
        before = resident_bytes()
        with Meter(run.calls) as meter:
            for number in range(run.calls):
                await gateway.diary(
                    accounts.student_id(number), account=accounts.account_key(number)
                )
        gc.collect()
        each = (resident_bytes() - before) / run.calls / 1024
    return meter.metrics(kb_each=each)


class _Pauses:
    """How long the garbage collector stops the process, in CPU time: others share the core."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._started = 0.0

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self._started = time.process_time()
        else:
            self.longest = max(self.longest, time.process_time() - self._started)


def cached_weeks(run: Run) -> Metrics:
    """Accounts with one cached week each: memory, longest collection, a hit of the packed layer.

    The variant is the number of decoded entries, the default of the settings if absent.
    """
    entries = int(run.variant or Settings().cache_entries)
    cache: AnswerCache[tuple[str, Answer[object]]] = AnswerCache(
        SystemClock(),
        dump=pack,
        load=unpack,
        decoded_entries=entries,
        packed_bytes=_STORE_BYTES,
    )
    operation = OPERATIONS["get_week"]
    ages = Ages(operation.soft_age * 1_000, operation.hard_age * 1_000)
    body = payloads.week()
    pauses = _Pauses()
    gc.collect()
    before = resident_bytes()
    gc.callbacks.append(pauses)
    started = time.process_time()
    for number in range(run.calls):
        own = body.replace(b":2200000000000000", b":%d" % (2200000 + number))
        week = Parser({"/schedules": own}).week()
        cache.put(_key(cache, number), (operation.name, _answer(week)), ages)
    filled = time.process_time() - started
    with Meter(1) as meter:  # entering collects everything
        gc.collect()
    gc.callbacks.remove(pauses)
    resident = (resident_bytes() - before) / 1024 / 1024
    if len(cache) != run.calls or cache.lost:
        raise AssertionError("the cache does not hold every week")
    times = []
    for number in range(0, run.calls, max(run.calls // 300, 1)):
        begun = time.perf_counter_ns()
        found = cache.get(_key(cache, number))
        times.append((time.perf_counter_ns() - begun) / 1e3)
        if found.value is None:
            raise AssertionError("a cached week is lost")
        expected.check_week(found.value[1].value)  # type: ignore[arg-type]  # a week was put in
    return meter.metrics(
        weeks=run.calls,
        resident_mb=resident,
        peak_mb=peak_mb(),
        kb_each=resident * 1024 / run.calls,
        longest_pause_ms=pauses.longest * 1e3,
        full_collection_ms=meter.cpu * 1e3,
        fill_us=filled / run.calls * 1e6,
        packed_hit_us=middle(times),
        decoded_entries=entries,
    )


def _key(cache: AnswerCache[tuple[str, Answer[object]]], number: int) -> CacheKey:
    return cache.key(
        tenant="",
        provider=accounts.PROVIDER,
        host="main",
        account=accounts.account_key(number),
        student=accounts.student_id(number),
        operation="get_week",
        arguments={"monday": payloads.MONDAY},
        model_version=MODEL_VERSION,
    )


def _answer(week: object) -> Answer[object]:
    return Answer(value=week, provider=accounts.PROVIDER, fetched_at=datetime.now(UTC))
