"""A clock that stands still until it is told to move: hours of waiting in milliseconds."""

import asyncio
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from weakref import WeakKeyDictionary

_MOST_TURNS = 1_000_000

# How many clocks look at a loop right now: each is ready itself, but only because it looks.
_looking: WeakKeyDictionary[asyncio.AbstractEventLoop, int] = WeakKeyDictionary()


class VirtualClock:
    """A `Clock` in virtual time that wakes sleepers in the order of their alarms, then of asking.

    By hand, `await clock.advance(60)` runs everything that is due in the next minute, each sleeper
    at its own moment. With `auto=True` time moves by itself to the next alarm whenever every task
    waits, so plain code with sleeps in it runs through at once.

    "Waits" means that the event loop has nothing ready; tasks that wait for a socket or a thread
    count as waiting, so do not mix them with `auto`. Works on asyncio's own event loops.

    Args:
        start: The wall-clock time at the beginning, aware.
        auto: Whether time moves by itself.
    """

    def __init__(
        self, *, start: datetime = datetime(2026, 9, 1, 8, tzinfo=UTC), auto: bool = False
    ) -> None:
        self._auto = auto
        self._time = 1_000.0
        self._wall = start.astimezone(UTC) - timedelta(seconds=self._time)
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._mover: asyncio.Task[None] | None = None
        self._moving = False

    def monotonic(self) -> float:
        """Virtual seconds."""
        return self._time

    def now(self) -> datetime:
        """The virtual time of day in UTC."""
        return self._wall + timedelta(seconds=self._time)

    async def sleep(self, seconds: float) -> None:
        """Wait until virtual time has moved on by `seconds`."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self._time + seconds, next(self._order), alarm))
        if self._auto and (self._mover is None or self._mover.done()):
            self._mover = asyncio.create_task(self._move_by_itself())
        await alarm

    @property
    def sleeping(self) -> int:
        """How many tasks sleep now."""
        return sum(not alarm.done() for _, _, alarm in self._sleepers)

    def jump_wall(self, seconds: float) -> None:
        """Let the time of day jump by `seconds` (may be negative); intervals do not notice."""
        self._wall += timedelta(seconds=seconds)

    async def advance(self, seconds: float) -> None:
        """Move on by `seconds`, letting everything that becomes due run at its own moment."""
        if self._auto or self._moving:
            raise RuntimeError("this clock is already moving")
        self._moving = True
        try:
            end = self._time + seconds
            await self.settle()
            while self._ring_next(end):
                await self.settle()
            self._time = end
        finally:
            self._moving = False

    async def settle(self) -> None:
        """Return when every other task waits for something; no virtual time passes."""
        # The only exact sign that everything waits; asyncio has no public one.
        loop = asyncio.get_running_loop()
        ready = getattr(loop, "_ready", None)
        if ready is None:
            raise RuntimeError("virtual time needs an event loop of asyncio itself")
        _looking[loop] = _looking.get(loop, 0) + 1
        try:
            for _ in range(_MOST_TURNS):
                await asyncio.sleep(0)
                if len(ready) < _looking[loop]:
                    return
        finally:
            _looking[loop] -= 1
        raise RuntimeError("a task runs on and on and never waits")

    async def _move_by_itself(self) -> None:
        await self.settle()
        while self._ring_next(float("inf")):
            await self.settle()

    def _ring_next(self, end: float) -> bool:
        """Wake the next sleeper whose alarm is not after `end`; whether there was one."""
        while self._sleepers and self._sleepers[0][0] <= end:
            when, _, alarm = heappop(self._sleepers)
            if not alarm.done():  # a cancelled sleeper is simply forgotten
                self._time = when
                alarm.set_result(None)
                return True
        return False
