"""Waiting without ever cancelling what is waited for.

A cancelled request can cost its connection pool a slot for good (resilience notes 7), so neither
`asyncio.TaskGroup` nor `asyncio.timeout` has a place on the way of a call.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any, TypeVar, overload

from gateway.core.errors import DeadlineExceeded
from gateway.core.pipeline.clock import Clock

T = TypeVar("T")
T1 = TypeVar("T1")
T2 = TypeVar("T2")
T3 = TypeVar("T3")
T4 = TypeVar("T4")


@overload
async def gather(a: Awaitable[T1], b: Awaitable[T2], /) -> tuple[T1, T2]: ...
@overload
async def gather(a: Awaitable[T1], b: Awaitable[T2], c: Awaitable[T3], /) -> tuple[T1, T2, T3]: ...
@overload
async def gather(
    a: Awaitable[T1], b: Awaitable[T2], c: Awaitable[T3], d: Awaitable[T4], /
) -> tuple[T1, T2, T3, T4]: ...
@overload
async def gather(*awaitables: Awaitable[T]) -> tuple[T, ...]: ...
async def gather(*awaitables: Awaitable[object]) -> tuple[object, ...]:
    """Run everything side by side and return the results in order.

    A failure never cancels the others: when all have ended, the error of the first failed one in
    the order of the arguments is raised, the rest are dropped.
    """
    results = await asyncio.gather(*awaitables, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return tuple(results)


async def poll(
    ask: Callable[[], Awaitable[T | None]], *, every: float, limit: float, clock: Clock
) -> T:
    """Ask at once and then every so often until the answer is not None.

    Args:
        ask: One question; None means "not yet".
        every: Seconds between the end of one question and the next.
        limit: Seconds for the whole; a question that would come later is not asked.
        clock: Where the waiting happens.

    Raises:
        DeadlineExceeded: There was still no answer within `limit`.
    """
    end = clock.monotonic() + limit
    while (answer := await ask()) is None:
        if clock.monotonic() + every > end:
            raise DeadlineExceeded(f"no answer within {limit:g} s of polling")
        await clock.sleep(every)
    return answer


async def ended(
    futures: Collection[asyncio.Future[Any]],  # their results do not matter here
    *,
    clock: Clock,
    seconds: float | None = None,
) -> bool:
    """Wait until all of `futures` are done or `seconds` have passed; cancels none of them.

    Returns:
        Whether all are done. Never raises their errors.
    """
    # Not asyncio.shield: from Python 3.14 on it reports the error of what nobody waits for any more
    # (python/cpython#134331). asyncio.wait would do, but costs a thousand waiters a third more.
    pending = {future for future in futures if not future.done()}
    if not pending:
        return True
    alarm = asyncio.get_running_loop().create_future()

    def note(future: asyncio.Future[Any]) -> None:
        pending.discard(future)
        if (not pending or future is timer) and not alarm.done():
            alarm.set_result(None)

    timer = None if seconds is None else asyncio.ensure_future(clock.sleep(seconds))
    watched = tuple(pending) if timer is None else (*pending, timer)
    for future in watched:
        future.add_done_callback(note)
    try:
        await alarm
    finally:
        if timer is not None:
            timer.cancel()
        for future in watched:
            if not future.done():
                future.remove_done_callback(note)
    return not pending
