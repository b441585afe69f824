"""How much is sent at once: slots per host and account, and a fair queue before them.

The queue stands before the connection pool, never inside it (resilience notes 4).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from types import TracebackType

from gateway.core.errors import DeadlineExceeded, Overloaded
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.token_bucket import TokenBucket
from gateway.core.pipeline.waiting import ended


@dataclass(frozen=True, slots=True)
class HostLimits:
    """What a host is given at most.

    Attributes:
        concurrency: Requests in flight.
        account_concurrency: Requests in flight for one account, at all hosts together.
        rate: Requests started per second; None for any number.
        burst: Requests that may start together after a pause, where there is a rate.
        max_waiting: Requests in the queue.
    """

    concurrency: int = 8
    account_concurrency: int = 4
    rate: float | None = None
    burst: int = 1
    max_waiting: int = 10_000


DEFAULT_LIMITS = HostLimits()
LOGIN_LIMITS = HostLimits(concurrency=2, account_concurrency=1, rate=1.0)
"""For a limiter of whole logins: two at once and one per second and host."""


class _Waiter:
    """One request in the queue; its turn is done when it has its slot."""

    __slots__ = ("account", "turn")

    def __init__(self, account: Hashable) -> None:
        self.account = account
        self.turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class _Host:
    """Slots and queue of one host; accounts take turns in the order of `queues`."""

    __slots__ = ("bucket", "in_flight", "limits", "name", "pacer", "queues", "waiting")

    def __init__(self, name: str, limits: HostLimits, bucket: TokenBucket | None) -> None:
        self.name = name
        self.limits = limits
        self.bucket = bucket
        self.in_flight = 0
        self.waiting = 0
        self.queues: OrderedDict[Hashable, OrderedDict[_Waiter, None]] = OrderedDict()
        self.pacer: asyncio.Task[None] | None = None


class Slot:
    """`async with` it around one request; does not suspend where there is room."""

    __slots__ = ("_account", "_deadline", "_host", "_limiter")

    def __init__(
        self, limiter: "Limiter", host: str, account: Hashable, deadline: Deadline
    ) -> None:
        self._limiter = limiter
        self._host = host
        self._account = account
        self._deadline = deadline

    async def __aenter__(self) -> None:
        await self._limiter.acquire(self._host, self._account, self._deadline)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._limiter.release(self._host, self._account)


class Limiter:
    """Slots of all hosts.

    An account is whatever hashable stands for one; requests of no account yet pass something of
    their own, such as the login flow's id.

    Args:
        clock: Where the waiting happens.
        limits: For hosts that `configure` was not called for.
    """

    def __init__(self, clock: Clock, limits: HostLimits = DEFAULT_LIMITS) -> None:
        self._clock = clock
        self._limits = limits
        self._hosts: dict[str, _Host] = {}
        self._accounts: dict[Hashable, int] = {}
        # The hosts at which an account waits: its slot given back here may be its turn there.
        self._waiting_at: dict[Hashable, dict[_Host, int]] = {}

    def configure(self, host: str, limits: HostLimits) -> None:
        """Set the limits of `host`; what is in flight stays so, the same limits change nothing."""
        state = self._host(host)
        if state.limits == limits:
            return
        state.limits = limits
        state.bucket = self._bucket(limits)
        self._serve(state)

    def slot(self, host: str, account: Hashable, deadline: Deadline) -> Slot:
        """A slot at `host` for `account`, given back on every way out of its block."""
        return Slot(self, host, account, deadline)

    async def acquire(self, host: str, account: Hashable, deadline: Deadline) -> None:
        """Take a slot, after waiting for the account's turn where there is none.

        Raises:
            Overloaded: The queue is full.
            DeadlineExceeded: The turn did not come in time.
        """
        state = self._hosts.get(host) or self._host(host)
        if state.waiting or not self._take(state, account):
            await self._queue(state, account, deadline)

    def release(self, host: str, account: Hashable) -> None:
        """Give a slot back; the next in the queue have it at once."""
        state = self._hosts[host]
        state.in_flight -= 1
        held = self._accounts[account] - 1
        if held:
            self._accounts[account] = held
        else:
            del self._accounts[account]
        if state.waiting:
            self._serve(state)
        if self._waiting_at:
            for other in tuple(self._waiting_at.get(account, ())):
                self._serve(other)

    def in_flight(self, host: str) -> int:
        """Slots of `host` in use."""
        return self._host(host).in_flight

    def waiting(self, host: str) -> int:
        """Requests in the queue of `host`."""
        return self._host(host).waiting

    def _host(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(name, self._limits, self._bucket(self._limits))
        return host

    def _bucket(self, limits: HostLimits) -> TokenBucket | None:
        if limits.rate is None:
            return None
        return TokenBucket(self._clock, limits.rate, limits.burst)

    def _take(self, host: _Host, account: Hashable) -> bool:
        """Take a slot if host, account and rate allow it now."""
        limits = host.limits
        held = self._accounts.get(account, 0)
        if host.in_flight >= limits.concurrency or held >= limits.account_concurrency:
            return False
        if host.bucket is not None and not host.bucket.take():
            return False
        host.in_flight += 1
        self._accounts[account] = held + 1
        return True

    async def _queue(self, host: _Host, account: Hashable, deadline: Deadline) -> None:
        """Wait for the account's turn."""
        if host.waiting >= host.limits.max_waiting:
            raise Overloaded(f"{host.waiting} requests are waiting already", retry_after=1.0)
        waiter = _Waiter(account)
        self._join(host, waiter)
        self._serve(host)
        if waiter.turn.done():
            return
        try:
            await ended((waiter.turn,), clock=self._clock, seconds=deadline.remaining())
        except BaseException:
            if waiter.turn.done():  # the slot and the cancellation crossed
                self.release(host.name, account)
            else:
                self._leave(host, waiter)
            raise
        if not waiter.turn.done():
            self._leave(host, waiter)
            raise DeadlineExceeded("no turn came before the end of the call")

    def _serve(self, host: _Host) -> None:
        """Let in who may go in now; see to it that the rate lets in the next in time."""
        if self._dispatch(host) and host.pacer is None:
            host.pacer = asyncio.create_task(self._pace(host))

    def _dispatch(self, host: _Host) -> bool:
        """Give free slots to waiting requests, one account after the other.

        Returns:
            Whether nothing but the rate holds back the next.
        """
        passed_over = 0
        while host.in_flight < host.limits.concurrency and passed_over < len(host.queues):
            account, queue = next(iter(host.queues.items()))
            if self._accounts.get(account, 0) >= host.limits.account_concurrency:
                host.queues.move_to_end(account)
                passed_over += 1
            elif self._take(host, account):
                waiter = next(iter(queue))
                host.queues.move_to_end(account)
                self._leave(host, waiter)
                waiter.turn.set_result(None)
                passed_over = 0
            else:
                return True
        return False

    async def _pace(self, host: _Host) -> None:
        """Dispatch whenever the rate allows the next start, as long as somebody waits for it."""
        try:
            while host.bucket is not None:
                await self._clock.sleep(host.bucket.delay())
                if not self._dispatch(host):
                    return
        finally:
            if host.pacer is asyncio.current_task():
                host.pacer = None

    def _join(self, host: _Host, waiter: _Waiter) -> None:
        host.queues.setdefault(waiter.account, OrderedDict())[waiter] = None
        host.waiting += 1
        places = self._waiting_at.setdefault(waiter.account, {})
        places[host] = places.get(host, 0) + 1

    def _leave(self, host: _Host, waiter: _Waiter) -> None:
        queue = host.queues[waiter.account]
        del queue[waiter]
        if not queue:
            del host.queues[waiter.account]
        host.waiting -= 1
        places = self._waiting_at[waiter.account]
        places[host] -= 1
        if not places[host]:
            del places[host]
            if not places:
                del self._waiting_at[waiter.account]
        pacer = host.pacer
        if pacer is not None and not host.waiting and pacer is not asyncio.current_task():
            pacer.cancel()
            host.pacer = None
