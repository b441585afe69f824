"""Sockets for httpcore that count, keep to the deadline and connect where they are told.

httpcore starts each read with the full read timeout again, so a server that sends a byte now and
then could hold a connection for ever, also inside the head of an answer. Here every step is
shortened to what the call has left. httpcore's own backend would do for the rest, but it leaves
sockets open when connecting is cancelled, and costs more than the whole parsing of an answer's
head.
"""

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import Iterable
from functools import partial
from typing import Any, Final, cast

import httpcore

from gateway.core.errors import ConnectFailed
from gateway.core.transport.probe import Probe

_MOST_BUFFERED: Final = 256 * 1024


class SocketStream(httpcore.AsyncNetworkStream, asyncio.Protocol):
    """One socket: asyncio puts in what arrives, httpcore takes it out."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._chunks: deque[bytes] = deque()
        self._buffered = 0
        self._ended = False
        self._error: Exception | None = None
        self._paused = False
        self._full = False
        self._waiter: asyncio.Future[bool] | None = None
        self._gone: asyncio.Future[None] = self._loop.create_future()

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Takes the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keeps what came, and stops the flow while nobody takes it."""
        self._chunks.append(data)
        self._buffered += len(data)
        if self._buffered > _MOST_BUFFERED and not self._paused:
            self._paused = True
            self._connected().pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """The peer will say no more."""
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is closed, by whomever."""
        self._ended = True
        self._error = exc
        self._wake()
        if not self._gone.done():
            self._gone.set_result(None)

    def pause_writing(self) -> None:
        """The system takes no more bytes for now."""
        self._full = True

    def resume_writing(self) -> None:
        """It does again."""
        self._full = False
        self._wake()

    # What httpcore calls, one read or write at a time.

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most `max_bytes`; empty at the end."""
        while not self._chunks:
            if self._error is not None:
                raise httpcore.ReadError
            if self._ended:
                self._probe.ended = True
                return b""
            if not await self._woken(self._probe.allowance(timeout)):
                raise httpcore.ReadTimeout
        data = self._chunks.popleft()
        if len(data) > max_bytes:
            self._chunks.appendleft(data[max_bytes:])
            data = data[:max_bytes]
        self._buffered -= len(data)
        if self._paused and not self._buffered:
            self._paused = False
            self._connected().resume_reading()
        self._probe.feed(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of `buffer`."""
        if not buffer:
            return
        if self._ended:
            raise httpcore.WriteError
        self._connected().write(buffer)
        while self._full:
            if not await self._woken(self._probe.allowance(timeout)):
                raise httpcore.WriteTimeout
            if self._ended:
                raise httpcore.WriteError

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The same stream, under TLS from now on."""
        try:
            transport = await self._loop.start_tls(
                self._connected(),
                self,
                ssl_context,
                server_hostname=server_hostname,
                ssl_handshake_timeout=self._probe.allowance(timeout),
            )
        except ConnectionAbortedError as error:  # how asyncio reports its handshake timeout
            self._abort()
            raise httpcore.ConnectTimeout from error
        except OSError as error:  # ssl.SSLError is one
            self._abort()
            raise httpcore.ConnectError from error
        except BaseException:
            self._abort()
            raise
        if transport is None:
            raise httpcore.ConnectError
        self._transport = transport
        return self

    async def aclose(self) -> None:
        """Closes the socket at once; there is nothing left to say."""
        self._abort()
        await self._gone

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks about the socket."""
        if info == "is_readable":  # an idle peer can only say that it is gone
            return self._ended or bool(self._chunks)
        return None if self._transport is None else self._transport.get_extra_info(info)

    def _connected(self) -> asyncio.Transport:
        if self._transport is None:
            raise httpcore.ConnectError
        return self._transport

    def _abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()
        elif not self._gone.done():
            self._gone.set_result(None)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(True)

    async def _woken(self, timeout: float) -> bool:
        """Waits for any event on the socket; False if none came in time."""
        waiter: asyncio.Future[bool] = self._loop.create_future()
        self._waiter = waiter
        timer = self._loop.call_later(timeout, _give_up, waiter)
        try:
            return await waiter
        finally:
            timer.cancel()
            self._waiter = None


def _give_up(waiter: asyncio.Future[bool]) -> None:
    if not waiter.done():
        waiter.set_result(False)


class SocketBackend(httpcore.AsyncNetworkBackend):
    """Opens streams, to one pinned address where one is given."""

    def __init__(self, probe: Probe, address: str | None = None) -> None:
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
        end = asyncio.get_running_loop().time() + self._probe.allowance(timeout)
        try:
            return await self._first_of(await self._addresses(host, port, end), port, end)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except OSError as error:
            raise httpcore.ConnectError from error
        except UnicodeError:
            raise ConnectFailed("the host name cannot be encoded") from None

    async def _addresses(self, host: str, port: int, end: float) -> list[str]:
        if self._address is not None:
            return [self._address]
        async with asyncio.timeout_at(end):
            found = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
        return list(dict.fromkeys(str(item[4][0]) for item in found))

    async def _first_of(self, addresses: list[str], port: int, end: float) -> SocketStream:
        """Tries one address after the other, each with its share of the time that is left.

        Racing them, as asyncio can, leaves sockets open when it is cancelled.
        """
        loop = asyncio.get_running_loop()
        make = partial(SocketStream, self._probe)
        failure = OSError("no address")
        for number, address in enumerate(addresses):
            now = loop.time()
            share = (end - now) / (len(addresses) - number)
            try:
                async with asyncio.timeout_at(now + share):
                    _, stream = await loop.create_connection(make, address, port)
            except OSError as error:  # a timeout is one
                failure = error
            else:
                return stream
        raise failure
