"""A carrier over any httpx transport, such as a mock: for the tests of applications."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from gateway.core.errors import ConnectFailed, ProviderTimeout
from gateway.core.transport.body import read_body
from gateway.core.transport.client import Transport
from gateway.core.transport.connection import body_of
from gateway.core.transport.exchange import (
    Exchange,
    RawAnswer,
    RawStream,
    Sent,
    TransportFault,
    faulted,
)
from gateway.core.transport.headers import decode, first
from gateway.core.transport.inflate import coding_of


class BorrowedCarrier:
    """Hands exchanges to an httpx transport that somebody else made."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport

    async def send(self, exchange: Exchange) -> RawAnswer:
        """One exchange with a bounded, decoded body.

        Raises:
            GatewayError: With a `TransportFault`.
        """
        async with self.stream(exchange) as answer:
            body = await read_body(
                answer.chunks,
                coding=coding_of(first(answer.headers, "content-encoding")),
                limits=exchange.limits,
                remaining=exchange.remaining,
            )
        sent = Sent(started=True, received=len(body))
        return RawAnswer(answer.status, answer.headers, body, sent)

    @asynccontextmanager
    async def stream(self, exchange: Exchange) -> AsyncIterator[RawStream]:
        """One exchange whose body is read piece by piece inside the block.

        Raises:
            GatewayError: With a `TransportFault`, on entry.
        """
        request = httpx.Request(
            exchange.method,
            f"{exchange.origin}{exchange.target}",
            headers=exchange.headers,
            content=exchange.content,
        )
        try:
            answer = await self._transport.handle_async_request(request)
        except httpx.TimeoutException:
            raise faulted(ProviderTimeout(), TransportFault.SENT_NO_ANSWER) from None
        except httpx.TransportError:
            raise faulted(ConnectFailed(), TransportFault.NOT_SENT) from None
        headers = decode(answer.headers.raw, exchange.limits.headers)
        try:
            yield RawStream(answer.status_code, headers, aiter(body_of(answer)))
        finally:
            await answer.aclose()

    async def aclose(self) -> None:
        """Closes the transport."""
        await self._transport.aclose()


def transport_over(transport: httpx.AsyncBaseTransport) -> Transport:
    """A transport of the gateway over an httpx transport, such as `httpx.MockTransport`.

    Give it to `AsyncGateway(transport=…)`; a respx router's `async_handler` makes a mock
    transport without patching anything.
    """
    return Transport(BorrowedCarrier(transport))
