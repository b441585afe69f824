"""Is the provider asked no more than needed?

Scenarios, each with a read as its case: `cached_reads_send_nothing`,
`simultaneous_reads_share_a_call`.
"""

import asyncio
from typing import Final

from gateway.core.contract.declaration import Quality
from gateway.core.errors import CacheMiss
from gateway.testing.bench import Bench, copy_of
from gateway.testing.findings import findings
from gateway.testing.scenario import reads, scenario_for
from gateway.testing.sweep import sweep_of

_CALLERS: Final = 10


@scenario_for(reads, Quality.BRONZE)
async def cached_reads_send_nothing(bench: Bench, operation: str) -> None:
    """A second read is the first one's answer; a cached-only read never sends."""
    sweep = await sweep_of(bench)
    read = sweep.richest(operation)
    async with bench.gateway(await copy_of(sweep.store_of(read), bench)) as gateway:
        with findings() as found:
            mark = len(bench.traffic)
            try:
                await read.call.make(gateway, cached_only=True)
            except CacheMiss:
                pass
            else:
                found.add("a cached-only read of nothing has an answer")
            found.check(len(bench.traffic) == mark, "a cached-only read is sent")
            first = await read.call.make(gateway)
            mark = len(bench.traffic)
            second = await read.call.make(gateway)
            found.check(len(bench.traffic) == mark, "a second read is sent")
            found.check(second.value == first.value, "a second read has another answer")


@scenario_for(reads, Quality.BRONZE)
async def simultaneous_reads_share_a_call(bench: Bench, operation: str) -> None:
    """Many who ask at once get one answer that was asked for once."""
    sweep = await sweep_of(bench)
    read = sweep.richest(operation)
    async with bench.gateway(await copy_of(sweep.store_of(read), bench)) as gateway:
        mark = len(bench.traffic)
        await read.call.make(gateway)
        alone = len(bench.traffic) - mark
    async with bench.gateway(await copy_of(sweep.store_of(read), bench)) as gateway:
        mark = len(bench.traffic)
        answers = await asyncio.gather(*(read.call.make(gateway) for _ in range(_CALLERS)))
        together = len(bench.traffic) - mark
    if together > alone:
        raise AssertionError(f"{_CALLERS} callers send {together} requests, one sends {alone}")
    if any(answer.value != answers[0].value for answer in answers):
        raise AssertionError("callers of one moment get different answers")
