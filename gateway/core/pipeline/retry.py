"""One request, attempted as often as the table, the budget and the deadline allow."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Generic, TypeVar

from gateway.core.errors import (
    AccessDenied,
    CircuitOpen,
    DeadlineExceeded,
    GatewayError,
    Overloaded,
)
from gateway.core.pipeline.backoff import INTERACTIVE, THROTTLED_STATUSES, Backoff
from gateway.core.pipeline.budget import RetryBudget
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.retry_table import RETRY_TABLE, Action, OutcomeClass
from gateway.core.wire import RequestKind

if TYPE_CHECKING:  # loading the gateway must not load tenacity
    from tenacity import RetryCallState

T = TypeVar("T")

# Refused by ourselves before anything was sent: the last real error tells more.
_NOT_REAL = (CircuitOpen, DeadlineExceeded, Overloaded)


class AttemptFailed(Exception):
    """An attempt that was made and failed; never leaves `run_attempts`.

    Attributes:
        outcome: Its row in the retry table.
        error: What the caller gets if this was the last attempt.
    """

    def __init__(self, outcome: OutcomeClass, error: GatewayError) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome
        self.error = error


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """What a request allows beyond its kind.

    Attributes:
        attempts: Attempts at most, the free ones not counted.
        backoff: How the waits grow.
        idempotency_key: The provider itself drops repeats of this write.
        session_checked_first: The provider checks the session before it writes anything.
    """

    attempts: int = 3
    backoff: Backoff = INTERACTIVE
    idempotency_key: bool = False
    session_checked_first: bool = False


DEFAULT_POLICY = RetryPolicy()


async def run_attempts(
    attempt: Callable[[int], Awaitable[T]],
    *,
    kind: RequestKind,
    clock: Clock,
    rng: Random,
    budget: RetryBudget,
    deadline: Deadline,
    policy: RetryPolicy = DEFAULT_POLICY,
    hold: Callable[[], float] | None = None,
    relogin: Callable[[], Awaitable[None]] | None = None,
) -> T:
    """Attempt a request until it succeeds or nothing more is allowed.

    The first attempt runs bare. Only a failure that may be repeated enters tenacity, each time in
    an `AsyncRetrying` of its own: a shared one mixes up concurrent calls.

    Args:
        attempt: One attempt, given its number from 1. Raises `AttemptFailed` for whatever came of
            a request; any other exception ends the call as it is.
        kind: The kind of the request.
        clock: Where the waiting happens.
        rng: Source of the jitter.
        budget: The host's retry budget.
        deadline: The call's end; no wait goes past it.
        policy: What the request allows beyond its kind.
        hold: Seconds that a further attempt must wait for its gates; raises where that is too long.
        relogin: Signs in anew after a lost session, or raises.

    Raises:
        GatewayError: The last real error, with `attempts`, `retry_suppressed` and the seconds in
            `context["elapsed"]`.
        AccessDenied: The session was lost again right after a good new login.
    """
    started = clock.monotonic()
    try:
        result = await attempt(1)
    except AttemptFailed as failure:
        first = failure
    else:
        budget.succeeded()
        return result
    return await _Retries(
        attempt, kind, clock, rng, budget, deadline, policy, hold, relogin, started, first
    ).run()


@dataclass(slots=True)
class _Retries(Generic[T]):
    """The attempts after the first, as callbacks of one tenacity run."""

    attempt: Callable[[int], Awaitable[T]]
    kind: RequestKind
    clock: Clock
    rng: Random
    budget: RetryBudget
    deadline: Deadline
    policy: RetryPolicy
    hold: Callable[[], float] | None
    relogin: Callable[[], Awaitable[None]] | None
    started: float
    last: AttemptFailed
    sent: int = 1
    retries: int = 0
    cost: int = 0
    delay: float = 0.0
    login_due: bool = False
    suppressed: bool = False
    spent: set[OutcomeClass] = field(default_factory=set)

    async def run(self) -> T:
        try:
            if self._allowed(self.last):
                return await self._in_tenacity()
        except AttemptFailed:
            pass  # it is `self.last`
        except _NOT_REAL as error:
            self.budget.give_back(self.cost)
            if self.last.outcome is OutcomeClass.SESSION_LOST:  # healed, or the login's own error
                self._stamp(error)
                raise
        except GatewayError as error:
            self._stamp(error)
            raise
        raise self._final()

    async def _in_tenacity(self) -> T:
        from tenacity import AsyncRetrying  # noqa: PLC0415 - loaded only when something failed

        first: AttemptFailed | None = self.last

        async def attempt_again() -> T:
            # Tenacity waits between attempts, so it is shown the first failure as its own.
            nonlocal first
            if first is not None:
                shown, first = first, None
                raise shown
            return await self._next()

        retrying = AsyncRetrying(retry=self._wants_more, wait=self._wait, sleep=self.clock.sleep)
        return await retrying(attempt_again)

    def _wants_more(self, state: "RetryCallState") -> bool:
        error = state.outcome.exception() if state.outcome is not None else None
        if not isinstance(error, AttemptFailed):
            return False
        return state.attempt_number == 1 or self._allowed(error)

    def _wait(self, _state: "RetryCallState") -> float:
        return self.delay

    async def _next(self) -> T:
        if self.login_due and self.relogin is not None:
            self.login_due = False
            await self.relogin()
        try:
            result = await self.attempt(self.sent + 1)
        except AttemptFailed as failure:
            self.sent += 1
            self.last = failure
            raise
        self.budget.succeeded(self.cost)
        return result

    def _allowed(self, failure: AttemptFailed) -> bool:
        """Whether another attempt follows; if so, its wait is set and its cost paid."""
        self.cost = 0
        self.delay = 0.0
        outcome = failure.outcome
        policy = self.policy
        match RETRY_TABLE[outcome].cells[self.kind].action:
            case Action.RETRY | Action.AFTER_GATE:
                allowed = self._paid(failure)
            case Action.WITH_KEY:
                allowed = policy.idempotency_key and self._paid(failure)
            case Action.ONCE:
                allowed = self._unspent(outcome) and self._paid(failure)
            case Action.FREE_ONCE:
                allowed = self._unspent(outcome) and self.deadline.remaining() > 0
            case Action.AFTER_LOGIN:
                allowed = self.login_due = self._may_log_in(outcome)
            case Action.AFTER_LOGIN_IF_CHECKED:
                allowed = self.login_due = policy.session_checked_first and self._may_log_in(
                    outcome
                )
            case _:
                allowed = False
        return allowed

    def _unspent(self, outcome: OutcomeClass) -> bool:
        if outcome in self.spent:
            return False
        self.spent.add(outcome)
        return True

    def _may_log_in(self, outcome: OutcomeClass) -> bool:
        return self.relogin is not None and self._unspent(outcome)

    def _paid(self, failure: AttemptFailed) -> bool:
        """Whether an attempt, enough time and enough tokens are left; takes them if so."""
        if self.retries + 1 >= self.policy.attempts:
            return False
        gated = self.hold() if self.hold is not None else 0.0
        throttled = failure.outcome is OutcomeClass.THROTTLED
        if throttled and gated > 0:
            delay = gated  # the gate has its own jitter
        else:
            slow = throttled or failure.error.http_status in THROTTLED_STATUSES
            backoff = self.policy.backoff.delay(self.retries, self.rng, throttled=slow)
            delay = max(backoff, gated)
        if delay >= self.deadline.remaining():
            return False
        cost = self.budget.withdraw(throttled=throttled)
        if not cost:
            self.suppressed = True
            return False
        self.cost = cost
        self.delay = delay
        self.retries += 1
        return True

    def _final(self) -> GatewayError:
        error = self.last.error
        raises = RETRY_TABLE[self.last.outcome].cells[self.kind].raises
        if self.last.outcome is OutcomeClass.SESSION_LOST and self.last.outcome in self.spent:
            raises = AccessDenied
        if raises is not None and not isinstance(error, raises):
            real = error
            error = raises(real.message, provider=real.provider, http_status=real.http_status)
            error.operation = real.operation
            error.retry_after = real.retry_after
            error.context.update(real.context)
            error.__cause__ = real
        self._stamp(error)
        return error

    def _stamp(self, error: GatewayError) -> None:
        error.attempts = self.sent
        error.retry_suppressed = self.suppressed
        error.context["elapsed"] = f"{self.clock.monotonic() - self.started:.3f}"
