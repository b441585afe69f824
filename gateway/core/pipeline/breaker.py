"""The circuit breaker of an origin: for the dead host; the retry budget is for the ill one."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from gateway.core.errors import CircuitOpen
from gateway.core.pipeline.clock import Clock
from gateway.core.wire import RequestKind


class BreakerState(StrEnum):
    """Whether the origin is being sent to."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Verdict(StrEnum):
    """What an attempt says about the origin.

    Attributes:
        SUCCESS: It answered as it should.
        FAILURE: The breaker column of the retry table says "fail".
        CONNECT_FAILURE: The same, and not one byte could be sent.
        NEUTRAL: Nothing: wrong credentials, a 404, a 429, a cancelled attempt.
    """

    SUCCESS = "success"
    FAILURE = "failure"
    CONNECT_FAILURE = "connect_failure"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class BreakerSettings:
    """When it opens and closes (resilience notes 5).

    Attributes:
        window: Seconds that count.
        attempts: Attempts in the window below which the share says nothing.
        share: Share of failures that opens it.
        connect_failures: Connect failures in a row that open it.
        first_pause: Seconds of the first pause; each further one is twice as long.
        longest_pause: Seconds that no pause exceeds; each is multiplied by uniform(0.5, 1).
        successes: Successful probes that close it.
        ask_again: `retry_after` for those who come while a probe is under way.
    """

    window: float = 10.0
    attempts: int = 20
    share: float = 0.9
    connect_failures: int = 5
    first_pause: float = 5.0
    longest_pause: float = 15.0
    successes: int = 3
    ask_again: float = 1.0


DEFAULT_SETTINGS = BreakerSettings()
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class BreakerChange:
    """An event: the breaker of `origin` went from `old` to `new`.

    Attributes:
        reason: Stable word: `failures`, `connect_failures`, `pause_over`, `probe_failed`,
            `recovered`, `forced`, `released`.
        pause: Seconds until the first probe, where it opened by itself.
    """

    origin: str
    old: BreakerState
    new: BreakerState
    reason: str
    pause: float | None = None


class Breaker:
    """The breaker of one origin.

    `admit` before an attempt gives a ticket; exactly one `record` with that ticket after it, on
    every way out (`NEUTRAL` for a cancellation). Tickets from before a change of state are
    ignored, so a late answer neither closes nor opens anything.

    Args:
        origin: For errors and events.
        clock: Source of time.
        rng: Source of the pauses' jitter.
        settings: Thresholds.
        on_change: Told of every change of state after it happened; must not raise.
    """

    def __init__(
        self,
        origin: str,
        *,
        clock: Clock,
        rng: Random,
        settings: BreakerSettings = DEFAULT_SETTINGS,
        on_change: Callable[[BreakerChange], None] | None = None,
    ) -> None:
        self.origin = origin
        self._clock = clock
        self._rng = rng
        self._settings = settings
        self._on_change = on_change
        self._state = BreakerState.CLOSED
        self._forced = False
        self._ticket = 0  # rises with every change of state
        self._attempts: deque[float] = deque()
        self._failures: deque[float] = deque()
        self._connect_failures = 0
        self._openings = 0  # in a row, since it was last closed
        self._probe_at = 0.0
        self._probing = False
        self._successes = 0

    @property
    def state(self) -> BreakerState:
        """The state; an elapsed pause shows only when the first probe asks to go."""
        return self._state

    @property
    def forced(self) -> bool:
        """Whether it was set by hand and stays as it is."""
        return self._forced

    def admit(self, kind: RequestKind, *, by_person: bool = False) -> int:
        """Let an attempt through; the ticket goes to `record`.

        Args:
            kind: The kind of the request; probes are READ or an AUTH of a person.
            by_person: Whether a person has just submitted this AUTH.

        Raises:
            CircuitOpen: The origin is being left alone; `retry_after` says for how long.
        """
        if self._state is BreakerState.CLOSED:
            return self._ticket
        return self._admit_probe(kind, by_person=by_person)

    def record(self, ticket: int, verdict: Verdict) -> None:
        """Tell what came of the attempt that got `ticket`."""
        if ticket != self._ticket:
            return
        if self._state is BreakerState.CLOSED:
            if verdict is not Verdict.NEUTRAL and not self._forced:
                self._count(verdict)
        elif self._state is BreakerState.HALF_OPEN:
            self._probing = False
            if verdict is Verdict.SUCCESS:
                self._successes += 1
                if self._successes >= self._settings.successes:
                    self._openings = 0
                    self._change(BreakerState.CLOSED, "recovered")
            elif verdict is not Verdict.NEUTRAL:
                self._open("probe_failed")

    def force(self, state: BreakerState | None) -> None:
        """Hold it open or closed by hand; None lets it go, closed and with nothing counted.

        Raises:
            ValueError: It cannot be held half-open.
        """
        if state is BreakerState.HALF_OPEN:
            raise ValueError("a breaker is forced open or closed")
        self._forced = state is not None
        self._openings = 0
        self._change(state or BreakerState.CLOSED, "forced" if self._forced else "released")

    def _admit_probe(self, kind: RequestKind, *, by_person: bool) -> int:
        pause = self._settings.longest_pause
        if not self._forced:
            pause = max(self._probe_at - self._clock.monotonic(), 0.0)
            allowed = kind is RequestKind.READ or (kind is RequestKind.AUTH and by_person)
            if pause == 0.0 and allowed and not self._probing:
                if self._state is BreakerState.OPEN:
                    self._change(BreakerState.HALF_OPEN, "pause_over")
                self._probing = True
                return self._ticket
        raise CircuitOpen(
            f"{self.origin} keeps failing, nothing is sent to it",
            retry_after=pause or self._settings.ask_again,
        )

    def _count(self, verdict: Verdict) -> None:
        """Count an attempt while closed; open if that was too much."""
        now = self._clock.monotonic()
        self._forget(now - self._settings.window)
        self._attempts.append(now)
        if verdict is Verdict.SUCCESS:
            self._connect_failures = 0
            return
        self._failures.append(now)
        if verdict is Verdict.CONNECT_FAILURE:
            self._connect_failures += 1
            if self._connect_failures >= self._settings.connect_failures:
                self._open("connect_failures")
                return
        else:
            self._connect_failures = 0
        attempts = len(self._attempts)
        enough = attempts >= self._settings.attempts
        if enough and len(self._failures) >= self._settings.share * attempts - _ROUNDING:
            self._open("failures")

    def _forget(self, before: float) -> None:
        for times in (self._attempts, self._failures):
            while times and times[0] <= before:
                times.popleft()

    def _open(self, reason: str) -> None:
        longest = self._settings.longest_pause
        pause = min(longest, self._settings.first_pause * 2.0 ** min(self._openings, 32))
        pause *= self._rng.uniform(0.5, 1.0)
        self._openings += 1
        self._probe_at = self._clock.monotonic() + pause
        self._change(BreakerState.OPEN, reason, pause)

    def _change(self, new: BreakerState, reason: str, pause: float | None = None) -> None:
        old, self._state = self._state, new
        self._ticket += 1
        self._attempts.clear()
        self._failures.clear()
        self._connect_failures = 0
        self._successes = 0
        self._probing = False
        if self._on_change is not None and old is not new:
            self._on_change(BreakerChange(self.origin, old, new, reason, pause))
