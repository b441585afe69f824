"""One HTTP/1.1 connection, opened when first used, carrying one exchange at a time.

httpx's own transport pools its connections; that pool costs as much as all the rest of a request,
grows with the square of its connections and loses slots when cancelled. So this is an httpx
transport without a pool: httpx's requests and answers over one connection of its engine.
"""

import ssl
from collections.abc import AsyncIterator
from typing import Final, cast
from urllib.parse import unquote, urlsplit, urlunsplit

import httpcore
import httpx

from gateway.core.errors import ConfigurationError
from gateway.core.transport import quiet
from gateway.core.transport.addresses import Origin
from gateway.core.transport.exchange import Exchange
from gateway.core.transport.headers import authority, encode
from gateway.core.transport.network import SocketBackend
from gateway.core.transport.probe import Probe

_BLOCK: Final = 64 * 1024
_TARGET: Final = "gateway.target"  # httpcore would take its own `target` for the tunnel too


class Connection(httpx.AsyncBaseTransport):
    """A connection to one origin, directly or through a proxy; an httpx transport.

    Attributes:
        probe: What is known of the exchange that it carries.
        spoiled: Whether it may not carry another, however it looks.
    """

    def __init__(
        self,
        origin: Origin,
        context: ssl.SSLContext | None,
        *,
        proxy: str | None = None,
        address: str | None = None,
    ) -> None:
        """Prepares a connection; nothing is opened yet.

        Args:
            origin: Where to.
            context: For https.
            proxy: URL of an HTTP proxy.
            address: The one IP address to connect to, instead of resolving the host's name.

        Raises:
            ConfigurationError: The proxy is no HTTP proxy.
        """
        self.probe = Probe()
        self.spoiled = False
        self._scheme = origin.scheme.encode("ascii")
        self._host = origin.host.encode("ascii")
        self._port = origin.port
        self._authority = authority(origin).encode("ascii")
        self._url = httpx.URL(str(origin))
        backend = SocketBackend(self.probe, address)
        self._engine: httpcore.AsyncHTTPConnection | httpcore.AsyncHTTPProxy
        if proxy is None:
            self._engine = httpcore.AsyncHTTPConnection(
                httpcore.Origin(self._scheme, self._host, self._port),
                ssl_context=context,
                network_backend=backend,
            )
        else:
            url, auth = _proxy(proxy)
            self._engine = httpcore.AsyncHTTPProxy(
                url,
                proxy_auth=auth,
                ssl_context=context,
                max_connections=1,
                network_backend=backend,
            )

    @property
    def reusable(self) -> bool:
        """Whether the last exchange ended so that another can follow."""
        if self.spoiled:
            return False
        if isinstance(self._engine, httpcore.AsyncHTTPProxy):
            return any(inner.is_available() for inner in self._engine.connections)
        return self._engine.is_available()

    @property
    def closed_by_peer(self) -> bool:
        """Whether the peer is already known to have gone; costs a system call."""
        if isinstance(self._engine, httpcore.AsyncHTTPProxy):
            return any(inner.has_expired() for inner in self._engine.connections)
        return self._engine.has_expired()

    async def open(self, exchange: Exchange) -> httpx.Response:
        """Sends an exchange and waits for the head of its answer."""
        self.probe.begin(exchange.remaining)
        timeouts = exchange.timeouts
        content = exchange.content
        request = httpx.Request(
            exchange.method,
            self._url,
            headers=[
                (b"Host", self._authority),
                *encode(exchange.headers),
                *_length(exchange.method, content),
            ],
            stream=httpx.ByteStream(content) if len(content) <= _BLOCK else _Blocks(content),
            extensions={
                _TARGET: exchange.target.encode("ascii"),
                "timeout": {
                    "connect": timeouts.connect,
                    "write": timeouts.write,
                    "read": timeouts.read,
                    "pool": timeouts.connect,
                },
                "trace": self.probe.trace,
            },
        )
        return await self.handle_async_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One httpx request over this connection; the target travels as the extension has it."""
        target = request.extensions.get(_TARGET, request.url.raw_path)
        answer = await self._engine.handle_async_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=self._scheme, host=self._host, port=self._port, target=target),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_AnswerStream(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Closes the socket, if there is one."""
        with quiet.quietly():
            await self._engine.aclose()


def _length(method: str, content: bytes) -> list[tuple[bytes, bytes]]:
    if content or method in {"POST", "PUT", "PATCH"}:
        return [(b"Content-Length", str(len(content)).encode("ascii"))]
    return []


class _Blocks(httpx.AsyncByteStream):
    """Slices of a large body, since the write timeout counts for each write."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._content), _BLOCK):
            yield self._content[start : start + _BLOCK]


def body_of(answer: httpx.Response) -> httpx.AsyncByteStream:
    """The body as it travels, not yet decoded: decoding must stay within bounds."""
    return cast("httpx.AsyncByteStream", answer.stream)


class _AnswerStream(httpx.AsyncByteStream):
    """The body of the engine's answer, in its content coding."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._answer.aiter_stream())

    async def aclose(self) -> None:
        await self._answer.aclose()


def _proxy(url: str) -> tuple[str, tuple[str, str] | None]:
    """A proxy's URL without its credentials, and those."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigurationError("only http and https proxies are supported")
    auth = None
    if parts.username is not None:
        auth = (unquote(parts.username), unquote(parts.password or ""))
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])), auth
