"""The carrier of every class of request: httpx, one connection at a time and no pool of its."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final, Self

import httpx

from gateway.core.errors import GatewayClosed, GatewayError
from gateway.core.transport import quiet
from gateway.core.transport.addresses import Origin
from gateway.core.transport.body import out_of_time, read_body
from gateway.core.transport.connection import Connection, body_of
from gateway.core.transport.exchange import (
    Exchange,
    Headers,
    RawAnswer,
    RawStream,
    TransportFault,
    fault_of,
)
from gateway.core.transport.failures import EXPECTED, explain
from gateway.core.transport.framing import nothing_follows
from gateway.core.transport.headers import decode, first
from gateway.core.transport.inflate import coding_of
from gateway.core.transport.pool import MOST_CONNECTIONS, OriginPool
from gateway.core.transport.tls import Trust, TrustStore

KEEP_ALIVE: Final = 20.0
"""Seconds that an idle connection is kept; most servers keep theirs longer."""

_Key = tuple[Origin, Trust, str | None]


class HttpxCarrier:
    """HTTP/1.1 over connections that carry no cookie and no account.

    Whatever ends an exchange early, a cancellation included, costs its connection and nothing
    else: no slot is held outside of the exchange itself.
    """

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
        self._pools: dict[_Key, OriginPool] = {}
        self._open: set[Connection] = set()
        self._reaper: asyncio.TimerHandle | None = None
        self._reaping: set[asyncio.Task[None]] = set()
        self._closed = False

    async def send(self, exchange: Exchange) -> RawAnswer:
        """One exchange with a bounded, decoded body.

        Raises:
            GatewayError: With a `TransportFault`, see `fault_of()`.
        """
        pool, connection = await self._take(exchange)
        try:
            with quiet.quietly():
                answer = await connection.open(exchange)
                headers = decode(answer.headers.raw, exchange.limits.headers)
                body = await read_body(
                    aiter(body_of(answer)),
                    coding=coding_of(first(headers, "content-encoding")),
                    limits=exchange.limits,
                    remaining=exchange.remaining,
                )
                await answer.aclose()
            _settle(exchange, answer, headers, connection)
        except EXPECTED as cause:
            error = explain(cause, exchange, connection.probe)
            await self._suspect(pool, error)
            raise error from None
        finally:
            await self._give_back(pool, connection)
        return RawAnswer(answer.status_code, headers, body, connection.probe.sent)

    @asynccontextmanager
    async def stream(self, exchange: Exchange) -> AsyncIterator[RawStream]:
        """One exchange whose body is read piece by piece inside the block.

        Raises:
            GatewayError: With a `TransportFault`, on entry or while reading.
        """
        pool, connection = await self._take(exchange)
        try:
            try:
                with quiet.quietly():
                    answer = await connection.open(exchange)
                    headers = decode(answer.headers.raw, exchange.limits.headers)
            except EXPECTED as cause:
                error = explain(cause, exchange, connection.probe)
                await self._suspect(pool, error)
                raise error from None
            try:
                yield RawStream(answer.status_code, headers, _Chunks(answer, exchange, connection))
            finally:
                with quiet.quietly():
                    await answer.aclose()
                _settle(exchange, answer, headers, connection)
        finally:
            await self._give_back(pool, connection)

    async def aclose(self) -> None:
        """Closes every connection, also those in use."""
        self._closed = True
        if self._reaper is not None:
            self._reaper.cancel()
        if self._reaping:
            await asyncio.wait(self._reaping)
        for connection in tuple(self._open):
            await connection.aclose()
        self._open.clear()
        self._pools.clear()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _take(self, exchange: Exchange) -> tuple[OriginPool | None, Connection]:
        """A connection and the pool to give it back to, None for a single use."""
        if self._closed:
            raise GatewayClosed("the transport is closed")
        if exchange.remaining() <= 0:
            raise out_of_time(TransportFault.NOT_SENT)
        key = (exchange.origin, exchange.trust, exchange.proxy)
        if exchange.fresh or exchange.address is not None:
            return None, self._make(*key, exchange.address)
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = OriginPool(
                limit=self._most_connections,
                clock=asyncio.get_running_loop().time,
                make=partial(self._make, *key),
                discard=self._discard,
            )
        return pool, await pool.take()

    def _make(
        self, origin: Origin, trust: Trust, proxy: str | None, address: str | None = None
    ) -> Connection:
        context = self._trust.context(trust) if origin.scheme == "https" else None
        connection = Connection(origin, context, proxy=proxy, address=address)
        self._open.add(connection)
        return connection

    async def _give_back(self, pool: OriginPool | None, connection: Connection) -> None:
        kept = pool is not None and pool.give_back(connection)
        if kept and not self._closed:
            if self._reaper is None:
                self._schedule(self._keep_alive)
            return
        await self._discard(connection)

    async def _suspect(self, pool: OriginPool | None, error: GatewayError) -> None:
        """Drops what lies idle where one of it was stale: the same hand has cut the others."""
        if pool is not None and fault_of(error) is TransportFault.STALE_CONNECTION:
            for connection in pool.expired(float("inf")):
                await self._discard(connection)

    async def _discard(self, connection: Connection) -> None:
        self._open.discard(connection)
        await connection.aclose()

    def _schedule(self, delay: float) -> None:
        self._reaper = asyncio.get_running_loop().call_later(delay, self._reap)

    def _reap(self) -> None:
        """Closes what has been idle for too long, and looks again later if anything is left."""
        self._reaper = None
        before = asyncio.get_running_loop().time() - self._keep_alive
        for pool in self._pools.values():
            for connection in pool.expired(before):
                task = asyncio.ensure_future(self._discard(connection))
                self._reaping.add(task)
                task.add_done_callback(self._reaping.discard)
        if any(pool.idle for pool in self._pools.values()):
            self._schedule(self._keep_alive / 2)


def _settle(
    exchange: Exchange, answer: httpx.Response, headers: Headers, connection: Connection
) -> None:
    alone = nothing_follows(exchange.method, answer.status_code, headers, connection.probe)
    connection.spoiled = not alone


class _Chunks:
    """The body of an open answer; failures become ours, logs stay silent."""

    def __init__(self, answer: httpx.Response, exchange: Exchange, connection: Connection) -> None:
        self._chunks = aiter(body_of(answer))
        self._exchange = exchange
        self._probe = connection.probe

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        try:
            with quiet.quietly():
                return await anext(self._chunks)
        except EXPECTED as cause:
            raise explain(cause, self._exchange, self._probe) from None
