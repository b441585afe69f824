"""Files and event streams, of the instance and of foreign hosts."""

import asyncio
import gzip
import ssl
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import pytest
import trustme

from gateway.core.errors import (
    AnswerTooLarge,
    BadResponse,
    ConnectFailed,
    ConnectionBroken,
    DeadlineExceeded,
    ForbiddenAddress,
    ProviderTimeout,
)
from gateway.core.transport.client import FILE_LIMITS, Transport
from gateway.core.transport.exchange import AnswerLimits
from gateway.core.transport.httpx_carrier import HttpxCarrier
from gateway.core.transport.tls import Trust
from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.request import RequestKind, WireRequest
from tests.core.transport.loopback import Peer, Received, answer, redirect, serve, until
from tests.core.transport.making import IMPATIENT, ample, way, within

FILE = WireRequest("api", "GET", "/file", RequestKind.READ)
JAR = CookieJar((Cookie("sid", "canary", "127.0.0.1"),))


@pytest.fixture
def streaming(carrier: HttpxCarrier) -> Transport:
    return Transport(carrier)


async def download(
    transport: Transport,
    url: str,
    *,
    deadline: Callable[[], float] = ample,
    limits: AnswerLimits = FILE_LIMITS,
) -> list[bytes]:
    stream = transport.stream(FILE, way(url), jar=JAR, deadline=deadline, limits=limits)
    async with stream as body:
        return [piece async for piece in body]


async def test_a_file_comes_piece_by_piece(streaming: Transport) -> None:
    content = bytes(range(256)) * 4_000
    headers = [("Content-Type", "Application/PDF; name=x")]
    async with serve(answer(content, headers=headers)) as server:
        async with streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample) as body:
            assert (body.status, body.media_type, body.size) == (200, "application/pdf", 1_024_000)
            pieces = [piece async for piece in body]
        assert b"".join(pieces) == content
        assert len(pieces) > 1
        assert server.requests[0].header("cookie") == "sid=canary"
        # Read to its end, the connection serves the next request.
        async with streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample) as body:
            assert b"".join([piece async for piece in body]) == content
        assert server.connections == 1


async def test_a_reader_that_stops_midway_costs_one_connection(streaming: Transport) -> None:
    async with serve(answer(b"x" * 2_000_000)) as server:
        async with streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample) as body:
            await anext(body)
        await until(lambda: server.open == 0)


async def test_a_slow_reader_stops_the_flow(streaming: Transport) -> None:
    """What nobody has asked for yet stays with the server, not in our memory."""
    sent = 0

    async def pour(_request: Received, peer: Peer) -> None:
        nonlocal sent
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 40000000\r\n\r\n")
        while sent < 40_000_000 and not peer.writer.is_closing():
            peer.send(b"x" * 100_000)
            sent += 100_000
            await peer.writer.drain()

    async with serve(pour) as server:
        async with streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample) as body:
            await anext(body)
            before = -1
            while before != sent:
                before = sent
                await asyncio.sleep(0.02)
            assert sent < 20_000_000
            received = [len(piece) async for piece in body]
        assert sum(received) > 39_000_000


async def test_a_compressed_file_is_decoded_in_small_pieces(streaming: Transport) -> None:
    content = bytes(3_000_000)
    coded = answer(gzip.compress(content), headers=[("Content-Encoding", "gzip")])
    async with serve(coded) as server:
        stream = streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample)
        async with stream as body:
            assert body.size is None
            pieces = [piece async for piece in body]
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 256 * 1024


@pytest.mark.parametrize("announced", [True, False])
async def test_a_file_over_the_limit_is_refused(streaming: Transport, announced: bool) -> None:
    limits = AnswerLimits(wire=10_000, decoded=10_000)
    head = b"Content-Length: 10001" if announced else b"Transfer-Encoding: chunked"
    body_bytes = b"x" * 10_001 if announced else b"2711\r\n" + b"x" * 10_001 + b"\r\n0\r\n\r\n"
    async with serve(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + body_bytes) as server:
        with pytest.raises(AnswerTooLarge):
            await download(streaming, server.url, limits=limits)
        await until(lambda: server.open == 0)


async def test_a_bomb_in_a_file_is_refused(streaming: Transport) -> None:
    coded = answer(gzip.compress(bytes(1_000_000)), headers=[("Content-Encoding", "gzip")])
    async with serve(coded) as server:
        with pytest.raises(AnswerTooLarge):
            await download(streaming, server.url, limits=AnswerLimits(decoded=300_000))


async def test_a_silent_stream_ends_with_the_idle_timeout(streaming: Transport) -> None:
    async def stall(_request: Received, peer: Peer) -> None:
        peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
        await peer.stall()

    async with serve(stall) as server:
        to = replace(way(server.url), timeouts=IMPATIENT)
        async with streaming.stream(FILE, to, jar=JAR, deadline=ample) as body:
            assert await anext(body) == b"abc"
            with pytest.raises(ProviderTimeout):
                await anext(body)


async def test_a_dripping_stream_ends_with_the_deadline(streaming: Transport) -> None:
    async def drip(_request: Received, peer: Peer) -> None:
        peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not peer.writer.is_closing():
            peer.send(b"1\r\nx\r\n")
            await asyncio.sleep(0.01)

    async with serve(drip) as server:
        with pytest.raises(DeadlineExceeded):
            await download(streaming, server.url, deadline=within(0.2))


async def test_a_cut_file_is_not_taken_for_a_whole_one(streaming: Transport) -> None:
    async def cut(_request: Received, peer: Peer) -> None:
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
        peer.close()

    async with serve(cut) as server:
        stream = streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample)
        async with stream as body:
            assert await anext(body) == b"abc"
            with pytest.raises(ConnectionBroken):
                await anext(body)


async def test_the_readers_own_errors_stay_its_own(streaming: Transport) -> None:
    async with serve(answer(b"x" * 100)) as server:
        with pytest.raises(OSError, match="disk is full"):
            async with streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample):
                raise OSError("the disk is full")
        await until(lambda: server.open == 0)


async def test_an_event_stream_arrives_as_it_is_sent(streaming: Transport) -> None:
    go_on = asyncio.Event()

    async def events(_request: Received, peer: Peer) -> None:
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
        await go_on.wait()
        peer.send(b"data: 2\n\n")
        peer.close()

    async with serve(events) as server:
        stream = streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample)
        async with stream as body:
            assert await anext(body) == b"data: 1\n\n"
            go_on.set()
            assert await anext(body) == b"data: 2\n\n"
            with pytest.raises(StopAsyncIteration):
                await anext(body)


async def test_a_file_behind_redirects_is_found_with_the_cookies_of_the_way(
    streaming: Transport,
) -> None:
    async def lead(request: Received, peer: Peer) -> None:
        if request.target == "/file":
            peer.send(redirect("/there", cookies=["ticket=1"]))
        else:
            peer.send(answer(b"found"))

    async with serve(lead) as server:
        async with streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample) as body:
            assert body.url == f"{server.url}/there"
            assert await anext(body) == b"found"
        assert server.requests[1].header("cookie") == "sid=canary; ticket=1"


async def test_a_file_redirected_abroad_or_for_ever_is_refused(streaming: Transport) -> None:
    async with serve(redirect("https://evil.example/")) as server:
        with pytest.raises(ForbiddenAddress):
            async with streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample):
                pytest.fail("it was opened")
    async with serve(redirect("/file")) as server:
        with pytest.raises(BadResponse):
            async with streaming.stream(FILE, way(server.url), jar=JAR, deadline=ample):
                pytest.fail("it was opened")
        assert len(server.requests) == 6


# Foreign hosts.

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]


def resolver(*addresses: str) -> tuple[Resolver, list[str]]:
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return addresses

    return resolve, asked


@pytest.fixture
def named_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("cdn.example").configure_cert(context)
    return context


async def test_a_foreign_file_comes_from_the_address_that_was_checked(
    carrier: HttpxCarrier, named_tls: ssl.SSLContext, trust: Trust
) -> None:
    resolve, asked = resolver("127.0.0.1")
    transport = Transport(carrier, resolve_host=resolve, is_allowed_address=lambda _: True)
    async with serve(answer(b"picture"), tls=named_tls) as server:
        port = server.origin.port
        async with transport.stream_foreign(
            f"https://cdn.example:{port}/a%20b?x=1", way(trust=trust), deadline=ample
        ) as body:
            assert b"".join([piece async for piece in body]) == b"picture"
    assert asked == ["cdn.example"]
    request = server.requests[0]
    assert request.target == "/a%20b?x=1"
    assert request.header("host") == f"cdn.example:{port}"
    assert {name for name, _ in request.headers} == {
        "host",
        "user-agent",
        "accept",
        "accept-encoding",
    }


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.0.0.1",),
        ("169.254.169.254",),
        ("100.64.0.1",),
        ("::1",),
        ("::ffff:127.0.0.1",),
        ("64:ff9b::7f00:1",),
        ("8.8.8.8", "127.0.0.1"),
    ],
)
async def test_a_foreign_name_that_leads_inside_is_refused(
    carrier: HttpxCarrier, addresses: tuple[str, ...]
) -> None:
    resolve, _ = resolver(*addresses)
    transport = Transport(carrier, resolve_host=resolve)
    async with serve(answer()) as server:
        with pytest.raises(ForbiddenAddress):
            async with transport.stream_foreign(
                f"https://cdn.example:{server.origin.port}/", way(), deadline=ample
            ):
                pytest.fail("it was opened")
        assert server.connections == 0


async def test_every_hop_of_a_foreign_file_is_checked_anew(
    carrier: HttpxCarrier, named_tls: ssl.SSLContext, trust: Trust
) -> None:
    resolve, asked = resolver("127.0.0.1")

    def only_once(_address: str) -> bool:
        return len(asked) == 1

    transport = Transport(carrier, resolve_host=resolve, is_allowed_address=only_once)
    async with serve(redirect("https://inside.example/secret"), tls=named_tls) as server:
        with pytest.raises(ForbiddenAddress):
            async with transport.stream_foreign(
                f"https://cdn.example:{server.origin.port}/", way(trust=trust), deadline=ample
            ):
                pytest.fail("it was opened")
    assert asked == ["cdn.example", "inside.example"]


@pytest.mark.parametrize(
    "url",
    ["http://cdn.example/", "ftp://cdn.example/", "https://u:p@cdn.example/", "https://0x7f.1/",
     "https:///x", "//cdn.example", "file:///etc/passwd"],
)  # fmt: skip
async def test_an_odd_foreign_url_is_refused_before_it_is_resolved(
    carrier: HttpxCarrier, url: str
) -> None:
    resolve, asked = resolver("8.8.8.8")
    transport = Transport(carrier, resolve_host=resolve)
    with pytest.raises(ForbiddenAddress):
        async with transport.stream_foreign(url, way(), deadline=ample):
            pytest.fail("it was opened")
    assert asked == []


async def test_a_foreign_name_that_is_unknown_is_a_failed_connection(
    carrier: HttpxCarrier,
) -> None:
    resolve, _ = resolver()
    with pytest.raises(ConnectFailed):
        async with Transport(carrier, resolve_host=resolve).stream_foreign(
            "https://cdn.example/", way(), deadline=ample
        ):
            pytest.fail("it was opened")


async def test_foreign_files_do_not_go_through_a_proxy(carrier: HttpxCarrier) -> None:
    resolve, asked = resolver("8.8.8.8")
    with pytest.raises(ForbiddenAddress):
        async with Transport(carrier, resolve_host=resolve).stream_foreign(
            "https://cdn.example/", way(proxy="http://127.0.0.1:1"), deadline=ample
        ):
            pytest.fail("it was opened")
    assert asked == []
