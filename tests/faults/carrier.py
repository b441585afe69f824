"""The real carrier in a hurry: timeouts divided by the clock's scale, and detours on demand."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from gateway.core.transport.addresses import Origin
from gateway.core.transport.exchange import Exchange, RawAnswer, RawStream, Timeouts
from gateway.core.transport.httpx_carrier import KEEP_ALIVE, HttpxCarrier
from gateway.core.transport.tls import TrustStore
from tests.faults.clock import ScaledClock
from tests.faults.http11 import Asked
from tests.faults.lanes import Plan

NO_SUCH_HOST = "no-such-host.invalid"
HOUR = 3600.0


class HurriedCarrier:
    """A `StreamingCarrier` around the one that the gateway uses.

    What goes wrong on the way to a connection, and with the clock, is done here: a detoured
    exchange connects to a real address where connecting fails in its own way.

    Attributes:
        plan: Which exchanges are detoured, by the name of a place, or see the clock jump.
        connecting: Set when a detoured exchange sets out.
    """

    def __init__(self, clock: ScaledClock, places: Mapping[str, str]) -> None:
        self._clock = clock
        self._inner = HttpxCarrier(TrustStore(), keep_alive=KEEP_ALIVE / clock.scale)
        self._places = {name: _origin(url) for name, url in places.items()}
        self.plan = Plan()
        self.connecting = asyncio.Event()
        self.detoured = 0
        self._counted = 0
        self._jumps = 0

    async def start_anew(self) -> None:
        """Drops connections that lie idle, so that the next exchange opens one."""
        await self._inner.aclose()
        self._inner = HttpxCarrier(TrustStore(), keep_alive=KEEP_ALIVE / self._clock.scale)

    def arm(self, plan: Plan) -> None:
        """Detours exchanges from now on; counts anew."""
        self.plan = plan
        self._counted = 0
        self.detoured = 0
        self.connecting.clear()

    async def send(self, exchange: Exchange) -> RawAnswer:
        """As the inner carrier."""
        return await self._inner.send(self._changed(exchange))

    @asynccontextmanager
    async def stream(self, exchange: Exchange) -> AsyncIterator[RawStream]:
        """As the inner carrier."""
        async with self._inner.stream(self._changed(exchange)) as answer:
            yield answer

    async def aclose(self) -> None:
        """As the inner carrier."""
        await self._inner.aclose()

    def _changed(self, exchange: Exchange) -> Exchange:
        scale, timeouts, remaining = self._clock.scale, exchange.timeouts, exchange.remaining
        hurried = replace(
            exchange,
            timeouts=Timeouts(
                connect=timeouts.connect / scale,
                write=timeouts.write / scale,
                read=timeouts.read / scale,
            ),
            remaining=lambda: remaining() / scale,
        )
        if not self.plan.is_about(Asked(exchange.method, exchange.target, [], b"")):
            return hurried
        self._counted += 1
        return self._struck(hurried) if self.plan.strikes(self._counted - 1) else hurried

    def _struck(self, exchange: Exchange) -> Exchange:
        fault = self.plan.fault
        if fault == "clock jump":
            self._jumps += 1
            hours = 1 if self._jumps % 2 else -1
            # Soon: when the exchange is on its way and this coroutine waits.
            asyncio.get_running_loop().call_soon(self._clock.jump_wall, hours * HOUR)
            return exchange
        self.detoured += 1
        self.connecting.set()
        if fault == "DNS":
            origin = replace(exchange.origin, host=NO_SUCH_HOST)
        else:
            origin = self._places[str(fault)]
        return replace(exchange, origin=origin)


def _origin(url: str) -> Origin:
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    return Origin(parts.scheme, parts.hostname, parts.port)


@contextmanager
def resolver_without(host: str = NO_SUCH_HOST) -> Iterator[None]:
    """The running loop's resolver says that a host does not exist, without asking a network."""
    loop: Any = asyncio.get_running_loop()
    ask = loop.getaddrinfo

    async def getaddrinfo(name: str, *args: Any, **options: Any) -> Any:
        if name == host:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return await ask(name, *args, **options)

    loop.getaddrinfo = getaddrinfo
    try:
        yield
    finally:
        loop.getaddrinfo = ask
