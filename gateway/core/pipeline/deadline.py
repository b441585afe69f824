"""The end of a whole call, and how much of it each phase of a request may use."""

from dataclasses import dataclass

from gateway.core.errors import DeadlineExceeded
from gateway.core.pipeline.clock import Clock

CALL = 30.0
"""Seconds for a whole call."""

BULK = 120.0
"""Seconds for a whole call of a bulk run."""


@dataclass(frozen=True, slots=True)
class Phases:
    """Seconds that one phase of a request may last (resilience notes 7).

    Attributes:
        queue: Waiting for a slot of the limiter; as long as a call, so the deadline is the bound.
        connect: Name, TCP and TLS.
        pool: Waiting inside the connection pool.
        write: Between two pieces of the request.
        read: Between two pieces of the answer.
    """

    queue: float = CALL
    connect: float = 5.0
    pool: float = 5.0
    write: float = 10.0
    read: float = 15.0


class Deadline:
    """A fixed end on the monotonic clock.

    Attributes:
        end: The end in the clock's monotonic seconds.
    """

    __slots__ = ("_clock", "end")

    def __init__(self, clock: Clock, end: float) -> None:
        self._clock = clock
        self.end = end

    @classmethod
    def after(cls, clock: Clock, seconds: float) -> "Deadline":
        """The deadline `seconds` from now."""
        return cls(clock, clock.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.end - self._clock.monotonic())

    def check(self) -> None:
        """Return while time is left.

        Raises:
            DeadlineExceeded: The end has come.
        """
        if self._clock.monotonic() >= self.end:
            raise DeadlineExceeded("the call took longer than allowed")

    def cap(self, timeout: float) -> float:
        """The shorter of `timeout` and what is left, in seconds; always above zero.

        Raises:
            DeadlineExceeded: Nothing is left.
        """
        left = self.end - self._clock.monotonic()
        if left <= 0.0:
            raise DeadlineExceeded("the call took longer than allowed")
        return min(timeout, left)

    def within(self, seconds: float) -> "Deadline":
        """This deadline or the one `seconds` from now, whichever comes first."""
        end = self._clock.monotonic() + seconds
        return self if self.end <= end else Deadline(self._clock, end)

    def __repr__(self) -> str:
        return f"Deadline({self.remaining():.3f} s left)"
