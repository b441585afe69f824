"""Upstream calls as detached tasks: one per key, and no caller can cancel it."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from types import TracebackType
from typing import Any, TypeVar, cast

from gateway.core.errors import DeadlineExceeded, GatewayClosed
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.waiting import ended

T = TypeVar("T")
Start = Callable[[], Coroutine[Any, Any, T]]  # what a coroutine yields and takes is asyncio's
DRAIN = 5.0


class _Flight:
    """One running call."""

    __slots__ = ("task", "traceback")

    def __init__(self, task: asyncio.Task[object]) -> None:
        self.task = task
        self.traceback: TracebackType | None = None


class SingleFlight:
    """Runs upstream calls, each in a task of its own (resilience notes 6 and 7).

    All who ask for a key while its call runs get the same object or the same error; nobody who
    comes later gets either. A caller's cancellation or shorter deadline ends only its own waiting:
    the call itself ends by the deadline it was started with. This class never ends it, but for
    `aclose`.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._flights: dict[Hashable, _Flight] = {}
        self._tasks: set[asyncio.Task[object]] = set()  # the loop itself keeps weak references
        self._closed = False

    @property
    def running(self) -> int:
        """Calls under way."""
        return len(self._tasks)

    async def run(self, key: Hashable, start: Start[T], *, deadline: Deadline | None = None) -> T:
        """Join the call for `key`, starting it if none is under way.

        Args:
            key: Equal keys share a call.
            start: Makes the call's coroutine, which bounds its own time.
            deadline: The caller's own, where it is shorter than the call's.

        Raises:
            DeadlineExceeded: The caller's deadline came first; the call goes on.
            GatewayClosed: No new calls, or the call was cut off by closing.
        """
        flight = self._flights.get(key)
        if flight is None or flight.task.done():
            flight = self._launch(start)
            self._flights[key] = flight

            def landed(_: object, mine: _Flight = flight) -> None:
                if self._flights.get(key) is mine:
                    del self._flights[key]

            flight.task.add_done_callback(landed)
        return cast("T", await self._outcome(flight, deadline))

    async def run_alone(self, start: Start[T], *, deadline: Deadline | None = None) -> T:
        """Run a call that nobody may share, such as a login or a write; otherwise as `run`."""
        return cast("T", await self._outcome(self._launch(start), deadline))

    async def aclose(self, drain: float = DRAIN) -> None:
        """Take no new calls, give those under way `drain` seconds, then cut them off."""
        self._closed = True
        if await ended(tuple(self._tasks), clock=self._clock, seconds=drain):
            return
        for task in self._tasks:
            task.cancel()
        await ended(tuple(self._tasks), clock=self._clock)

    def _launch(self, start: Start[T]) -> _Flight:
        if self._closed:
            raise GatewayClosed("the gateway takes no new calls")
        task: asyncio.Task[object] = asyncio.create_task(start())
        self._tasks.add(task)
        task.add_done_callback(self._retire)
        return _Flight(task)

    def _retire(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that an abandoned failure is not logged as forgotten

    async def _outcome(self, flight: _Flight, deadline: Deadline | None) -> object:
        task = flight.task
        seconds = None if deadline is None else deadline.remaining()
        if not await ended((task,), clock=self._clock, seconds=seconds):
            raise DeadlineExceeded("the answer did not come within the caller's time")
        if task.cancelled():
            raise GatewayClosed("the call was cut off by closing")
        error = task.exception()
        if error is None:
            return task.result()
        # One error raised by many callers would collect a traceback of all of them.
        if flight.traceback is None:
            flight.traceback = error.__traceback__
        raise error.with_traceback(flight.traceback)
