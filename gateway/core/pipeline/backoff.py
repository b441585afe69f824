"""How long to wait before the next attempt: exponential, with full jitter."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loading the gateway must not load tenacity
    from tenacity import RetryCallState

THROTTLED_STATUSES = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Backoff:
    """`uniform(0, min(cap, base * 2**n))` seconds before retry `n` (resilience notes 4).

    Attributes:
        base: Seconds that the first wait may last.
        throttled_base: The same after 429 and 503.
        cap: Seconds that no wait exceeds.
    """

    base: float = 0.25
    throttled_base: float = 1.0
    cap: float = 8.0

    def delay(self, n: int, rng: Random, *, throttled: bool = False) -> float:
        """Seconds before retry `n`, counted from 0."""
        base = self.throttled_base if throttled else self.base
        # Beyond 2**32 the cap has long taken over, and a float must not overflow.
        return rng.uniform(0.0, min(self.cap, base * 2.0 ** min(n, 32)))

    def as_tenacity_wait(self, rng: Random) -> "Callable[[RetryCallState], float]":
        """The same as a `wait` of tenacity; an error with status 429 or 503 counts as throttled."""

        def wait(state: "RetryCallState") -> float:
            error = state.outcome.exception() if state.outcome is not None else None
            throttled = getattr(error, "http_status", None) in THROTTLED_STATUSES
            return self.delay(state.attempt_number - 1, rng, throttled=throttled)

        return wait


INTERACTIVE = Backoff()
IN_BULK = Backoff(cap=30.0)
