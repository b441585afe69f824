"""Files through the pipeline: begun like any READ, never begun again in the middle."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from gateway.core.contract.session import Session
from gateway.core.errors import (
    AccessDenied,
    ConnectFailed,
    ConnectionBroken,
    GatewayError,
    InteractionRequired,
    Maintenance,
    NotFound,
    RateLimited,
    ServerFailure,
    UnexpectedHtml,
)
from gateway.core.pipeline.breaker import BreakerState
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.engine import CallContext, Engine
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Exchange, RawAnswer, RawStream, TransportFault, faulted
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.outcome import SESSION_LOST, Outcome
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway.testing.clock import VirtualClock
from tests.core.transport.making import way

HOST = "http://127.0.0.1:8"
FILE = WireRequest("api", "GET", "/file", RequestKind.READ)
PDF = ("content-type", "application/pdf")
HTML = ("content-type", "text/html; charset=utf-8")
SIGN_IN = b'<html><form action="/login"><input name="password"></form></html>'
WORKS = "<html>Ведутся технические работы</html>".encode()


@dataclass
class Begun:
    """One scripted answer: an error on entry, or a head with pieces that may break off."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = (PDF,)
    pieces: tuple[bytes | GatewayError, ...] = (b"one ", b"two")
    error: GatewayError | None = None


@dataclass
class FileCarrier:
    script: list[Begun]
    sent: int = 0
    open: int = 0

    async def send(self, exchange: Exchange) -> RawAnswer:
        raise AssertionError("only files here")

    @asynccontextmanager
    async def stream(self, exchange: Exchange) -> AsyncIterator[RawStream]:
        begun = self.script[min(self.sent, len(self.script) - 1)]
        self.sent += 1
        if begun.error is not None:
            raise begun.error
        self.open += 1
        try:
            yield RawStream(begun.status, begun.headers, _chunks(begun.pieces))
        finally:
            self.open -= 1

    async def aclose(self) -> None:
        return


async def _chunks(pieces: tuple[bytes | GatewayError, ...]) -> AsyncIterator[bytes]:
    for piece in pieces:
        if isinstance(piece, GatewayError):
            raise piece
        yield piece


class FileAdapter:
    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        return request

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        return SESSION_LOST if b'name="password"' in response.body else None


@dataclass
class FileBearer:
    relogin: Callable[[Session | None], Awaitable[None]] | None = None
    who: str = "account"
    adapter: Any = field(default_factory=FileAdapter)
    session: None = None
    jar: CookieJar = field(default_factory=CookieJar)

    def received(self, response: WireResponse, jar: CookieJar) -> None:
        return


class Bench:
    def __init__(self, *script: Begun, relogin: Any = None) -> None:
        self.clock = VirtualClock(auto=True)
        self.carrier = FileCarrier(list(script))
        self.engine = Engine(transport=Transport(self.carrier), clock=self.clock, rng=Random(1))
        self.bearer = FileBearer(relogin)

    async def read(self) -> bytes:
        call = CallContext(
            bearer=self.bearer, way=way(HOST), deadline=Deadline.after(self.clock, 30)
        )
        async with self.engine.stream(FILE, call) as body:
            return b"".join([piece async for piece in body])

    def check_given_back(self) -> None:
        limiter = self.engine.limiter
        assert (limiter.in_flight(HOST), limiter.waiting(HOST), self.carrier.open) == (0, 0, 0)


BROKEN = faulted(ConnectionBroken(), TransportFault.SENT_NO_ANSWER)


@pytest.mark.parametrize(
    "first",
    [
        Begun(error=faulted(ConnectFailed(), TransportFault.NOT_SENT)),
        Begun(error=faulted(ConnectionBroken(), TransportFault.STALE_CONNECTION)),
        Begun(error=BROKEN),
        Begun(500),
        Begun(502, (HTML,)),
        Begun(429),
    ],
)
async def test_a_file_that_could_not_be_begun_is_begun_again(first: Begun) -> None:
    bench = Bench(first, Begun())
    assert await bench.read() == b"one two"
    assert bench.carrier.sent == 2
    bench.check_given_back()


async def test_a_file_that_breaks_off_is_not_begun_again() -> None:
    bench = Bench(Begun(pieces=(b"one ", BROKEN)))
    with pytest.raises(ConnectionBroken):
        await bench.read()
    assert bench.carrier.sent == 1
    bench.check_given_back()


@pytest.mark.parametrize(
    "status, error, sends",
    [(403, AccessDenied, 1), (404, NotFound, 1), (500, ServerFailure, 3), (429, RateLimited, 3)],
)
async def test_a_file_that_cannot_be_had_ends_in_its_own_error(
    status: int, error: type[GatewayError], sends: int
) -> None:
    bench = Bench(Begun(status))
    with pytest.raises(error):
        await bench.read()
    assert bench.carrier.sent == sends
    bench.check_given_back()


async def test_a_maintenance_page_is_no_file_and_nobody_asks_again_for_a_minute() -> None:
    bench = Bench(Begun(headers=(HTML,), pieces=(WORKS[:20], WORKS[20:])))
    for _ in range(2):
        with pytest.raises(Maintenance):
            await bench.read()
    assert bench.carrier.sent == 1
    bench.check_given_back()


async def test_a_pause_that_was_asked_for_holds_for_files_too() -> None:
    bench = Bench(Begun(429, (PDF, ("retry-after", "120"))))
    for _ in range(2):
        with pytest.raises(RateLimited):
            await bench.read()
    assert bench.carrier.sent == 1


async def test_a_sign_in_page_is_no_file_and_renews_the_session_once() -> None:
    renewed = []

    async def relogin(_: Session | None) -> None:
        renewed.append(1)

    bench = Bench(Begun(headers=(HTML,), pieces=(SIGN_IN,)), Begun(), relogin=relogin)
    assert await bench.read() == b"one two"
    assert (bench.carrier.sent, len(renewed)) == (2, 1)


async def test_a_session_that_cannot_be_renewed_needs_its_person() -> None:
    async def relogin(_: Session | None) -> None:
        raise InteractionRequired

    bench = Bench(Begun(401), relogin=relogin)
    with pytest.raises(InteractionRequired):
        await bench.read()
    bench.check_given_back()


async def test_a_file_that_is_a_web_page_comes_whole() -> None:
    page = b"<html>" + b"homework " * 20_000 + b"</html>"
    pieces = tuple(page[start : start + 10_000] for start in range(0, len(page), 10_000))
    assert await Bench(Begun(headers=(HTML,), pieces=pieces)).read() == page


async def test_a_redirect_to_a_page_is_no_file() -> None:
    elsewhere = Begun(302, (("location", "/start"),))
    page = Begun(headers=(HTML,), pieces=(b"<html>Welcome</html>",))
    bench = Bench(elsewhere, page, elsewhere, page)
    with pytest.raises(UnexpectedHtml):
        await bench.read()
    assert bench.carrier.sent == 4  # once more, as after anything that cannot be read
    bench.check_given_back()


async def test_a_redirect_to_a_file_is_followed() -> None:
    elsewhere = Begun(302, (("location", "/store/7"),))
    assert await Bench(elsewhere, Begun()).read() == b"one two"


async def test_files_count_for_the_breaker_at_their_end() -> None:
    bench = Bench(Begun(error=faulted(ConnectFailed(), TransportFault.NOT_SENT)))
    for _ in range(2):
        with pytest.raises(ConnectFailed):
            await bench.read()
    assert bench.engine.breaker(HOST).state is BreakerState.OPEN
    await bench.clock.sleep(20)
    bench.carrier.script = [Begun()]
    for _ in range(3):
        await bench.read()
    assert bench.engine.breaker(HOST).state is BreakerState.CLOSED


async def test_a_probe_that_cannot_be_signed_leaves_room_for_another() -> None:
    bench = Bench(Begun())
    breaker = bench.engine.breaker(HOST)
    for _ in range(5):
        bench.carrier.script = [Begun(error=faulted(ConnectFailed(), TransportFault.NOT_SENT))]
        with pytest.raises(GatewayError):
            await bench.read()
    assert breaker.state is BreakerState.OPEN
    await bench.clock.sleep(20)
    bench.carrier.script = [Begun()]

    class Unsigned(FileAdapter):
        def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
            raise InteractionRequired

    bench.bearer.adapter = Unsigned()
    with pytest.raises(InteractionRequired):
        await bench.read()
    bench.bearer.adapter = FileAdapter()
    assert await bench.read() == b"one two"
