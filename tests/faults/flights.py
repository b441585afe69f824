"""Single flight at scale: a thousand callers of one cold key and one upstream call."""

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from gateway.core.client.diary import AsyncDiary
from gateway.core.errors import AccessDenied
from gateway.testing.config import SCHOOL_DAY
from tests.faults.calls import READER
from tests.faults.door import Door
from tests.faults.figures import Figures
from tests.faults.stage import Cast, Stage, staged

SCALE: Final = 5.0
ROUTE: Final = r"/v2/persons/\d+/groups/\d+/schedules"

_START, _END = SCHOOL_DAY - timedelta(days=3), SCHOOL_DAY


async def single_flight(cast: Cast, door: Door, *, callers: int) -> Figures:
    """Three ways in which many callers meet: all is well, the call fails, its first caller goes."""
    figures = Figures("single-flight", f"{callers} callers, cold key", "")
    counts = []
    for way in (_all_well, _leader_fails, _leader_leaves):
        async with staged(cast, door, scale=SCALE) as stage:
            key = await stage.adopt(READER, "token")
            diary = await stage.gateway.diary((await stage.stored(key)).students[0].id, account=key)
            wrong = await way(stage, diary, callers)
            sent = sum(
                re.fullmatch(ROUTE, item.path) is not None
                for item in (await stage.lane.report()).sent
            )
        counts.append(sent)
        figures.wrong += wrong
        figures.require(sent == 1, f"{way.__name__}: {sent} upstream calls")
    figures.found = f"upstream calls: {counts[0]}; leader fails: {counts[1]}; leaves: {counts[2]}"
    return figures


def _asking(diary: AsyncDiary, callers: int) -> list[asyncio.Task[object]]:
    async def ask() -> object:
        return await diary.list_lessons(_START, _END)

    return [asyncio.create_task(ask()) for _ in range(callers)]


async def _all_well(stage: Stage, diary: AsyncDiary, callers: int) -> list[str]:
    await stage.lane.arm(None)
    answers = await asyncio.gather(*_asking(diary, callers))
    return _not_the_same(answers)


async def _leader_fails(stage: Stage, diary: AsyncDiary, callers: int) -> list[str]:
    await stage.lane.arm("403", route=ROUTE)
    got = await asyncio.gather(*_asking(diary, callers), return_exceptions=True)
    refused = all(isinstance(item, AccessDenied) for item in got)
    return _not_the_same(got) + ([] if refused else ["somebody was not told of the failure"])


async def _leader_leaves(stage: Stage, diary: AsyncDiary, callers: int) -> list[str]:
    await stage.lane.arm("held body", route=ROUTE, pattern="once")
    leader, *others = _asking(diary, callers)
    struck = await stage.lane.until_struck()
    leader.cancel()
    (gone,) = await asyncio.gather(leader, return_exceptions=True)
    await stage.lane.calm()
    wrong = _not_the_same(await asyncio.gather(*others))
    if not struck or not isinstance(gone, asyncio.CancelledError):
        wrong.append("the leader did not leave a call under way")
    return wrong


def _not_the_same(answers: Sequence[object]) -> list[str]:
    different = sum(answer is not answers[0] for answer in answers)
    return [f"{different} callers got something of their own"] if different else []
