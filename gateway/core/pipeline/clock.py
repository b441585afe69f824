"""Time as the pipeline sees it; injected, so that tests and simulations own it."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where every wait, interval and time stamp comes from."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back. For intervals and deadlines."""
        ...

    def now(self) -> datetime:
        """The aware UTC time of day; may jump. For what people see and what outlives a process."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after `seconds`; zero and less only lets other tasks run."""
        ...


class SystemClock:
    """The machine's own clock and the running event loop's timers."""

    def monotonic(self) -> float:
        """Seconds of `time.monotonic()`."""
        return time.monotonic()

    def now(self) -> datetime:
        """The machine's time of day in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Sleep by the event loop's timer."""
        await asyncio.sleep(seconds)
