"""Failures after a byte of the request was sent, on real sockets."""

import asyncio

import pytest

from gateway.core.errors import (
    AnswerTooLarge,
    BadResponse,
    ConnectionBroken,
    DeadlineExceeded,
    GatewayError,
    ProviderTimeout,
)
from gateway.core.transport.exchange import (
    AnswerLimits,
    Carrier,
    Exchange,
    TransportFault,
    fault_of,
    sent_of,
)
from gateway.core.transport.httpx_carrier import HttpxCarrier
from tests.core.transport.loopback import Peer, Received, answer, serve, turns, until
from tests.core.transport.making import IMPATIENT, exchange, within

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


async def failure(carrier: Carrier, asked: Exchange) -> GatewayError:
    with pytest.raises(GatewayError) as caught:
        await carrier.send(asked)
    assert sent_of(caught.value).started
    return caught.value


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Le", id="half the head"),
        pytest.param(HEAD + b"x" * 40, id="cut body"),
        pytest.param(CHUNKED + b"5\r\nhello\r\n5\r\nwor", id="cut chunk"),
        pytest.param(CHUNKED + b"5\r\nhello\r\n", id="no last chunk"),
    ],
)
@pytest.mark.parametrize("how", ["closed", "reset"])
async def test_a_connection_that_ends_early_leaves_no_answer(
    any_carrier: Carrier, said: bytes, how: str
) -> None:
    async def cut(_request: Received, peer: Peer) -> None:
        peer.send(said)
        if how == "closed":
            peer.close()
            return
        await peer.writer.drain()
        await turns()  # lets what was said arrive before the reset
        peer.reset()

    async with serve(cut) as server:
        error = await failure(any_carrier, exchange(server.origin))
    assert isinstance(error, ConnectionBroken)
    assert fault_of(error) is TransportFault.SENT_NO_ANSWER
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="before the head"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Le", id="in the head"),
        pytest.param(HEAD + b"x" * 40, id="in the body"),
    ],
)
async def test_a_stall_ends_with_the_read_timeout(any_carrier: Carrier, said: bytes) -> None:
    async def stall(_request: Received, peer: Peer) -> None:
        peer.send(said)
        await peer.stall()

    async with serve(stall) as server:
        error = await failure(any_carrier, exchange(server.origin, timeouts=IMPATIENT))
    assert isinstance(error, ProviderTimeout)
    assert fault_of(error) is TransportFault.SENT_NO_ANSWER


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Slow: ", id="in the head"),
        pytest.param(HEAD, id="in the body"),
        pytest.param(CHUNKED, id="in chunks"),
    ],
)
async def test_a_drip_does_not_outlive_the_deadline(any_carrier: Carrier, first: bytes) -> None:
    async def drip(_request: Received, peer: Peer) -> None:
        peer.send(first)
        while not peer.writer.is_closing():
            peer.send(b"1\r\nx\r\n" if first is CHUNKED else b"x")
            await asyncio.sleep(0.02)

    async with serve(drip) as server:
        # Each byte comes well within the read timeout, so that alone would never end it.
        error = await failure(any_carrier, exchange(server.origin, remaining=within(0.3)))
    assert isinstance(error, DeadlineExceeded)
    assert fault_of(error) is TransportFault.SENT_NO_ANSWER


async def test_interim_answers_without_end_do_not_outlive_the_deadline(
    any_carrier: Carrier,
) -> None:
    async def interim(_request: Received, peer: Peer) -> None:
        while not peer.writer.is_closing():
            peer.send(b"HTTP/1.1 100 Continue\r\n\r\n")
            await asyncio.sleep(0.01)

    async with serve(interim) as server:
        error = await failure(any_carrier, exchange(server.origin, remaining=within(0.3)))
    assert isinstance(error, DeadlineExceeded)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"HTTP/1.1 2xx What\r\n\r\n", id="bad status"),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n\r\n", id="another protocol"),
        pytest.param(b"<html>hello</html>\r\n\r\n", id="no head"),
    ],
)
async def test_what_is_not_http_is_a_bad_response(any_carrier: Carrier, said: bytes) -> None:
    async with serve(said) as server:
        error = await failure(any_carrier, exchange(server.origin))
    assert isinstance(error, BadResponse)
    assert fault_of(error) is TransportFault.PROTOCOL


async def test_a_stale_connection_is_told_apart_and_not_asked_again(
    any_carrier: Carrier,
) -> None:
    async def once(request: Received, peer: Peer) -> None:
        if len(server.requests) == 1:
            peer.send(answer(b"1"))
        else:
            peer.close()

    async with serve(once) as server:
        first = await any_carrier.send(exchange(server.origin))
        error = await failure(any_carrier, exchange(server.origin))
    assert not first.sent.reused
    assert isinstance(error, ConnectionBroken)
    assert fault_of(error) is TransportFault.STALE_CONNECTION
    assert sent_of(error).reused
    assert sent_of(error).received == 0
    assert len(server.requests) == 2


async def test_one_stale_connection_puts_an_end_to_all_that_lie_idle(
    carrier: HttpxCarrier,
) -> None:
    """As after a router forgot them: none is known to be closed until it is used."""
    forgotten = False

    async def forget(request: Received, peer: Peer) -> None:
        if forgotten and request.connection <= 3:
            peer.reset()
            return
        await asyncio.sleep(0.01)  # so that three are open side by side
        peer.send(answer(b"1"))

    async with serve(forget) as server:
        await asyncio.gather(*(carrier.send(exchange(server.origin)) for _ in range(3)))
        forgotten = True
        error = await failure(carrier, exchange(server.origin))
        again = await carrier.send(exchange(server.origin))
    assert fault_of(error) is TransportFault.STALE_CONNECTION
    assert again.body == b"1"
    assert not again.sent.reused


async def test_a_reused_connection_that_breaks_inside_the_answer_is_not_stale(
    carrier: HttpxCarrier,
) -> None:
    async def once(request: Received, peer: Peer) -> None:
        if len(server.requests) == 1:
            peer.send(answer(b"1"))
        else:
            peer.send(b"H")
            peer.close()

    async with serve(once) as server:
        await carrier.send(exchange(server.origin))
        error = await failure(carrier, exchange(server.origin))
    assert fault_of(error) is TransportFault.SENT_NO_ANSWER
    assert sent_of(error).received == 1


async def test_a_connection_known_to_be_closed_is_replaced_unnoticed(
    any_carrier: Carrier,
) -> None:
    async def last(_request: Received, peer: Peer) -> None:
        peer.send(answer(b"1"))
        peer.close()

    async with serve(last) as server:
        await any_carrier.send(exchange(server.origin))
        await until(lambda: server.open == 0)
        await turns()  # lets the end arrive at our side
        again = await any_carrier.send(exchange(server.origin))
    assert again.body == b"1"
    assert not again.sent.reused
    assert server.connections == 2


async def test_headers_beyond_their_limit_are_refused(any_carrier: Carrier) -> None:
    many = [(f"X-{number}", "v" * 1_000) for number in range(70)]
    async with serve(answer(headers=many)) as server:
        error = await failure(any_carrier, exchange(server.origin))
    assert isinstance(error, AnswerTooLarge)
    assert fault_of(error) is TransportFault.TOO_LARGE


async def test_one_endless_header_is_refused(any_carrier: Carrier) -> None:
    async with serve(answer(headers=[("X-Long", "v" * 200_000)])) as server:
        error = await failure(any_carrier, exchange(server.origin))
    assert isinstance(error, AnswerTooLarge)
    assert fault_of(error) is TransportFault.TOO_LARGE


async def test_a_body_over_the_limit_is_refused_and_its_connection_closed(
    any_carrier: Carrier,
) -> None:
    limits = AnswerLimits(wire=10_000)
    async with serve(answer(b"x" * 1_000_000)) as server:
        error = await failure(any_carrier, exchange(server.origin, limits=limits))
        await until(lambda: server.open == 0)
    assert isinstance(error, AnswerTooLarge)
    assert fault_of(error) is TransportFault.TOO_LARGE


@pytest.mark.parametrize("status", [204, 304])
async def test_an_answer_without_a_body_keeps_the_connection(
    any_carrier: Carrier, status: int
) -> None:
    async with serve(f"HTTP/1.1 {status} X\r\nContent-Encoding: gzip\r\n\r\n".encode()) as server:
        first = await any_carrier.send(exchange(server.origin))
        second = await any_carrier.send(exchange(server.origin))
    assert (first.status, first.body) == (status, b"")
    assert second.sent.reused
    assert server.connections == 1


async def test_a_body_that_ends_with_the_connection_is_whole(any_carrier: Carrier) -> None:
    async def old_style(_request: Received, peer: Peer) -> None:
        peer.send(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n[1]")
        peer.close()

    async with serve(old_style) as server:
        got = await any_carrier.send(exchange(server.origin))
    assert got.body == b"[1]"


async def test_headers_come_as_text_in_order_and_lower_case(any_carrier: Carrier) -> None:
    sent = [("X-Name", "Пётр"), ("X-Old", b"caf\xe9".decode("latin-1")), ("X-Name", "again")]
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
    raw += b"X-Name: " + sent[0][1].encode() + b"\r\nX-Old: caf\xe9\r\nX-Name: again\r\n\r\n"
    async with serve(raw) as server:
        got = await any_carrier.send(exchange(server.origin))
    assert got.headers[1:] == tuple((name.lower(), value) for name, value in sent)
