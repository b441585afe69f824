"""One request of one call: gates, slot, breaker, attempt, verdict, and again if allowed."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from random import Random
from typing import Final, Protocol, TypeVar

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Limits
from gateway.core.contract.link import ByteStream
from gateway.core.contract.observer import AttemptEvent, BreakerEvent, CallObserver
from gateway.core.contract.session import Session
from gateway.core.errors import (
    AntiBotPage,
    GatewayError,
    Maintenance,
    ProviderUnavailable,
    RateLimited,
)
from gateway.core.pipeline.beginning import begin, check_is_a_file
from gateway.core.pipeline.breaker import Breaker, BreakerChange, Verdict
from gateway.core.pipeline.budget import RetryBudget
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.gates import Gates
from gateway.core.pipeline.limiter import HostLimits, Limiter
from gateway.core.pipeline.retry import (
    DEFAULT_POLICY,
    AttemptFailed,
    RetryPolicy,
    run_attempts,
)
from gateway.core.pipeline.retry_table import RETRY_TABLE, OutcomeClass
from gateway.core.pipeline.verdict import Failure, judge, judge_error
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import fault_of
from gateway.core.transport.way import Way
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.outcome import OutcomeKind
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse

T = TypeVar("T")

NOT_READY_LIMIT: Final = 20
"""Repetitions of a request whose answer is not ready yet."""

NOT_READY_PAUSE: Final = 1.0
"""Seconds between them where the provider tells none."""


class Bearer(Protocol):
    """On whose behalf requests are sent: an open account or a login flow.

    Attributes:
        who: Stands for the account in limits and gates.
        adapter: Speaks the provider's protocol.
    """

    who: str
    adapter: Adapter

    @property
    def session(self) -> Session | None:
        """What requests are signed with; None before signing in."""
        ...

    @property
    def jar(self) -> CookieJar:
        """Cookies to send."""
        ...

    def received(self, response: WireResponse, jar: CookieJar) -> None:
        """Takes cookies and renewed credentials from a good answer."""
        ...

    @property
    def relogin(self) -> Callable[[Session | None], Awaitable[None]] | None:
        """Signs in anew after the loss of a session, where that can be done."""
        ...


@dataclass(slots=True, kw_only=True)
class CallContext:
    """What is the same for all requests of one call.

    Attributes:
        bearer: On whose behalf.
        way: How requests of the instance travel.
        deadline: End of the call.
        by_person: Whether a person has just submitted what is sent.
        policy: What may be repeated.
    """

    bearer: Bearer
    way: Way
    deadline: Deadline
    by_person: bool = False
    policy: RetryPolicy = DEFAULT_POLICY


class _Trip:
    """What the attempts of one request have in common; a call may send several side by side.

    Attributes:
        session: What the last attempt was signed with.
    """

    __slots__ = ("_relogin", "session")

    def __init__(self, relogin: Callable[[Session | None], Awaitable[None]] | None) -> None:
        self._relogin = relogin
        self.session: Session | None = None

    @property
    def relogin(self) -> Callable[[], Awaitable[None]] | None:
        """Makes that very session good again."""
        relogin = self._relogin
        return None if relogin is None else lambda: relogin(self.session)


class _NotReady(Exception):
    def __init__(self, after: float) -> None:
        self.after = after


class Engine:
    """Sends requests; one for all providers of a gateway."""

    def __init__(
        self,
        *,
        transport: Transport,
        clock: Clock,
        rng: Random,
        observers: Iterable[CallObserver] = (),
    ) -> None:
        self.limiter = Limiter(clock)
        self.gates = Gates(clock, rng)
        self._transport = transport
        self._clock = clock
        self._rng = rng
        self._observers = tuple(observers)
        self._breakers: dict[str, Breaker] = {}
        self._budgets: dict[str, RetryBudget] = {}

    async def perform(
        self, request: WireRequest, call: CallContext, parse: Callable[[WireResponse], T]
    ) -> T:
        """The parsed answer of a request.

        Args:
            request: What to send, unsigned.
            call: On whose behalf and within which bounds.
            parse: Reads the answer; a `BadResponse` of it counts as the provider's failure.

        Raises:
            GatewayError: The last real error, with attempts and elapsed time.
        """
        host = str(call.way.origins.base(request.role).origin)
        scopes = (("host", host), ("account", call.bearer.who))
        trip = _Trip(call.bearer.relogin)
        for _ in range(NOT_READY_LIMIT):
            try:
                return await run_attempts(
                    lambda number: self._attempt(number, request, call, parse, host, scopes, trip),
                    kind=request.kind,
                    clock=self._clock,
                    rng=self._rng,
                    budget=self._budget(host),
                    deadline=call.deadline,
                    policy=call.policy,
                    hold=lambda: self.gates.delay(scopes, call.deadline),
                    relogin=trip.relogin,
                )
            except _NotReady as signal:
                if signal.after >= call.deadline.remaining():
                    break
                await self._clock.sleep(signal.after)
        raise ProviderUnavailable("the provider's answer did not get ready in time")

    @asynccontextmanager
    async def stream(self, request: WireRequest, call: CallContext) -> AsyncIterator[ByteStream]:
        """A body piece by piece.

        Its beginning is attempted like any READ; what breaks off later is not begun again, since
        pieces of it are in use already.

        Raises:
            GatewayError: The answer is no file, or the connection failed.
        """
        host = str(call.way.origins.base(request.role).origin)
        scopes = (("host", host), ("account", call.bearer.who))
        trip = _Trip(call.bearer.relogin)
        async with AsyncExitStack() as opened:
            body = await run_attempts(
                lambda number: opened.enter_async_context(
                    self._stream_attempt(number, request, call, host, scopes, trip)
                ),
                kind=request.kind,
                clock=self._clock,
                rng=self._rng,
                budget=self._budget(host),
                deadline=call.deadline,
                policy=call.policy,
                hold=lambda: self.gates.delay(scopes, call.deadline),
                relogin=trip.relogin,
            )
            yield body

    @asynccontextmanager
    async def _stream_attempt(
        self,
        number: int,
        request: WireRequest,
        call: CallContext,
        host: str,
        scopes: tuple[tuple[str, str], ...],
        trip: _Trip,
    ) -> AsyncIterator[ByteStream]:
        """One attempt; the slot is held and the breaker waits until the body has ended."""
        await self.gates.wait(scopes, call.deadline)
        breaker = self.breaker(host)
        bearer = call.bearer
        async with self.limiter.slot(host, bearer.who, call.deadline):
            await self.gates.wait(scopes, call.deadline)
            ticket = breaker.admit(request.kind, by_person=call.by_person)
            verdict, outcome = Verdict.NEUTRAL, "cancelled"
            started = self._clock.monotonic()
            begun = False
            try:
                trip.session = bearer.session
                signed = bearer.adapter.sign(request, trip.session)
                async with self._transport.stream(
                    signed,
                    call.way,
                    jar=bearer.jar,
                    deadline=call.deadline.remaining,
                    secret_headers=_added(request, signed),
                ) as found:
                    body, seen = await begin(found)
                    own = bearer.adapter.classify(signed, seen)
                    failure = judge(own, request.kind, seen, now=self._clock.now())
                    if failure is not None:
                        raise _Failed(failure)
                    check_is_a_file(found, request.path)
                    begun = True
                    verdict, outcome = Verdict.SUCCESS, OutcomeKind.OK.value
                    yield body
            except AttemptFailed as refused:
                verdict, outcome = _breaker_verdict(refused.outcome), refused.error.code
                self._gate(refused, host)
                raise
            except GatewayError as error:
                broken = judge_error(error)
                if fault_of(error) is not None or not begun:
                    verdict, outcome = _breaker_verdict(broken.outcome), error.code
                if begun:
                    raise
                raise _Failed(broken) from None
            finally:
                breaker.record(ticket, verdict)
                if self._observers:
                    elapsed = self._clock.monotonic() - started
                    self._attempted(request, call, host, number, outcome, elapsed)

    def breaker(self, host: str) -> Breaker:
        """The breaker of an origin, to look at or to force by hand."""
        found = self._breakers.get(host)
        if found is None:
            found = self._breakers[host] = Breaker(
                host, clock=self._clock, rng=self._rng, on_change=self._told
            )
        return found

    def configure(self, host: str, limits: Limits) -> None:
        """Sets the limits of an origin."""
        self.limiter.configure(
            host,
            HostLimits(
                concurrency=limits.host_concurrency,
                account_concurrency=limits.account_concurrency,
                rate=limits.rate,
            ),
        )

    def _budget(self, host: str) -> RetryBudget:
        found = self._budgets.get(host)
        if found is None:
            found = self._budgets[host] = RetryBudget()
        return found

    async def _attempt(
        self,
        number: int,
        request: WireRequest,
        call: CallContext,
        parse: Callable[[WireResponse], T],
        host: str,
        scopes: tuple[tuple[str, str], ...],
        trip: _Trip,
    ) -> T:
        gates = self.gates
        if gates:  # nearly always there are none at all
            await gates.wait(scopes, call.deadline)
        breaker = self.breaker(host)
        async with self.limiter.slot(host, call.bearer.who, call.deadline):
            if gates:  # one may have closed while the call stood in the queue
                await gates.wait(scopes, call.deadline)
            ticket = breaker.admit(request.kind, by_person=call.by_person)
            verdict = Verdict.NEUTRAL
            started = self._clock.monotonic()
            outcome = "cancelled"
            try:
                answer = await self._sent(request, call, parse, trip)
            except AttemptFailed as failure:
                verdict = _breaker_verdict(failure.outcome)
                outcome = failure.error.code
                self._gate(failure, host)
                raise
            except _NotReady:
                verdict, outcome = Verdict.SUCCESS, OutcomeKind.NOT_READY.value
                raise
            else:
                verdict, outcome = Verdict.SUCCESS, OutcomeKind.OK.value
                return answer
            finally:
                breaker.record(ticket, verdict)
                if self._observers:
                    elapsed = self._clock.monotonic() - started
                    self._attempted(request, call, host, number, outcome, elapsed)

    async def _sent(
        self,
        request: WireRequest,
        call: CallContext,
        parse: Callable[[WireResponse], T],
        trip: _Trip,
    ) -> T:
        bearer = call.bearer
        adapter = bearer.adapter
        trip.session = bearer.session
        signed = adapter.sign(request, trip.session)
        try:
            response, jar = await self._transport.perform(
                signed,
                call.way,
                jar=bearer.jar,
                deadline=call.deadline.remaining,
                secret_headers=_added(request, signed),
            )
            verdict = adapter.classify(signed, response)
            if verdict is not None and verdict.kind is OutcomeKind.NOT_READY:
                raise _NotReady(verdict.after or NOT_READY_PAUSE)
            failure = judge(verdict, request.kind, response, now=self._clock.now())
            if failure is None:
                answer = parse(response)
                bearer.received(response, jar)
                return answer
        except GatewayError as error:
            failure = judge_error(error)
        raise _Failed(failure)

    def _gate(self, failure: AttemptFailed, host: str) -> None:
        """Closes the gates that a failure asks for."""
        row = RETRY_TABLE[failure.outcome]
        asked = failure.gate if isinstance(failure, _Failed) else 0.0
        if row.gate:
            page = Maintenance if isinstance(failure.error, Maintenance) else AntiBotPage
            self.gates.close(("host", host), max(row.gate, asked), error=page)
        elif asked > 0:
            self.gates.close(("host", host), asked, error=RateLimited)

    def _attempted(
        self,
        request: WireRequest,
        call: CallContext,
        host: str,
        number: int,
        outcome: str,
        seconds: float,
    ) -> None:
        event = AttemptEvent(
            provider=call.bearer.adapter.declaration.name,
            origin=host,
            template=request.template or request.role,
            kind=request.kind,
            number=number,
            outcome=outcome,
            seconds=seconds,
        )
        tell(self._observers, lambda observer: observer.on_attempt(event))

    def _told(self, change: BreakerChange) -> None:
        event = BreakerEvent(origin=change.origin, before=change.old.value, after=change.new.value)
        tell(self._observers, lambda observer: observer.on_breaker(event))


class _Failed(AttemptFailed):
    """A failure with the gate that the provider asked for."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.outcome, failure.error)
        self.gate = failure.gate


def tell(observers: Iterable[CallObserver], say: Callable[[CallObserver], None]) -> None:
    """Tells each observer alone: a failing one harms neither the call nor the others."""
    for observer in observers:
        try:
            say(observer)
        except Exception:  # noqa: BLE001, S112 - a foreign observer may raise anything
            continue


def _added(request: WireRequest, signed: WireRequest) -> frozenset[str]:
    """Names of the headers that signing added: they never leave their origin."""
    if signed is request:
        return frozenset()
    before = set(request.headers)
    return frozenset(name.lower() for name, value in signed.headers if (name, value) not in before)


def _breaker_verdict(outcome: OutcomeClass) -> Verdict:
    if outcome is OutcomeClass.NOT_SENT:
        return Verdict.CONNECT_FAILURE
    return Verdict.FAILURE if RETRY_TABLE[outcome].breaker else Verdict.NEUTRAL
