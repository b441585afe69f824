"""The policies together, in virtual time: figures of the resilience notes 4 and 12."""

import asyncio
from dataclasses import dataclass, field
from random import Random

import pytest

from gateway.core.errors import ConnectFailed, GatewayError, ServerFailure
from gateway.core.pipeline.breaker import Breaker, Verdict
from gateway.core.pipeline.budget import RetryBudget
from gateway.core.pipeline.cache import Ages, AnswerCache, Freshness
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.retry import AttemptFailed, run_attempts
from gateway.core.pipeline.retry_table import OutcomeClass
from gateway.core.wire import RequestKind
from gateway.testing.clock import VirtualClock


@dataclass
class Figures:
    calls: int = 0
    sends: int = 0
    successes: int = 0

    @property
    def sends_per_call(self) -> float:
        return self.sends / self.calls

    @property
    def success(self) -> float:
        return self.successes / self.calls


async def reads(rate: float, *, budget: RetryBudget, calls: int, seed: int) -> Figures:
    """`calls` reads one after the other at a host of which each attempt fails with `rate`."""
    clock = VirtualClock(auto=True)
    rng = Random(seed)
    figures = Figures()

    async def attempt(_number: int) -> None:
        figures.sends += 1
        if rng.random() < rate:
            raise AttemptFailed(OutcomeClass.SERVER_FAILURE, ServerFailure(http_status=500))

    for _ in range(calls):
        figures.calls += 1
        try:
            await run_attempts(
                attempt,
                kind=RequestKind.READ,
                clock=clock,
                rng=rng,
                budget=budget,
                deadline=Deadline.after(clock, 30),
            )
        except ServerFailure:
            continue
        figures.successes += 1
    return figures


@pytest.mark.parametrize(
    "rate, sends, success",
    [
        (0.0, 1.00, 1.00),
        (0.1, 1.11, 0.999),
        (0.2, 1.24, 0.992),
        (0.5, 1.10, 0.55),
        (1.0, 1.00, 0.00),
    ],
)
async def test_the_budget_keeps_sends_per_call_down(
    rate: float, sends: float, success: float
) -> None:
    budget = RetryBudget()
    await reads(rate, budget=budget, calls=400, seed=1)  # until the first tokens are used up
    figures = await reads(rate, budget=budget, calls=2_000, seed=2)
    assert figures.sends_per_call == pytest.approx(sends, abs=0.02)
    assert figures.success == pytest.approx(success, abs=0.03)


async def test_without_a_budget_a_dead_host_would_get_three_sends_per_call() -> None:
    endless = RetryBudget(10**9)
    assert (await reads(1.0, budget=endless, calls=300, seed=3)).sends_per_call == 3
    half = await reads(0.5, budget=endless, calls=1_500, seed=3)
    assert half.sends_per_call == pytest.approx(1.75, abs=0.06)


async def test_the_worst_failure_rate_costs_less_than_a_third_more() -> None:
    worst = 0.0
    for percent in range(15, 41, 5):
        budget = RetryBudget()
        await reads(percent / 100, budget=budget, calls=600, seed=percent)
        figures = await reads(percent / 100, budget=budget, calls=1_000, seed=percent + 1)
        worst = max(worst, figures.sends_per_call)
    assert worst < 1.35


@dataclass
class Outage:
    """300 s of reads by many accounts; the host is dead from 100 s to 160 s."""

    seed: int
    calls_per_second: int = 8
    background: float = 0.05
    dead: tuple[float, float] = (100.0, 160.0)
    during: Figures = field(default_factory=Figures)
    before: Figures = field(default_factory=Figures)
    first_success: float | None = None
    cached: Figures = field(default_factory=Figures)

    async def run(self) -> None:
        clock = VirtualClock()
        self.clock = clock
        self.start = clock.monotonic()
        self.rng = Random(self.seed)
        self.budget = RetryBudget()
        self.breaker = Breaker("https://api.fictional.example", clock=clock, rng=self.rng)
        self.cache: AnswerCache[int] = AnswerCache(
            clock, dump=lambda value: b"%d" % value, load=int, decoded_entries=16
        )
        tasks = []
        for number in range(300 * self.calls_per_second):
            tasks.append(asyncio.create_task(self.call(number)))
            await clock.advance(1 / self.calls_per_second)
        await clock.advance(60)
        await asyncio.gather(*tasks)

    def time(self) -> float:
        return self.clock.monotonic() - self.start

    def is_dead(self) -> bool:
        return self.dead[0] <= self.time() < self.dead[1]

    async def attempt(self, _number: int) -> None:
        ticket = self.breaker.admit(RequestKind.READ)
        verdict = Verdict.NEUTRAL
        try:
            self.figures().sends += 1
            await self.clock.sleep(0.1)
            if self.is_dead():
                verdict = Verdict.CONNECT_FAILURE
                raise AttemptFailed(OutcomeClass.NOT_SENT, ConnectFailed())
            if self.rng.random() < self.background:
                verdict = Verdict.FAILURE
                raise AttemptFailed(OutcomeClass.SERVER_FAILURE, ServerFailure(http_status=502))
            verdict = Verdict.SUCCESS
        finally:
            self.breaker.record(ticket, verdict)

    def figures(self) -> Figures:
        return self.during if self.is_dead() else self.before

    async def call(self, number: int) -> None:
        key = self.cache.key(
            tenant="t",
            provider="fictional",
            host="api",
            account=f"a{number % 200}",
            student="s",
            operation="list_marks",
            arguments={},
            model_version=1,
        )
        figures = self.figures()
        figures.calls += 1
        old = self.cache.get(key, max_age=1)
        try:
            await run_attempts(
                self.attempt,
                kind=RequestKind.READ,
                clock=self.clock,
                rng=self.rng,
                budget=self.budget,
                deadline=Deadline.after(self.clock, 30),
            )
        except GatewayError:
            if figures is self.during:
                self.cached.calls += 1
                self.cached.successes += old.state is Freshness.STALE
            return
        figures.successes += 1
        self.cache.put(key, number, Ages(soft=300, hard=86_400))
        if self.time() >= self.dead[1] and self.first_success is None:
            self.first_success = self.time() - self.dead[1]


@pytest.mark.parametrize("seed", [1, 2])
async def test_an_outage_of_a_minute_is_borne(seed: int) -> None:
    outage = Outage(seed)
    await outage.run()
    assert outage.during.sends_per_call <= 0.1  # 1 without a breaker, 3 without a budget
    assert outage.first_success is not None
    assert outage.first_success <= 20
    assert outage.before.success > 0.9
    assert outage.cached.calls > 400
    assert outage.cached.success >= 0.999
