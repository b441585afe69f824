"""The machine's time, many times as fast: real sockets, and intervals that cost little."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class ScaledClock:
    """A `Clock` on which `scale` seconds pass in one real second.

    Args:
        scale: How many times as fast.
        start: The time of day at the beginning, aware.
    """

    def __init__(self, scale: float, *, start: datetime) -> None:
        self.scale = scale
        self._start = start.astimezone(UTC)
        self._paced_at = time.monotonic()
        self._passed = 0.0
        self._jumped = 0.0

    def monotonic(self) -> float:
        """Scaled seconds since the clock was made."""
        return self._passed + (time.monotonic() - self._paced_at) * self.scale

    def now(self) -> datetime:
        """The scaled time of day in UTC."""
        return self._start + timedelta(seconds=self.monotonic() + self._jumped)

    async def sleep(self, seconds: float) -> None:
        """Sleeps the scaled part of `seconds`."""
        await asyncio.sleep(max(seconds, 0.0) / self.scale)

    def skip(self, seconds: float) -> None:
        """Lets time pass for nobody who sleeps now: gates open, pauses end, answers age."""
        self._passed += seconds

    @contextmanager
    def at_leisure(self) -> Iterator[None]:
        """No haste for the time of a block: a second lasts a second."""
        hurried = self.scale
        self._pace(1.0)
        try:
            yield
        finally:
            self._pace(hurried)

    def _pace(self, scale: float) -> None:
        self._passed, self._paced_at = self.monotonic(), time.monotonic()
        self.scale = scale

    def jump_wall(self, seconds: float) -> None:
        """Puts the time of day forward or back; intervals do not notice."""
        self._jumped += seconds
