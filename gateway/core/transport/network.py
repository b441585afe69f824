"""Sockets for httpcore that count, keep to the deadline and connect where they are told.

httpcore starts each read with the full read timeout again, so a server that sends a byte now and
then could hold a connection for ever, also inside the head of an answer. Here every step is
shortened to what the call has left.
"""

import select
import socket
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from gateway.core.errors import ConnectFailed, DeadlineExceeded
from gateway.core.transport.exchange import Remaining, Sent


def _without_end() -> float:
    return float("inf")


class Probe:
    """What is known of the exchange that a connection carries now."""

    __slots__ = ("_connected", "_started", "ended", "head_complete", "received", "remaining")

    def __init__(self) -> None:
        self.begin(_without_end)

    def begin(self, remaining: Remaining) -> None:
        """Forgets the exchange before."""
        self.remaining = remaining
        self.received = 0
        self.ended = False
        self.head_complete = False
        self._started = False
        self._connected = False

    async def trace(self, name: str, info: dict[str, Any]) -> None:
        """Notes facts that no exception class tells; httpcore's `trace` extension."""
        if name == "connection.connect_tcp.started":
            self._connected = True
        elif name == "http11.send_request_headers.started":
            # The CONNECT of a tunnel is the proxy's business; ours starts behind it.
            self._started = info["request"].method != b"CONNECT"
        elif name == "http11.receive_response_headers.complete":
            self.head_complete = True

    @property
    def sent(self) -> Sent:
        """The facts so far."""
        return Sent(
            started=self._started,
            reused=self._started and not self._connected,
            received=self.received,
        )

    def allowance(self, timeout: float | None) -> float:
        """`timeout` shortened to what the call has left.

        Raises:
            DeadlineExceeded: Nothing is left.
        """
        left = self.remaining()
        if left <= 0:
            raise DeadlineExceeded("the call ran out of time")
        return left if timeout is None or left < timeout else timeout


class MeteredStream(httpcore.AsyncNetworkStream):
    """A network stream whose steps are counted and bounded."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, probe: Probe) -> None:
        self._inner = inner
        self._probe = probe
        self._socket: socket.socket | None = inner.get_extra_info("socket")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most `max_bytes`; empty at the end."""
        probe = self._probe
        data = await self._inner.read(max_bytes, probe.allowance(timeout))
        probe.received += len(data)
        probe.ended = not data
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer`."""
        await self._inner.write(buffer, self._probe.allowance(timeout))

    async def aclose(self) -> None:
        """Closes the socket."""
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The same connection under TLS."""
        inner = await self._inner.start_tls(
            ssl_context, server_hostname, self._probe.allowance(timeout)
        )
        return MeteredStream(inner, self._probe)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks about the socket."""
        if info == "is_readable":
            return _is_readable(self._socket)
        return self._inner.get_extra_info(info)


def _is_readable(sock: socket.socket | None) -> bool:
    """Whether an idle socket has something to say, which can only be that it was closed."""
    if sock is None or sock.fileno() < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


class MeteredBackend(httpcore.AsyncNetworkBackend):
    """Opens metered streams, to one pinned address where one is given."""

    def __init__(self, probe: Probe, address: str | None = None) -> None:
        self._inner = httpcore.AnyIOBackend()
        self._probe = probe
        self._address = address

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to `host`, or to the pinned address in its place."""
        try:
            inner = await self._inner.connect_tcp(
                self._address or host,
                port,
                self._probe.allowance(timeout),
                local_address,
                socket_options,
            )
        except UnicodeError:
            raise ConnectFailed("the host name cannot be encoded") from None
        return MeteredStream(inner, self._probe)
