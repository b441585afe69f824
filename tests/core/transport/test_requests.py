"""What goes on the wire, and through which door."""

import asyncio
import base64
import ssl
import subprocess
import sys
from contextlib import suppress

import pytest

from gateway.core.errors import ConfigurationError, ConnectFailed, InvalidRequest, MissingExtra
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Carrier, TransportFault, fault_of
from gateway.core.transport.httpx_carrier import HttpxCarrier
from gateway.core.transport.tls import Trust
from gateway.core.wire.request import Body, RequestKind
from tests.core.transport.loopback import answer, serve
from tests.core.transport.making import ask, exchange, way


async def test_a_request_carries_what_the_adapter_said_and_little_else(
    transport: Transport,
) -> None:
    async with serve(answer()) as server:
        await ask(transport, way(server.url), headers=(("X-App", "1"), ("Accept", "text/html")))
    names = {name for name, _ in server.requests[0].headers}
    assert names == {"host", "user-agent", "x-app", "accept", "accept-encoding"}
    assert server.requests[0].header("user-agent") == "diary-gateway/0 (+https://example.org)"
    assert server.requests[0].header("accept") == "text/html"
    assert server.requests[0].header("accept-encoding") == "gzip"


async def test_headers_of_the_transport_are_not_the_adapters(transport: Transport) -> None:
    wrong = (
        ("Host", "evil.example"),
        ("Content-Length", "5"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close"),
        ("Accept-Encoding", "br"),
        ("Expect", "100-continue"),
    )
    async with serve(answer()) as server:
        await ask(transport, way(server.url), headers=wrong)
        await ask(transport, way(server.url), headers=wrong)
    request = server.requests[0]
    assert request.header("host") == server.url.removeprefix("http://")
    assert request.header("accept-encoding") == "gzip"
    assert not {"content-length", "transfer-encoding", "connection", "expect"} & {
        name for name, _ in request.headers
    }
    assert server.connections == 1


@pytest.mark.parametrize(
    "header",
    [("X", "a\r\nY: b"), ("X", "a\nb"), ("X", "a\x00"), ("X Y", "a"), ("", "a"), ("Имя", "a"),
     ("X:", "a"), ("X", "a\ud800"), ("X", " a"), ("X", "a\t")],
)  # fmt: skip
async def test_a_header_cannot_smuggle_anything(
    transport: Transport, header: tuple[str, str]
) -> None:
    async with serve(answer()) as server:
        with pytest.raises(InvalidRequest) as caught:
            await ask(transport, way(server.url), headers=(header,))
    assert server.connections == 0
    assert fault_of(caught.value) is None


async def test_letters_beyond_ascii_travel_as_utf8(transport: Transport) -> None:
    async with serve(answer()) as server:
        await ask(transport, way(server.url), headers=(("X-Name", "Пётр"), ("X-Empty", "")))
    assert (server.requests[0].header("x-name") or "").encode("latin-1").decode() == "Пётр"
    assert server.requests[0].header("x-empty") == ""


@pytest.mark.parametrize("size", [0, 1, 70_000, 3_000_000])
async def test_a_body_of_any_size_arrives_whole(transport: Transport, size: int) -> None:
    content = bytes(index % 251 for index in range(size))
    async with serve(answer(b"ok")) as server:
        await ask(
            transport,
            way(server.url),
            method="post",
            kind=RequestKind.WRITE,
            body=Body.of_bytes(content, "image/png"),
        )
    request = server.requests[0]
    assert (request.method, request.body == content) == ("POST", True)
    assert request.header("content-type") == "image/png"
    assert request.header("content-length") == str(size)


async def test_a_read_may_have_a_body_too(transport: Transport) -> None:
    async with serve(answer(b"ok")) as server:
        await ask(transport, way(server.url), method="POST", body=Body.of_json({"класс": "7А"}))
    assert server.requests[0].body == '{"класс":"7А"}'.encode()
    assert server.requests[0].header("content-type") == "application/json"


async def test_the_adapters_own_content_type_wins(transport: Transport) -> None:
    async with serve(answer(b"ok")) as server:
        await ask(
            transport,
            way(server.url),
            method="POST",
            headers=(("content-type", "application/json; charset=utf-8"),),
            body=Body.of_json({}),
        )
    assert server.requests[0].header("content-type") == "application/json; charset=utf-8"


async def test_the_environment_names_no_proxy(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with serve(answer(b"direct")) as server:
        response, _ = await ask(transport, way(server.url))
    assert response.body == b"direct"


class Proxy:
    """An HTTP proxy that tunnels, or refuses to."""

    def __init__(self, *, refuse: bool = False) -> None:
        self.heads: list[str] = []
        self._refuse = refuse

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.heads.append(head)
        if self._refuse:
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            writer.close()
            return
        host, _, port = head.split(" ")[1].rpartition(":")
        upstream, downstream = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            with suppress(ConnectionError):
                while data := await source.read(65_536):
                    sink.write(data)
                    await sink.drain()
            sink.close()

        await asyncio.gather(pump(reader, downstream), pump(upstream, writer))


async def test_a_configured_proxy_carries_the_tunnel(
    any_carrier: Carrier, server_tls: ssl.SSLContext, trust: Trust
) -> None:
    proxy = Proxy()
    listener = await asyncio.start_server(proxy, "127.0.0.1", 0)
    async with listener, serve(answer(b"behind"), tls=server_tls) as server:
        port = listener.sockets[0].getsockname()[1]
        asked = exchange(
            server.origin, trust=trust, proxy=f"http://operator:p%40ss@127.0.0.1:{port}"
        )
        first = await any_carrier.send(asked)
        second = await any_carrier.send(asked)
        await any_carrier.aclose()
    assert (first.body, second.body) == (b"behind", b"behind")
    assert first.sent.started
    assert second.sent.reused
    assert len(proxy.heads) == 1
    assert proxy.heads[0].startswith(f"CONNECT 127.0.0.1:{server.origin.port} ")
    token = base64.b64encode(b"operator:p@ss").decode()
    assert f"Basic {token}" in proxy.heads[0]
    assert all(name != "proxy-authorization" for name, _ in server.requests[0].headers)


async def test_a_proxy_that_refuses_was_not_sent(
    carrier: HttpxCarrier, server_tls: ssl.SSLContext, trust: Trust
) -> None:
    listener = await asyncio.start_server(Proxy(refuse=True), "127.0.0.1", 0)
    async with listener, serve(answer(), tls=server_tls) as server:
        port = listener.sockets[0].getsockname()[1]
        with pytest.raises(ConnectFailed) as caught:
            await carrier.send(
                exchange(server.origin, trust=trust, proxy=f"http://127.0.0.1:{port}")
            )
    assert fault_of(caught.value) is TransportFault.NOT_SENT
    assert server.connections == 0


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "127.0.0.1:1", "http://"])
async def test_only_http_proxies_are_spoken_to(carrier: HttpxCarrier, proxy: str) -> None:
    async with serve(answer()) as server:
        with pytest.raises(ConfigurationError):
            await carrier.send(exchange(server.origin, proxy=proxy))


def test_the_package_loads_no_http_library_until_a_carrier_is_wanted() -> None:
    script = (
        "import sys; import gateway.core.transport, gateway.core.transport.exchange, "
        "gateway.core.transport.body, gateway.core.transport.origins; "
        "print({'httpx', 'httpcore', 'aiohttp', 'tenacity'} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == "set()"


def test_without_its_extra_the_fast_carrier_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.delitem(sys.modules, "gateway.core.transport.fast_carrier", raising=False)
    with pytest.raises(MissingExtra, match=r"diary-gateway\[fast\]"):
        __import__("gateway.core.transport.fast_carrier")
