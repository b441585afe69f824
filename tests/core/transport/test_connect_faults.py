"""Failures before a byte of the request is sent, on real sockets."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing

import pytest
import trustme

from gateway.core.errors import CertificateInvalid, ConnectFailed, DeadlineExceeded, GatewayError
from gateway.core.transport.addresses import Origin
from gateway.core.transport.exchange import Carrier, Exchange, TransportFault, fault_of, sent_of
from gateway.core.transport.httpx_carrier import HttpxCarrier
from gateway.core.transport.tls import Trust
from tests.core.transport.loopback import answer, serve
from tests.core.transport.making import QUICK, exchange, within


async def failure(carrier: Carrier, asked: Exchange) -> GatewayError:
    with pytest.raises(GatewayError) as caught:
        await carrier.send(asked)
    assert not sent_of(caught.value).started
    return caught.value


@pytest.fixture
def refusing() -> Iterator[Origin]:
    """An origin whose port is taken but not listened on."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        yield Origin("http", "127.0.0.1", taken.getsockname()[1])


@pytest.fixture
def black_hole() -> Iterator[Origin]:
    """An origin whose queue of connections is full, so that new ones get no answer."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for client in waiting:
            client.setblocking(False)
            client.connect_ex(address)
        yield Origin("http", "127.0.0.1", address[1])
        for client in waiting:
            client.close()


async def test_an_unknown_name_was_not_sent(
    any_carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    error = await failure(any_carrier, exchange(Origin("http", "no-such-host.example", 80)))
    assert isinstance(error, ConnectFailed)
    assert fault_of(error) is TransportFault.NOT_SENT
    assert "not found" in error.message


async def test_a_name_that_cannot_be_encoded_was_not_sent(carrier: HttpxCarrier) -> None:
    error = await failure(carrier, exchange(Origin("http", f"{'a' * 64}.example", 80)))
    assert isinstance(error, ConnectFailed)
    assert fault_of(error) is TransportFault.NOT_SENT


async def test_a_refused_connection_was_not_sent(any_carrier: Carrier, refusing: Origin) -> None:
    error = await failure(any_carrier, exchange(refusing))
    assert isinstance(error, ConnectFailed)
    assert fault_of(error) is TransportFault.NOT_SENT


async def test_a_black_hole_ends_with_the_connect_timeout(
    any_carrier: Carrier, black_hole: Origin
) -> None:
    error = await failure(any_carrier, exchange(black_hole, timeouts=QUICK))
    assert isinstance(error, ConnectFailed)
    assert fault_of(error) is TransportFault.NOT_SENT
    assert "too long" in error.message


async def test_a_black_hole_ends_with_the_deadline_if_that_is_sooner(
    any_carrier: Carrier, black_hole: Origin
) -> None:
    error = await failure(any_carrier, exchange(black_hole, remaining=within(0.05)))
    assert isinstance(error, DeadlineExceeded)
    assert fault_of(error) is TransportFault.NOT_SENT


async def test_a_call_without_time_left_sends_nothing(any_carrier: Carrier) -> None:
    async with serve(answer()) as server:
        error = await failure(any_carrier, exchange(server.origin, remaining=lambda: 0.0))
    assert isinstance(error, DeadlineExceeded)
    assert fault_of(error) is TransportFault.NOT_SENT
    assert server.connections == 0


async def test_an_untrusted_certificate_is_told_apart(
    any_carrier: Carrier, server_tls: ssl.SSLContext
) -> None:
    async with serve(answer(), tls=server_tls) as server:
        error = await failure(any_carrier, exchange(server.origin))
    assert isinstance(error, CertificateInvalid)
    assert fault_of(error) is TransportFault.CERTIFICATE
    assert server.requests == []


async def test_a_certificate_of_another_host_is_refused(
    any_carrier: Carrier, authority: trustme.CA, trust: Trust
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("another.example").configure_cert(context)
    async with serve(answer(), tls=context) as server:
        error = await failure(any_carrier, exchange(server.origin, trust=trust))
    assert isinstance(error, CertificateInvalid)
    assert server.requests == []


async def test_the_national_profile_says_which_setting_is_lacking(
    carrier: HttpxCarrier, server_tls: ssl.SSLContext
) -> None:
    async with serve(answer(), tls=server_tls) as server:
        error = await failure(carrier, exchange(server.origin, trust=Trust("mintsifry")))
    assert isinstance(error, CertificateInvalid)
    assert "root certificates" in error.message


async def test_a_trusted_certificate_passes(
    any_carrier: Carrier, server_tls: ssl.SSLContext, trust: Trust
) -> None:
    async with serve(answer(b"{}"), tls=server_tls) as server:
        got = await any_carrier.send(exchange(server.origin, trust=trust))
    assert (got.status, got.body) == (200, b"{}")
    assert got.sent.started


async def test_a_reset_in_the_handshake_was_not_sent(any_carrier: Carrier, trust: Trust) -> None:
    def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    listener = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        error = await failure(
            any_carrier, exchange(Origin("https", "127.0.0.1", port), trust=trust)
        )
    assert isinstance(error, ConnectFailed)
    assert fault_of(error) is TransportFault.NOT_SENT


async def test_a_handshake_that_never_answers_ends_with_the_connect_timeout(
    carrier: HttpxCarrier, trust: Trust
) -> None:
    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    listener = await asyncio.start_server(hold, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        origin = Origin("https", "127.0.0.1", port)
        error = await failure(carrier, exchange(origin, trust=trust, timeouts=QUICK))
    assert isinstance(error, ConnectFailed)
    assert fault_of(error) is TransportFault.NOT_SENT


async def test_plain_text_where_tls_was_due_was_not_sent(
    any_carrier: Carrier, trust: Trust
) -> None:
    async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    listener = await asyncio.start_server(babble, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        error = await failure(
            any_carrier, exchange(Origin("https", "127.0.0.1", port), trust=trust)
        )
    assert isinstance(error, ConnectFailed)
    assert fault_of(error) is TransportFault.NOT_SENT


async def test_a_dead_address_of_a_name_does_not_hide_a_live_one(
    any_carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name has two addresses; nothing listens on the first."""
    async with serve(answer(b"1")) as server:
        port = server.origin.port
        found = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("127.0.0.2", "127.0.0.1")
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        got = await any_carrier.send(exchange(Origin("http", "two.example", port)))
    assert got.body == b"1"
    assert server.requests[0].header("host") == f"two.example:{port}"
