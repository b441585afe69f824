import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from random import Random

import pytest
import tenacity

from gateway.core.errors import (
    AccessDenied,
    CircuitOpen,
    ConnectFailed,
    DeadlineExceeded,
    GatewayError,
    InteractionRequired,
    NotFound,
    OutcomeUnknown,
    ProviderTimeout,
    RateLimited,
    ServerFailure,
    SessionLost,
)
from gateway.core.pipeline.backoff import Backoff
from gateway.core.pipeline.budget import RetryBudget
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.retry import AttemptFailed, RetryPolicy, run_attempts
from gateway.core.pipeline.retry_table import OutcomeClass
from gateway.core.wire import RequestKind
from gateway.testing.clock import VirtualClock

Step = str | Exception

STALE = AttemptFailed(OutcomeClass.STALE_CONNECTION, ProviderTimeout("closed before any byte"))


def failed(outcome: OutcomeClass, error: GatewayError | None = None) -> AttemptFailed:
    return AttemptFailed(outcome, error or ServerFailure("synthetic", http_status=500))


class Line:
    """A scripted request on an auto clock; remembers when each attempt was made."""

    def __init__(self, *steps: Step, seconds: float = 30) -> None:
        self.clock = VirtualClock(auto=True)
        self.rng = Random(3)
        self.budget = RetryBudget()
        self.deadline = Deadline.after(self.clock, seconds)
        self.steps = list(steps)
        self.start = self.clock.monotonic()
        self.times: list[float] = []

    async def attempt(self, number: int) -> str:
        self.times.append(self.clock.monotonic() - self.start)
        assert number == len(self.times)
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    async def run(
        self,
        kind: RequestKind = RequestKind.READ,
        *,
        policy: RetryPolicy | None = None,
        hold: Callable[[], float] | None = None,
        relogin: Callable[[], Awaitable[None]] | None = None,
    ) -> str:
        return await run_attempts(
            self.attempt,
            kind=kind,
            clock=self.clock,
            rng=self.rng,
            budget=self.budget,
            deadline=self.deadline,
            policy=policy or RetryPolicy(),
            hold=hold,
            relogin=relogin,
        )


async def test_a_first_success_earns_a_token_and_waits_for_nothing() -> None:
    line = Line("answer")
    line.budget.withdraw()
    assert await line.run() == "answer"
    assert line.times == [0]
    assert line.budget.tokens == 491


async def test_the_second_attempt_waits_for_the_backoff_and_gives_its_cost_back() -> None:
    line = Line(failed(OutcomeClass.CUT_SHORT), failed(OutcomeClass.CUT_SHORT), "answer")
    assert await line.run() == "answer"
    assert 0 < line.times[1] <= 0.25
    assert line.times[1] < line.times[2] <= line.times[1] + 0.5
    assert line.budget.tokens == 490  # only the retry that succeeded


async def test_the_last_real_error_is_raised_as_it_is_with_what_it_took() -> None:
    last = ServerFailure("third", http_status=502)
    line = Line(
        failed(OutcomeClass.NOT_SENT, ConnectFailed("first")),
        failed(OutcomeClass.CUT_SHORT, ProviderTimeout("second")),
        failed(OutcomeClass.SERVER_FAILURE, last),
    )
    with pytest.raises(ServerFailure) as caught:
        await line.run()
    assert caught.value is last
    assert (last.attempts, last.retry_suppressed) == (3, False)
    assert float(last.context["elapsed"]) == pytest.approx(line.times[-1], abs=0.001)
    assert last.__cause__ is None
    assert last.__context__ is None


async def test_an_empty_budget_stops_retries_and_says_so() -> None:
    line = Line(failed(OutcomeClass.SERVER_FAILURE))
    while line.budget.withdraw():
        pass
    with pytest.raises(ServerFailure) as caught:
        await line.run()
    assert (caught.value.attempts, caught.value.retry_suppressed) == (1, True)


async def test_no_sleep_goes_past_the_deadline() -> None:
    slow = RetryPolicy(backoff=Backoff(base=1_000, cap=1_000))
    line = Line(failed(OutcomeClass.SERVER_FAILURE), seconds=2)
    with pytest.raises(ServerFailure) as caught:
        await line.run(policy=slow)
    assert line.clock.monotonic() == line.start
    assert (caught.value.attempts, caught.value.retry_suppressed) == (1, False)
    assert line.budget.tokens == 500


async def test_a_stale_connection_is_repeated_at_once_free_and_once() -> None:
    line = Line(STALE, "answer")
    while line.budget.withdraw():
        pass
    assert await line.run() == "answer"
    assert line.times == [0, 0]
    line = Line(STALE, STALE)
    with pytest.raises(ProviderTimeout):
        await line.run()
    assert line.budget.tokens == 500


async def test_a_free_attempt_after_a_paid_one_neither_waits_nor_earns() -> None:
    line = Line(failed(OutcomeClass.SERVER_FAILURE), STALE, "answer")
    assert await line.run() == "answer"
    assert line.times[2] == line.times[1] > line.times[0]
    assert line.budget.tokens == 491  # the paid attempt stays paid, the success earns one


async def test_what_stands_for_a_writes_error_tells_what_that_told() -> None:
    real = ServerFailure(
        "busy", http_status=503, retry_after=7, provider="p", operation="reply", context={"a": "b"}
    )
    line = Line(failed(OutcomeClass.SERVER_FAILURE, real))
    with pytest.raises(OutcomeUnknown) as caught:
        await line.run(RequestKind.WRITE)
    error = caught.value
    assert error.__cause__ is real
    assert (error.message, error.http_status, error.retry_after) == ("busy", 503, 7)
    assert (error.provider, error.operation, error.context["a"]) == ("p", "reply", "b")


async def test_after_the_deadline_nothing_is_free_either() -> None:
    line = Line(STALE, "too late")
    attempt = line.attempt

    async def slow(number: int) -> str:
        await line.clock.sleep(31)
        return await attempt(number)

    line.attempt = slow  # type: ignore[method-assign] # a slower wire
    with pytest.raises(ProviderTimeout):
        await line.run()
    assert len(line.times) == 1


async def test_the_free_attempt_does_not_count_among_the_three() -> None:
    line = Line(
        STALE,
        failed(OutcomeClass.SERVER_FAILURE),
        failed(OutcomeClass.SERVER_FAILURE),
        failed(OutcomeClass.SERVER_FAILURE),
    )
    with pytest.raises(ServerFailure) as caught:
        await line.run()
    assert caught.value.attempts == 4


async def test_broken_json_is_repeated_once_also_between_other_failures() -> None:
    line = Line(
        failed(OutcomeClass.BROKEN_JSON),
        failed(OutcomeClass.SERVER_FAILURE),
        failed(OutcomeClass.BROKEN_JSON),
    )
    with pytest.raises(ServerFailure):
        await line.run(policy=RetryPolicy(attempts=10))
    assert len(line.times) == 3


@pytest.mark.parametrize("status", [429, 503])
async def test_throttling_makes_the_first_wait_longer(status: int) -> None:
    waits = []
    for seed in range(40):
        outcome = OutcomeClass.THROTTLED if status == 429 else OutcomeClass.SERVER_FAILURE
        line = Line(failed(outcome, ServerFailure(http_status=status)), "answer")
        line.rng = Random(seed)
        await line.run()
        waits.append(line.times[1])
    assert 0.9 < max(waits) <= 1


async def test_after_429_the_gate_alone_says_when_and_half_the_price_is_paid() -> None:
    line = Line(failed(OutcomeClass.THROTTLED, RateLimited(http_status=429)), NotFound())
    with pytest.raises(NotFound):
        await line.run(hold=lambda: 12.5)
    assert line.times == [0, 12.5]
    assert line.budget.tokens == 495


async def test_a_gate_that_does_not_fit_ends_the_call_at_once() -> None:
    line = Line(failed(OutcomeClass.SERVER_FAILURE))

    def hold() -> float:
        raise RateLimited(retry_after=120)

    with pytest.raises(RateLimited) as caught:
        await line.run(hold=hold)
    assert (caught.value.attempts, caught.value.retry_after) == (1, 120)
    assert line.clock.monotonic() == line.start
    assert line.budget.tokens == 500


async def test_other_retries_respect_the_gate_too() -> None:
    line = Line(failed(OutcomeClass.SERVER_FAILURE), "answer")
    assert await line.run(hold=lambda: 9) == "answer"
    assert line.times == [0, 9]


@pytest.mark.parametrize("local", [CircuitOpen(), DeadlineExceeded()])
async def test_our_own_refusal_does_not_hide_the_real_error(local: GatewayError) -> None:
    real = ServerFailure(http_status=500)
    line = Line(failed(OutcomeClass.SERVER_FAILURE, real), local)
    with pytest.raises(ServerFailure) as caught:
        await line.run()
    assert caught.value is real
    assert real.attempts == 1
    assert line.budget.tokens == 500  # paid for, not sent


async def test_our_own_refusal_of_the_first_attempt_comes_through() -> None:
    line = Line(CircuitOpen())
    with pytest.raises(CircuitOpen) as caught:
        await line.run()
    assert caught.value.attempts == 0


async def test_a_lost_session_is_renewed_once_and_then_read_again() -> None:
    logins: list[str] = []

    async def relogin() -> None:
        logins.append("login")

    line = Line(failed(OutcomeClass.SESSION_LOST, SessionLost()), "answer")
    assert await line.run(relogin=relogin) == "answer"
    assert logins == ["login"]
    assert line.times == [0, 0]
    assert line.budget.tokens == 500

    line = Line(
        failed(OutcomeClass.SESSION_LOST, SessionLost()),
        failed(OutcomeClass.SERVER_FAILURE),
        "answer",
    )
    assert await line.run(relogin=relogin) == "answer"
    assert logins == ["login", "login"]  # once per call

    lost = failed(OutcomeClass.SESSION_LOST, SessionLost(http_status=401))
    line = Line(lost, lost)
    with pytest.raises(AccessDenied) as caught:
        await line.run(relogin=relogin)
    assert (caught.value.attempts, caught.value.http_status) == (2, 401)
    assert logins == ["login"] * 3


@pytest.mark.parametrize("error", [InteractionRequired(reason="no_refresh"), CircuitOpen()])
async def test_a_failed_renewal_is_what_the_caller_hears_of(error: GatewayError) -> None:
    async def relogin() -> None:
        raise error

    line = Line(failed(OutcomeClass.SESSION_LOST, SessionLost()))
    with pytest.raises(type(error)) as caught:
        await line.run(relogin=relogin)
    assert caught.value is error
    assert error.attempts == 1


async def test_without_a_way_to_renew_a_lost_session_is_lost() -> None:
    line = Line(failed(OutcomeClass.SESSION_LOST, SessionLost()))
    with pytest.raises(SessionLost):
        await line.run()


async def test_an_unknown_outcome_keeps_what_the_real_error_knew() -> None:
    real = ProviderTimeout(
        "no answer", provider="fictional", operation="send_message", context={"phase": "read"}
    )
    line = Line(failed(OutcomeClass.CUT_SHORT, real))
    with pytest.raises(OutcomeUnknown) as caught:
        await line.run(RequestKind.WRITE)
    assert caught.value.provider == "fictional"
    assert caught.value.operation == "send_message"
    assert caught.value.context["phase"] == "read"
    assert caught.value.__cause__ is real


async def test_cancellation_passes_through_and_counts_nowhere() -> None:
    line = Line(failed(OutcomeClass.SERVER_FAILURE))
    line.clock = VirtualClock()
    line.deadline = Deadline.after(line.clock, 30)
    task = asyncio.create_task(line.run())
    await line.clock.settle()  # asleep before its second attempt
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await line.clock.settle()
    assert line.clock.sleeping == 0


async def test_a_bug_is_no_outcome() -> None:
    line = Line(failed(OutcomeClass.SERVER_FAILURE), ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await line.run()


async def test_concurrent_calls_never_get_each_others_answers() -> None:
    clock = VirtualClock(auto=True)
    rng = Random(5)
    budget = RetryBudget(100_000)

    async def call(own: int) -> int:
        failures = own % 3

        async def attempt(number: int) -> int:
            await clock.sleep((own * 7919 % 13) / 100)
            if number <= failures:
                raise failed(OutcomeClass.SERVER_FAILURE)
            return own

        return await run_attempts(
            attempt,
            kind=RequestKind.READ,
            clock=clock,
            rng=rng,
            budget=budget,
            deadline=Deadline.after(clock, 30),
        )

    assert await asyncio.gather(*(call(own) for own in range(300))) == list(range(300))


async def test_one_tenacity_object_for_all_calls_would_mix_them_up() -> None:
    async def wrong(_error: BaseException) -> bool:
        await asyncio.sleep(0)
        return True

    async def predicate(state: tenacity.RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome is not None else None
        return error is not None and await wrong(error)

    shared = tenacity.AsyncRetrying(retry=predicate)

    async def call(own: int) -> object:
        left = [1]

        async def work() -> int:
            await asyncio.sleep(0)
            if left:
                left.pop()
                raise ConnectFailed
            return own

        return await shared(work)

    results = await asyncio.gather(*(call(own) for own in range(300)))
    # When this fails, tenacity has mended it and one object per call is no longer needed.
    assert results != list(range(300))


def test_loading_the_pipeline_loads_neither_tenacity_nor_httpx() -> None:
    code = (
        "import sys; import gateway.core.pipeline.retry, gateway.core.pipeline.backoff;"
        "print([name for name in ('tenacity', 'httpx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
