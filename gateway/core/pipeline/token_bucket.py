"""A token bucket: so many starts per second, with a small burst."""

from gateway.core.pipeline.clock import Clock

_ROUNDING = 1e-9


class TokenBucket:
    """Tokens that grow back with time; begins full.

    Args:
        clock: Source of time.
        rate: Tokens per second, above zero.
        burst: Tokens at most, 1 or more.
    """

    __slots__ = ("_at", "_burst", "_clock", "_rate", "_tokens")

    def __init__(self, clock: Clock, rate: float, burst: int = 1) -> None:
        if rate <= 0 or burst < 1:
            raise ValueError("a token bucket needs a rate above zero and a burst of one or more")
        self._clock = clock
        self._rate = rate
        self._burst = float(burst)
        self._tokens = self._burst
        self._at = clock.monotonic()

    def take(self) -> bool:
        """Take a token if there is one."""
        self._refill()
        if self._tokens < 1.0 - _ROUNDING:
            return False
        self._tokens -= 1.0
        return True

    def delay(self) -> float:
        """Seconds until there is a token; 0 if there is one."""
        self._refill()
        if self._tokens >= 1.0 - _ROUNDING:
            return 0.0
        return (1.0 - self._tokens) / self._rate

    def _refill(self) -> None:
        now = self._clock.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
