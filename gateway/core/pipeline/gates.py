"""Not-before times: nobody in a gated scope sends until the gate opens."""

from collections.abc import Hashable, Iterable
from random import Random

from gateway.core.errors import GatewayError, RateLimited
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.deadline import Deadline

LONGEST_GATE = 24 * 3600.0
LONGEST_WAIT = 30.0
_SWEEP_ABOVE = 1_024


class Gates:
    """Gates of hosts and accounts, closed by `Retry-After` and maintenance pages.

    A scope is any hashable, such as `("host", "api.example")`. A call waits inside only where gate
    and jitter together (0-10 % and 0-1 s more) fit its deadline and 30 s (resilience notes 4).
    """

    def __init__(self, clock: Clock, rng: Random) -> None:
        self._clock = clock
        self._rng = rng
        self._closed: dict[Hashable, tuple[float, type[GatewayError]]] = {}

    def __len__(self) -> int:
        """Gates kept, some of which may be open again."""
        return len(self._closed)

    def close(
        self, scope: Hashable, seconds: float, *, error: type[GatewayError] = RateLimited
    ) -> None:
        """Let nobody in `scope` send for `seconds` (24 h at most); never shortens a gate.

        Args:
            scope: Host or account.
            seconds: From now; zero and less change nothing.
            error: What those who cannot wait are told; `Maintenance` for a maintenance page.
        """
        if seconds <= 0:
            return
        now = self._clock.monotonic()
        opens_at = now + min(seconds, LONGEST_GATE)
        known = self._closed.get(scope)
        if known is None or known[0] < opens_at:
            self._closed[scope] = (opens_at, error)
        if len(self._closed) > _SWEEP_ABOVE:
            self._closed = {key: gate for key, gate in self._closed.items() if gate[0] > now}

    def open(self, scope: Hashable) -> None:
        """Open the gate of `scope` by hand."""
        self._closed.pop(scope, None)

    def remaining(self, scopes: Iterable[Hashable]) -> float:
        """Seconds until all of `scopes` are open; 0 if they are."""
        last = self._last(scopes)
        return last[0] if last is not None else 0.0

    def delay(self, scopes: Iterable[Hashable], deadline: Deadline) -> float:
        """Seconds for this call to wait, jitter included; 0 if all of `scopes` are open.

        Raises:
            RateLimited: The wait would go past 30 s or the deadline; or the gate's own error.
        """
        if not self._closed:
            return 0.0
        last = self._last(scopes)
        if last is None:
            return 0.0
        seconds, error = last
        wait = seconds * (1.0 + self._rng.uniform(0.0, 0.1)) + self._rng.uniform(0.0, 1.0)
        if wait > LONGEST_WAIT or wait >= deadline.remaining():
            raise error(f"nothing is sent for another {seconds:.0f} s", retry_after=seconds)
        return wait

    async def wait(self, scopes: Iterable[Hashable], deadline: Deadline) -> None:
        """Return when all of `scopes` are open; does not suspend if they are.

        Raises:
            RateLimited: As `delay`.
        """
        scopes = tuple(scopes)
        while seconds := self.delay(scopes, deadline):
            await self._clock.sleep(seconds)

    def _last(self, scopes: Iterable[Hashable]) -> tuple[float, type[GatewayError]] | None:
        """Seconds until the last closed gate of `scopes` opens, and its error."""
        last: tuple[float, type[GatewayError]] | None = None
        for scope in scopes:
            gate = self._closed.get(scope)
            if gate is None:
                continue
            seconds = gate[0] - self._clock.monotonic()
            if seconds <= 0:
                del self._closed[scope]
            elif last is None or seconds > last[0]:
                last = (seconds, gate[1])
        return last
