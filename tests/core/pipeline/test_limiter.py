import asyncio
from collections.abc import Hashable
from random import Random

import pytest

from gateway.core.errors import DeadlineExceeded, Overloaded
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.limiter import LOGIN_LIMITS, HostLimits, Limiter
from gateway.core.pipeline.token_bucket import TokenBucket
from gateway.testing.clock import VirtualClock

HOST = "api.fictional.example"


class Load:
    """Requests that each hold a slot for a while, with a note of who started when."""

    def __init__(self, clock: VirtualClock, limiter: Limiter) -> None:
        self.clock = clock
        self.limiter = limiter
        self.start = clock.monotonic()
        self.begun: list[tuple[Hashable, float]] = []
        self.most: dict[Hashable, int] = {}
        self.now: dict[Hashable, int] = {}

    async def request(
        self, account: Hashable, *, host: str = HOST, lasts: float = 1.0, seconds: float = 3_600
    ) -> None:
        deadline = Deadline.after(self.clock, seconds)
        async with self.limiter.slot(host, account, deadline):
            self.begun.append((account, self.clock.monotonic() - self.start))
            for key in (host, account):
                self.now[key] = self.now.get(key, 0) + 1
                self.most[key] = max(self.most.get(key, 0), self.now[key])
            try:
                await self.clock.sleep(lasts)
            finally:
                for key in (host, account):
                    self.now[key] -= 1


async def test_eight_at_a_host_and_four_of_an_account_at_once(auto_clock: VirtualClock) -> None:
    limiter = Limiter(auto_clock)
    load = Load(auto_clock, limiter)
    await asyncio.gather(*(load.request(f"a{n % 5}", lasts=1 + n % 3) for n in range(200)))
    assert load.most[HOST] == 8
    await asyncio.gather(*(load.request("greedy") for _ in range(20)))
    assert load.most["greedy"] == 4
    assert limiter.in_flight(HOST) == 0
    assert limiter.waiting(HOST) == 0


async def test_an_account_keeps_its_limit_over_several_hosts(auto_clock: VirtualClock) -> None:
    load = Load(auto_clock, Limiter(auto_clock))
    hosts = ("api", "login", "files")
    await asyncio.gather(*(load.request("a", host=hosts[n % 3]) for n in range(30)))
    assert load.most["a"] == 4
    assert max(moment for _, moment in load.begun) == 7  # 30 requests, 4 each second


async def test_a_free_slot_needs_no_turn_of_the_loop(clock: VirtualClock) -> None:
    limiter = Limiter(clock)
    entering = limiter.slot(HOST, "a", Deadline.after(clock, 30)).__aenter__()
    with pytest.raises(StopIteration):
        entering.send(None)
    assert limiter.in_flight(HOST) == 1
    limiter.release(HOST, "a")


async def test_accounts_take_turns_however_much_one_asks_for(auto_clock: VirtualClock) -> None:
    load = Load(auto_clock, Limiter(auto_clock, HostLimits(concurrency=1)))
    asked = ["greedy"] * 50 + ["modest"] * 3 + ["shy"]
    await asyncio.gather(*(load.request(account) for account in asked))
    order = [account for account, _ in load.begun]
    assert order[:8] == [
        "greedy",
        "greedy",
        "modest",
        "shy",
        "greedy",
        "modest",
        "greedy",
        "modest",
    ]
    assert order.count("greedy") == 50


async def test_a_full_account_does_not_hold_up_the_others(clock: VirtualClock) -> None:
    limiter = Limiter(clock)
    load = Load(clock, limiter)
    tasks = [asyncio.create_task(load.request("greedy", lasts=100)) for _ in range(10)]
    await clock.settle()
    tasks.append(asyncio.create_task(load.request("other")))
    await clock.settle()
    assert load.begun[-1] == ("other", 0.0)
    assert limiter.waiting(HOST) == 6
    await clock.advance(1_000)
    await asyncio.gather(*tasks)


async def test_queue_time_counts_towards_the_deadline(clock: VirtualClock) -> None:
    limiter = Limiter(clock, HostLimits(concurrency=1))
    load = Load(clock, limiter)
    first = asyncio.create_task(load.request("a", lasts=100))
    second = asyncio.create_task(load.request("b", seconds=5))
    await clock.advance(4.9)
    assert not second.done()
    await clock.advance(0.1)
    with pytest.raises(DeadlineExceeded):
        await second
    assert limiter.waiting(HOST) == 0
    await clock.advance(100)
    await first
    assert limiter.in_flight(HOST) == 0


async def test_beyond_a_full_queue_it_is_overloaded_at_once(clock: VirtualClock) -> None:
    limiter = Limiter(clock, HostLimits(concurrency=1, max_waiting=3))
    load = Load(clock, limiter)
    tasks = [asyncio.create_task(load.request(n)) for n in range(4)]
    await clock.settle()
    with pytest.raises(Overloaded):
        await load.request("one too many")
    await clock.advance(10)
    await asyncio.gather(*tasks)
    assert HostLimits().max_waiting == 10_000


@pytest.mark.parametrize("how", ["success", "error", "cancelled"])
async def test_the_slot_comes_back_on_every_way_out(clock: VirtualClock, how: str) -> None:
    limiter = Limiter(clock)

    async def work() -> None:
        async with limiter.slot(HOST, "a", Deadline.after(clock, 30)):
            await clock.sleep(1)
            if how == "error":
                raise KeyError

    task = asyncio.create_task(work())
    await clock.settle()
    if how == "cancelled":
        task.cancel()
    await clock.advance(1)
    results = await asyncio.gather(task, return_exceptions=True)
    assert (results[0] is None) is (how == "success")
    assert limiter.in_flight(HOST) == 0


async def test_a_slot_granted_to_a_cancelled_waiter_goes_to_the_next(clock: VirtualClock) -> None:
    limiter = Limiter(clock, HostLimits(concurrency=1))
    deadline = Deadline.after(clock, 30)
    await limiter.acquire(HOST, "a", deadline)
    second = asyncio.create_task(limiter.acquire(HOST, "b", deadline))
    third = asyncio.create_task(limiter.acquire(HOST, "c", deadline))
    await clock.settle()
    limiter.release(HOST, "a")  # granted to the second, which has not run yet
    second.cancel()
    await clock.settle()
    assert second.cancelled()
    assert third.done()
    limiter.release(HOST, "c")
    assert limiter.in_flight(HOST) == 0


async def test_a_storm_of_cancellations_leaks_nothing(clock: VirtualClock) -> None:
    rng = Random(11)
    limiter = Limiter(clock, HostLimits(rate=40, burst=4))
    load = Load(clock, limiter)
    tasks: list[asyncio.Task[None]] = []
    for _ in range(300):
        account = rng.randrange(12)
        lasts = rng.random()
        seconds = rng.choice([0.05, 0.3, 60])
        tasks.append(asyncio.create_task(load.request(account, lasts=lasts, seconds=seconds)))
        if rng.random() < 0.6:
            rng.choice(tasks[-12:]).cancel()
        await clock.advance(rng.choice([0, 0.001, 0.05]))
    await clock.advance(120)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(result, asyncio.CancelledError) for result in results) > 80
    assert sum(isinstance(result, DeadlineExceeded) for result in results) > 10
    assert sum(result is None for result in results) > 30
    assert (limiter.in_flight(HOST), limiter.waiting(HOST)) == (0, 0)
    assert load.most[HOST] <= 8
    assert clock.sleeping == 0
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert not limiter._accounts
    assert not limiter._waiting_at


async def test_a_rate_spaces_starts_and_lets_a_burst_through(auto_clock: VirtualClock) -> None:
    load = Load(auto_clock, Limiter(auto_clock, HostLimits(rate=2, burst=3)))
    await asyncio.gather(*(load.request(n, lasts=0.1) for n in range(7)))
    assert [moment for _, moment in load.begun] == pytest.approx([0, 0, 0, 0.5, 1, 1.5, 2])


async def test_the_rate_is_shared_fairly_too(auto_clock: VirtualClock) -> None:
    load = Load(auto_clock, Limiter(auto_clock, HostLimits(rate=1)))
    asked = ["greedy"] * 6 + ["modest"] * 2
    await asyncio.gather(*(load.request(account, lasts=0.1) for account in asked))
    order = [account for account, _ in load.begun]
    assert order[:5] == ["greedy", "greedy", "modest", "greedy", "modest"]


async def test_a_rate_goes_on_after_a_quiet_time(auto_clock: VirtualClock) -> None:
    load = Load(auto_clock, Limiter(auto_clock, HostLimits(rate=2)))
    for begin in (0, 100):
        await auto_clock.sleep(load.start + begin - auto_clock.monotonic())
        await asyncio.gather(*(load.request(n, lasts=0.1) for n in range(4)))
    moments = [moment for _, moment in load.begun]
    assert moments == pytest.approx([0, 0.5, 1, 1.5, 100, 100.5, 101, 101.5])


async def test_no_pacing_task_stays_when_all_waiters_have_gone(clock: VirtualClock) -> None:
    limiter = Limiter(clock, HostLimits(rate=0.01))
    load = Load(clock, limiter)
    await load.limiter.acquire(HOST, "a", Deadline.after(clock, 1))
    waiting = asyncio.create_task(load.request("b"))
    await clock.settle()
    waiting.cancel()
    await clock.settle()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert clock.sleeping == 0


async def test_new_limits_apply_to_those_who_wait(clock: VirtualClock) -> None:
    limiter = Limiter(clock, HostLimits(concurrency=1))
    load = Load(clock, limiter)
    tasks = [asyncio.create_task(load.request(n)) for n in range(5)]
    await clock.settle()
    assert limiter.in_flight(HOST) == 1
    limiter.configure(HOST, HostLimits(concurrency=4))
    await clock.settle()
    assert limiter.in_flight(HOST) == 4
    await clock.advance(5)
    await asyncio.gather(*tasks)


async def test_the_same_limits_again_refill_no_bucket(clock: VirtualClock) -> None:
    limiter = Limiter(clock)
    limits = HostLimits(rate=0.1)
    tasks: list[asyncio.Task[None]] = []
    for _ in range(3):
        limiter.configure(HOST, limits)
        await clock.settle()
        tasks.append(asyncio.create_task(limiter.acquire(HOST, "a", Deadline.after(clock, 1))))
    await clock.settle()
    assert (limiter.in_flight(HOST), limiter.waiting(HOST)) == (1, 2)
    await clock.advance(1)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [type(None), DeadlineExceeded, DeadlineExceeded]


async def test_logins_are_two_at_once_and_one_per_second(auto_clock: VirtualClock) -> None:
    load = Load(auto_clock, Limiter(auto_clock, LOGIN_LIMITS))
    await asyncio.gather(*(load.request(n, lasts=0.1) for n in range(4)))
    assert [moment for _, moment in load.begun] == pytest.approx([0, 1, 2, 3])
    slow = Load(auto_clock, Limiter(auto_clock, LOGIN_LIMITS))
    await asyncio.gather(*(slow.request(n, lasts=10) for n in range(4)))
    assert slow.most[HOST] == 2


async def test_a_token_bucket_never_holds_more_than_its_burst(clock: VirtualClock) -> None:
    bucket = TokenBucket(clock, rate=10, burst=3)
    await clock.advance(3_600)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    assert bucket.delay() == pytest.approx(0.1)
    await clock.advance(0.04)
    assert bucket.delay() == pytest.approx(0.06)
    await clock.advance(0.06)
    assert bucket.delay() == 0
    assert bucket.take()
    with pytest.raises(ValueError, match="above zero"):
        TokenBucket(clock, rate=0)
