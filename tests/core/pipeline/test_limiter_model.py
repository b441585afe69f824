"""The limiter against a plain model of lists, step by step."""

import asyncio
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gateway.core.errors import DeadlineExceeded, Overloaded
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.limiter import HostLimits, Limiter
from gateway.testing.clock import VirtualClock

HOSTS = ("api", "files")
LIMITS = HostLimits(concurrency=3, account_concurrency=2, max_waiting=6)


@dataclass(eq=False)
class Request:
    host: str
    account: int
    ends_at: float
    state: str = "waiting"  # then holding, late, refused, cancelled, done
    task: "asyncio.Task[None] | None" = None


@dataclass
class Model:
    requests: list[Request] = field(default_factory=list)
    turns: dict[str, list[int]] = field(default_factory=lambda: {host: [] for host in HOSTS})

    def of(self, state: str, host: str | None = None, account: int | None = None) -> list[Request]:
        return [
            request
            for request in self.requests
            if request.state == state
            and host in (None, request.host)
            and account in (None, request.account)
        ]

    def ask(self, request: Request) -> None:
        host = request.host
        if len(self.of("waiting", host)) >= LIMITS.max_waiting:
            request.state = "refused"
            self.requests.append(request)
            return
        if request.account not in self.turns[host]:
            self.turns[host].append(request.account)
        self.requests.append(request)
        self.serve(host)

    def serve(self, host: str) -> None:
        turns = self.turns[host]
        turns[:] = [account for account in turns if self.of("waiting", host, account)]
        for _ in range(len(turns)):
            if len(self.of("holding", host)) >= LIMITS.concurrency:
                return
            account = turns.pop(0)
            if len(self.of("holding", account=account)) < LIMITS.account_concurrency:
                self.of("waiting", host, account)[0].state = "holding"
                if self.of("waiting", host, account):
                    turns.append(account)
                self.serve(host)
                return
            turns.append(account)

    def leave(self, request: Request, state: str) -> None:
        held = request.state == "holding"
        request.state = state
        if held:
            self.serve(request.host)
        for host in HOSTS:
            waiting = {item.account for item in self.of("waiting", host)}
            self.turns[host] = [account for account in self.turns[host] if account in waiting]
            if held and request.account in waiting:
                self.serve(host)


class LimiterAgainstModel(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = VirtualClock()
        self.limiter = Limiter(self.clock, LIMITS)
        self.model = Model()

    def teardown(self) -> None:
        async def everything_ends() -> None:
            for request in self.model.of("waiting"):
                assert request.task is not None
                request.task.cancel()
            await self.clock.settle()
            for request in self.model.of("holding"):
                self.limiter.release(request.host, request.account)
            await self.clock.settle()
            assert asyncio.all_tasks() == {asyncio.current_task()}

        self.runner.run(everything_ends())
        self.runner.close()
        assert all(self.limiter.in_flight(host) == 0 for host in HOSTS)

    @rule(
        host=st.sampled_from(HOSTS),
        account=st.integers(0, 2),
        seconds=st.sampled_from([1.5, 4.5, 1_000]),
        times=st.integers(1, 3),
    )
    def ask(self, host: str, account: int, seconds: float, times: int) -> None:
        async def run() -> None:
            for _ in range(times):
                request = Request(host, account, self.clock.monotonic() + seconds)
                deadline = Deadline.after(self.clock, seconds)
                acquiring = self.limiter.acquire(host, account, deadline)
                request.task = asyncio.create_task(acquiring)
                await self.clock.settle()
                self.model.ask(request)

        self.runner.run(run())

    @precondition(lambda self: self.model.of("holding"))
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        request = data.draw(st.sampled_from(self.model.of("holding")))

        async def run() -> None:
            self.limiter.release(request.host, request.account)
            await self.clock.settle()

        self.runner.run(run())
        self.model.leave(request, "done")

    @precondition(lambda self: self.model.of("waiting"))
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        request = data.draw(st.sampled_from(self.model.of("waiting")))

        async def run() -> None:
            assert request.task is not None
            request.task.cancel()
            await self.clock.settle()

        self.runner.run(run())
        self.model.leave(request, "cancelled")

    @rule(seconds=st.sampled_from([1.0, 3.0]))
    def time_passes(self, seconds: float) -> None:
        self.runner.run(self.clock.advance(seconds))
        for request in self.model.of("waiting"):
            if request.ends_at <= self.clock.monotonic():
                self.model.leave(request, "late")

    @invariant()
    def all_requests_agree(self) -> None:
        for request in self.model.requests:
            task = request.task
            assert task is not None
            if request.state == "waiting":
                assert not task.done()
                continue
            assert task.done()
            if task.cancelled():
                assert request.state == "cancelled"
                continue
            error = task.exception()
            assert isinstance(error, DeadlineExceeded) is (request.state == "late")
            assert isinstance(error, Overloaded) is (request.state == "refused")

    @invariant()
    def counts_agree(self) -> None:
        for host in HOSTS:
            assert self.limiter.in_flight(host) == len(self.model.of("holding", host))
            assert self.limiter.waiting(host) == len(self.model.of("waiting", host))


TestLimiter = LimiterAgainstModel.TestCase
TestLimiter.settings = settings(max_examples=50, stateful_step_count=50, deadline=None)
