"""Faults of our own side: callers that leave while their call is somewhere."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from gateway.core.pipeline.deadline import Deadline
from tests.faults.calls import Call, Prepared
from tests.faults.lanes import Plan
from tests.faults.stage import Stage

Leave = Callable[[Stage, Call, Prepared], Awaitable[None]]

_HOST_SLOTS: Final = 8
_PATIENCE: Final = 5.0


async def leave_while_queued(stage: Stage, call: Call, prepared: Prepared) -> None:
    """Strangers hold every slot of the host; the caller leaves the queue."""
    limiter, host = stage.gateway._services.engine.limiter, stage.lane.origin
    strangers = [f"stranger {number}" for number in range(_HOST_SLOTS)]
    for stranger in strangers:
        await limiter.acquire(host, stranger, Deadline.after(stage.clock, 1.0))
    try:
        task = asyncio.create_task(_made(prepared))
        await _until(lambda: limiter.waiting(host) > 0)
        await _leave(task)
    finally:
        for stranger in strangers:
            limiter.release(host, stranger)


async def leave_while_connecting(stage: Stage, call: Call, prepared: Prepared) -> None:
    """The struck request meets a black hole at first; the caller leaves meanwhile."""
    stage.carrier.arm(Plan("black hole", call.method, call.route, "once"))
    task = asyncio.create_task(_made(prepared))
    async with asyncio.timeout(_PATIENCE):
        await stage.carrier.connecting.wait()
    await _leave(task)


async def leave_in_body(stage: Stage, call: Call, prepared: Prepared) -> None:
    """Half of the struck answer has come; the caller leaves, then the rest comes."""
    await stage.lane.arm("held body", method=call.method, route=call.route, pattern="once")
    task = asyncio.create_task(_made(prepared))
    assert await stage.lane.until_struck(), "nothing was struck"
    await _leave(task)
    await stage.lane.calm()


LEAVING: Final[dict[str, Leave]] = {
    "cancel while queued": leave_while_queued,
    "cancel while connecting": leave_while_connecting,
    "cancel in body": leave_in_body,
}
"""What callers do that leave."""


async def _made(prepared: Prepared) -> object:
    return await prepared.make()


async def _leave(task: asyncio.Task[object]) -> None:
    assert not task.done(), "the call was over before its caller could leave"
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return
    raise AssertionError("the caller was not let go")


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not condition():  # noqa: ASYNC110 - the limiter tells nobody of its queue
            await asyncio.sleep(0)
