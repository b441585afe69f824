"""A clock for tests over real sockets: every wait is over at once, and time has still passed."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from inspect import iscoroutine


class HastyClock:
    """A `Clock` that starts at a given moment, runs with the machine, and jumps over waits.

    A pause between two tries, a rate limit, a login's minute: `sleep()` moves the clock on and
    returns. A sleep that is a task of its own is an alarm, somebody's patience with something
    else; it takes its real time, or every patience would be at its end at once.

    Args:
        start: The wall-clock time at the beginning, aware.
    """

    def __init__(self, *, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._born = time.monotonic()
        self._skipped = 0.0

    def monotonic(self) -> float:
        """Seconds since the clock was made, jumps included."""
        return time.monotonic() - self._born + self._skipped

    def now(self) -> datetime:
        """The time of day in UTC."""
        return self._start + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds: float) -> None:
        """Moves the clock on by `seconds` and lets other tasks run."""
        if _is_alarm():
            await asyncio.sleep(seconds)
            return
        self.skip(seconds)
        await asyncio.sleep(0)

    def skip(self, seconds: float) -> None:
        """Lets time pass: gates open, pauses end, cached answers age."""
        self._skipped += max(seconds, 0.0)


def _is_alarm() -> bool:
    task = asyncio.current_task()
    root = task.get_coro() if task is not None else None
    return iscoroutine(root) and root.cr_code is HastyClock.sleep.__code__
