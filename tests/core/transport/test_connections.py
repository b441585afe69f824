"""What becomes of connections: reuse, single use, idling, closing, cancellation."""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest

from gateway.core.errors import (
    BadResponse,
    ConnectionBroken,
    GatewayClosed,
    GatewayError,
    Overloaded,
)
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Carrier, Exchange, RawAnswer
from gateway.core.transport.httpx_carrier import HttpxCarrier
from gateway.core.transport.tls import Trust, TrustStore
from gateway.core.wire.request import Body, RequestKind
from tests.core.transport.loopback import Peer, Received, answer, serve, turns, until
from tests.core.transport.making import ask, exchange, way


async def test_one_after_the_other_needs_one_connection(any_carrier: Carrier) -> None:
    async with serve(answer(b"1")) as server:
        answers = [await any_carrier.send(exchange(server.origin)) for _ in range(20)]
    assert server.connections == 1
    assert [got.sent.reused for got in answers] == [False] + [True] * 19


async def test_connections_grow_with_need_and_no_further(any_carrier: Carrier) -> None:
    gate = asyncio.Event()

    async def wait(_request: Received, peer: Peer) -> None:
        await gate.wait()
        peer.send(answer(b"1"))

    async with serve(wait) as server:
        first = [asyncio.create_task(any_carrier.send(exchange(server.origin))) for _ in range(30)]
        await until(lambda: len(server.requests) == 30)
        gate.set()
        await asyncio.gather(*first)
        slots = asyncio.Semaphore(16)

        async def again() -> None:
            async with slots:
                await any_carrier.send(exchange(server.origin))

        await asyncio.gather(*(again() for _ in range(300)))
        assert server.connections == 30


async def test_handshakes_are_as_many_as_connections_not_as_requests(
    any_carrier: Carrier, server_tls: ssl.SSLContext, trust: Trust
) -> None:
    slots = asyncio.Semaphore(4)

    async def get() -> bool:
        async with slots:
            asked = exchange(server.origin, trust=trust)
            return (await any_carrier.send(asked)).sent.reused

    async with serve(answer(b"1"), tls=server_tls) as server:
        reused = await asyncio.gather(*(get() for _ in range(100)))
        assert server.connections <= 4
    assert reused.count(False) == server.connections


async def test_trust_profiles_share_no_connection(
    carrier: HttpxCarrier, server_tls: ssl.SSLContext, trust: Trust
) -> None:
    async with serve(answer(b"1"), tls=server_tls) as server:
        await carrier.send(exchange(server.origin, trust=trust))
        with pytest.raises(GatewayError):
            await carrier.send(exchange(server.origin))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"Content-Length: 2\r\n\r\n[]", id="length"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n", id="chunked"),
    ],
)
@pytest.mark.parametrize("split", [1, 7, 1_000])
async def test_an_answer_in_any_pieces_keeps_its_connection(
    carrier: HttpxCarrier, said: bytes, split: int
) -> None:
    whole = b"HTTP/1.1 200 OK\r\n" + said

    async def in_pieces(_request: Received, peer: Peer) -> None:
        for start in range(0, len(whole), split):
            peer.send(whole[start : start + split])
            await asyncio.sleep(0)

    async with serve(in_pieces) as server:
        for _ in range(3):
            got = await carrier.send(exchange(server.origin))
            assert got.body == b"[]"
    assert server.connections == 1


FORGED = answer(b'{"of": "another account"}')


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"200 OK\r\nContent-Length: 2\r\n\r\n[]", id="length"),
        pytest.param(b"204 No\r\n\r\n", id="no body"),
        pytest.param(b"304 Not\r\nContent-Length: 9\r\n\r\n", id="not modified"),
        pytest.param(
            b"200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n", id="chunked"
        ),
    ],
)
@pytest.mark.parametrize("surplus", [b"x", FORGED, FORGED[:-1], FORGED + b"0"])
async def test_what_follows_an_answer_never_reaches_the_next_request(
    any_carrier: Carrier, said: bytes, surplus: bytes
) -> None:
    async def respond(_request: Received, peer: Peer) -> None:
        first = len(server.requests) == 1
        peer.send(b"HTTP/1.1 " + said + surplus if first else answer(b"own"))

    async with serve(respond) as server:
        try:
            await any_carrier.send(exchange(server.origin))
        except BadResponse:  # aiohttp refuses some of these at once
            assert not isinstance(any_carrier, HttpxCarrier)
        second = await any_carrier.send(exchange(server.origin))
    assert second.body == b"own"
    assert not second.sent.reused


async def test_a_password_travels_on_a_fresh_connection(transport: Transport) -> None:
    async with serve(answer(b"1")) as server:
        to = way(server.url)
        await ask(transport, to, kind=RequestKind.READ)
        for _ in range(2):
            await ask(
                transport, to, method="POST", kind=RequestKind.AUTH, body=Body.of_form({"p": "x"})
            )
        await ask(transport, to, kind=RequestKind.READ)
        auth = [request.connection for request in server.requests[1:3]]
        reads = {server.requests[0].connection, server.requests[3].connection}
        assert len(set(auth)) == 2
        assert not reads & set(auth)
        assert len(reads) == 1
        await until(lambda: server.open == 1)


@pytest.mark.parametrize("kind", [RequestKind.AUTH, RequestKind.REFRESH, RequestKind.WRITE])
async def test_only_reads_go_by_the_fast_carrier(kind: RequestKind) -> None:
    class Forbidden:
        async def send(self, _exchange: object) -> None:
            raise AssertionError

        async def aclose(self) -> None:
            pass

    async with serve(answer(b"1")) as server, HttpxCarrier(TrustStore()) as carrier:
        transport = Transport(carrier, fast=Forbidden())  # type: ignore[arg-type]  # it must not be asked
        response, _ = await ask(transport, way(server.url), method="POST", kind=kind)
        assert response.body == b"1"
        with pytest.raises(AssertionError):
            await ask(transport, way(server.url), kind=RequestKind.READ)


async def test_idle_connections_are_closed_in_time() -> None:
    carrier = HttpxCarrier(TrustStore(), keep_alive=0.05)
    async with serve(answer(b"1")) as server, carrier:
        await asyncio.gather(*(carrier.send(exchange(server.origin)) for _ in range(5)))
        assert server.open > 0
        await until(lambda: server.open == 0)
        got = await carrier.send(exchange(server.origin))
        assert not got.sent.reused


async def test_more_connections_than_allowed_are_refused_at_once() -> None:
    async def stall(_request: Received, peer: Peer) -> None:
        await peer.stall()

    async with serve(stall) as server, HttpxCarrier(TrustStore(), most_connections=3) as carrier:
        tasks = [asyncio.create_task(carrier.send(exchange(server.origin))) for _ in range(3)]
        await until(lambda: len(server.requests) == 3)
        with pytest.raises(Overloaded):
            await carrier.send(exchange(server.origin))
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        assert len(server.requests) == 3


async def test_a_closed_carrier_sends_nothing_and_holds_nothing(any_carrier: Carrier) -> None:
    async with serve(answer(b"1")) as server:
        await any_carrier.send(exchange(server.origin))
        await any_carrier.aclose()
        await until(lambda: server.open == 0)
        with pytest.raises(GatewayClosed):
            await any_carrier.send(exchange(server.origin))
        await any_carrier.aclose()
    assert len(server.requests) == 1


async def test_closing_ends_what_is_under_way(any_carrier: Carrier) -> None:
    async def stall(_request: Received, peer: Peer) -> None:
        await peer.stall()

    async with serve(stall) as server:
        task = asyncio.create_task(any_carrier.send(exchange(server.origin)))
        await until(lambda: len(server.requests) == 1)
        await any_carrier.aclose()
        with pytest.raises(ConnectionBroken):
            await task


async def storm(
    carrier: Carrier, asked: Callable[[], Exchange], count: int, *, shielded: bool
) -> None:
    """Cancels `count` tasks at random moments, then asks twenty times.

    Args:
        carrier: What must stand it.
        asked: Makes the exchanges.
        count: How many cancellations.
        shielded: Whether callers are cancelled, four of whom share an exchange of its own task;
            or the exchanges themselves.
    """
    rng = Random(1200)
    slots = asyncio.Semaphore(40)
    detached: set[asyncio.Task[RawAnswer]] = set()

    async def send() -> RawAnswer:
        async with slots:
            return await carrier.send(asked())

    async def call(task: asyncio.Task[RawAnswer]) -> RawAnswer:
        return await asyncio.shield(task)

    def start() -> list[asyncio.Task[RawAnswer]]:
        exchanges = [asyncio.create_task(send()) for _ in range(15)]
        if not shielded:
            return exchanges
        detached.update(exchanges)
        return [asyncio.create_task(call(task)) for task in exchanges for _ in range(4)]

    cancelled = 0
    while cancelled < count:
        tasks = start()
        for task in tasks:
            for _ in range(rng.randrange(6)):
                await asyncio.sleep(0)
            cancelled += task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
    for answered in await asyncio.gather(*detached):
        assert answered.status == 200
    probes = await asyncio.gather(*(send() for _ in range(20)), return_exceptions=True)
    assert [type(probe) for probe in probes] == [RawAnswer] * 20


async def pausing(_request: Received, peer: Peer) -> None:
    """Half an answer, a pause of a few turns, the other half."""
    whole = answer(b"x" * 2_000)
    peer.send(whole[:1_000])
    for _ in range(20):
        await asyncio.sleep(0)
    peer.send(whole[1_000:])


@pytest.mark.parametrize(
    "shielded, secure, count",
    [
        pytest.param(True, False, 1_200, id="callers"),
        pytest.param(False, False, 300, id="exchanges"),
        pytest.param(True, True, 60, id="callers over TLS"),
        pytest.param(False, True, 60, id="exchanges over TLS"),
    ],
)
async def test_a_storm_of_cancellations_costs_nothing(
    any_carrier: Carrier,
    server_tls: ssl.SSLContext,
    trust: Trust,
    shielded: bool,
    secure: bool,
    count: int,
) -> None:
    """At random moments: queued, connecting, in the handshake, in the head, in the body.

    The pipeline cancels callers only, and their exchanges go on; the carrier stands both.
    """
    before = asyncio.all_tasks()
    async with serve(pausing, tls=server_tls if secure else None) as server:
        await storm(
            any_carrier,
            lambda: exchange(server.origin, trust=trust),
            count,
            shielded=shielded,
        )
        await any_carrier.aclose()
        await until(lambda: server.open == 0)
    await turns()
    assert asyncio.all_tasks() == before
