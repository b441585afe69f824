"""Storms of cancellation: callers of reads, writes, files and raw exchanges leave at random."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Final

from gateway.core.client.diary import AsyncDiary
from gateway.core.errors import GatewayError
from gateway.testing.config import SCHOOL_DAY
from tests.faults.calls import READER
from tests.faults.door import Door
from tests.faults.figures import Figures
from tests.faults.stage import Cast, Stage, open_sockets, staged

SCALE: Final = 5.0
"""Slow enough that what ends a call is its caller."""

AT_ONCE: Final = 24
LONGEST_STAY: Final = 0.04
PROBES: Final = 20


async def storm(cast: Cast, door: Door, *, seeds: int, cancels: int) -> Figures:
    """So many cancellations for each seed, then probes and a count of what was left behind."""
    figures = Figures("cancellation storms", f"{cancels} cancels × {seeds} seeds", "")
    good = leaks = left = 0
    for seed in range(seeds):
        tasks, sockets = asyncio.all_tasks(), open_sockets()
        async with staged(cast, door, scale=SCALE) as stage:
            answered, gone = await _storm_and_probe(stage, Random(seed), cancels)
            busy = stage.busy
            await stage.gateway.aclose()
            quiet = await stage.lane.until_quiet()
        stay = len(asyncio.all_tasks() - tasks) + max(open_sockets() - sockets, 0)
        good += answered
        left += gone
        leaks += stay + bool(busy) + (not quiet)
        figures.require(answered == PROBES, f"seed {seed}: {answered} of {PROBES} probes answered")
        figures.require(not stay and not busy and quiet, f"seed {seed}: left behind: {stay} {busy}")
    figures.found = (
        f"{left} callers left before their answer, {good} of {seeds * PROBES} probes answered, "
        f"{leaks} leaks"
    )
    return figures


async def _storm_and_probe(stage: Stage, rng: Random, cancels: int) -> tuple[int, int]:
    (key,) = await stage.sign_in(READER, "cookies")
    diary = await stage.gateway.diary((await stage.stored(key)).students[0].id, account=key)
    homework = await diary.list_homework(SCHOOL_DAY - timedelta(14), SCHOOL_DAY + timedelta(7))
    files = [item.attachments[0].id for item in homework if item.attachments]  # type: ignore[index]  # not empty, so loaded
    kinds = _kinds(diary, homework.value[0].id, str(files[0]), rng)
    gone = 0
    running: set[asyncio.Task[bool]] = set()
    for _ in range(cancels):
        running.add(asyncio.create_task(_cancelled(rng.choice(kinds), rng)))
        if len(running) >= AT_ONCE:
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            gone += sum(task.result() for task in done)
    gone += sum([await task for task in running])
    await stage.until_idle(within=30.0)
    answered = 0
    for number in range(PROBES):
        with suppress(GatewayError):
            day = SCHOOL_DAY - timedelta(days=number)
            await diary.list_lessons(day, day, max_age=0)
            answered += 1
    return answered, gone


Kind = Callable[[], Awaitable[object]]


def _kinds(diary: AsyncDiary, homework: str, file: str, rng: Random) -> tuple[Kind, ...]:
    async def lessons() -> object:
        start = SCHOOL_DAY - timedelta(days=rng.randrange(60))
        return await diary.list_lessons(start, start + timedelta(days=6), max_age=0)

    async def marks() -> object:
        start = SCHOOL_DAY - timedelta(days=rng.randrange(60))
        return await diary.list_marks(start, start + timedelta(days=20), max_age=0)

    async def download() -> object:
        async with diary.open_attachment(file) as body:
            return await body.read()

    async def write() -> object:
        return await diary.submit_homework(
            homework, file_name="work.txt", media_type="text/plain", content=b"Done."
        )

    return lessons, marks, download, download, write


async def _cancelled(kind: Kind, rng: Random) -> bool:
    """Makes a call and leaves it; says whether it was still under way."""
    task = asyncio.ensure_future(kind())
    await asyncio.sleep(rng.uniform(0, LONGEST_STAY))
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return True
    return False
