"""The carrier of the `[fast]` extra: READ requests over aiohttp.

Importing this module without the extra raises `MissingExtra`.
"""

import ssl
from types import SimpleNamespace
from typing import Final

from gateway.core.errors import (
    BadResponse,
    ConnectFailed,
    ConnectionBroken,
    GatewayClosed,
    GatewayError,
    MissingExtra,
    ProviderTimeout,
)
from gateway.core.transport import quiet
from gateway.core.transport.body import out_of_time, read_body, too_large
from gateway.core.transport.exchange import (
    Exchange,
    RawAnswer,
    Sent,
    TransportFault,
    fault_of,
    faulted,
)
from gateway.core.transport.failures import causes, untrusted
from gateway.core.transport.headers import authority, decode, first
from gateway.core.transport.inflate import coding_of
from gateway.core.transport.pool import MOST_CONNECTIONS
from gateway.core.transport.tls import TrustStore

try:
    import aiohttp
    from aiohttp.http_exceptions import LineTooLong
    from yarl import URL
except ImportError:
    raise MissingExtra(extra="fast") from None

KEEP_ALIVE: Final = 20.0

_EXPECTED: Final = (aiohttp.ClientError, OSError, GatewayError)


class _Facts:
    """What aiohttp's tracing tells of one request."""

    __slots__ = ("reused", "started")

    def __init__(self) -> None:
        self.started = False
        self.reused = False

    @property
    def sent(self) -> Sent:
        return Sent(started=self.started, reused=self.reused)

    @property
    def fault(self) -> TransportFault:
        return TransportFault.SENT_NO_ANSWER if self.started else TransportFault.NOT_SENT


class FastCarrier:
    """HTTP/1.1 over one aiohttp session without cookies, redirects and decompression."""

    def __init__(
        self,
        trust: TrustStore,
        *,
        most_connections: int = MOST_CONNECTIONS,
        keep_alive: float = KEEP_ALIVE,
    ) -> None:
        quiet.install()
        self._trust = trust
        self._most_connections = most_connections
        self._keep_alive = keep_alive
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    async def send(self, exchange: Exchange) -> RawAnswer:
        """One exchange with a bounded, decoded body.

        Raises:
            GatewayError: With a `TransportFault`, see `fault_of()`.
        """
        if self._closed:
            raise GatewayClosed("the transport is closed")
        left = exchange.remaining()
        if left <= 0:
            raise out_of_time(TransportFault.NOT_SENT)
        if self._session is None:
            self._session = self._new_session()
        facts = _Facts()
        origin = exchange.origin
        timeouts = exchange.timeouts
        secure = origin.scheme == "https"
        try:
            with quiet.quietly():
                async with self._session.request(
                    exchange.method,
                    URL(f"{origin}{exchange.target}", encoded=True),
                    headers=(("Host", authority(origin)), *exchange.headers),
                    data=exchange.content or None,
                    allow_redirects=False,
                    ssl=self._trust.context(exchange.trust) if secure else True,
                    proxy=exchange.proxy,
                    timeout=aiohttp.ClientTimeout(
                        total=left,
                        sock_connect=timeouts.connect,
                        sock_read=timeouts.read,
                        ceil_threshold=float("inf"),
                    ),
                    max_line_size=exchange.limits.headers,
                    max_field_size=exchange.limits.headers,
                    trace_request_ctx=facts,
                ) as answer:
                    headers = decode(answer.raw_headers, exchange.limits.headers)
                    body = await read_body(
                        answer.content.iter_any(),
                        coding=coding_of(first(headers, "content-encoding")),
                        limits=exchange.limits,
                        remaining=exchange.remaining,
                    )
        except _EXPECTED as cause:
            error = _error(cause, exchange, facts)
            raise faulted(error, fault_of(error) or facts.fault, facts.sent) from None
        return RawAnswer(answer.status, headers, body, facts.sent)

    async def aclose(self) -> None:
        """Closes every connection, also those in use."""
        self._closed = True
        if self._session is not None:
            await self._session.close()

    def _new_session(self) -> aiohttp.ClientSession:
        tracing = aiohttp.TraceConfig()
        tracing.on_connection_create_end.append(_on_connected)
        tracing.on_connection_reuseconn.append(_on_reused)
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,
                limit_per_host=self._most_connections,
                keepalive_timeout=self._keep_alive,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            trace_configs=[tracing],
        )
        # Otherwise a stale connection is retried in secret, which is the pipeline's to decide.
        session._retry_connection = False  # noqa: SLF001 - there is no public switch
        return session


async def _on_connected(
    _session: aiohttp.ClientSession,
    context: SimpleNamespace,
    _params: aiohttp.TraceConnectionCreateEndParams,
) -> None:
    context.trace_request_ctx.started = True


async def _on_reused(
    _session: aiohttp.ClientSession,
    context: SimpleNamespace,
    _params: aiohttp.TraceConnectionReuseconnParams,
) -> None:
    context.trace_request_ctx.started = True
    context.trace_request_ctx.reused = True


def _error(cause: Exception, exchange: Exchange, facts: _Facts) -> GatewayError:
    if isinstance(cause, GatewayError):
        return cause
    if isinstance(cause, TimeoutError) and exchange.remaining() <= 0:
        return out_of_time(facts.fault)
    return _unanswered(cause, exchange, facts) if facts.started else _unconnected(cause, exchange)


def _unconnected(cause: Exception, exchange: Exchange) -> GatewayError:
    if isinstance(cause, aiohttp.ClientConnectorCertificateError):
        inner = cause.certificate_error
        if isinstance(inner, ssl.SSLCertVerificationError):
            return untrusted(inner, exchange)
    if isinstance(cause, aiohttp.ClientConnectorDNSError):
        return ConnectFailed("the host name was not found")
    if isinstance(cause, TimeoutError):
        return ConnectFailed("connecting took too long")
    return ConnectFailed("no connection could be made")


def _unanswered(cause: Exception, exchange: Exchange, facts: _Facts) -> GatewayError:
    if isinstance(cause, TimeoutError):
        return ProviderTimeout("the answer did not arrive in time")
    if isinstance(cause, aiohttp.ClientResponseError):
        if any(isinstance(link, LineTooLong) for link in causes(cause)):
            return too_large(exchange.limits.headers)
        return faulted(BadResponse("the answer is not HTTP"), TransportFault.PROTOCOL)
    error = ConnectionBroken("the connection ended before the whole answer was there")
    if facts.reused and not isinstance(cause, aiohttp.ClientPayloadError):
        return faulted(error, TransportFault.STALE_CONNECTION)
    return error
