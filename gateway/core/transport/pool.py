"""The connections to one origin: a list of idle ones, the last used first.

There is no queue here. Whoever waits for a slot does so in the limiter before the transport, so
a connection is taken or made at once.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from gateway.core.errors import Overloaded
from gateway.core.transport.connection import Connection

MOST_CONNECTIONS: Final = 1_024


class OriginPool:
    """Connections to one origin under one trust profile."""

    def __init__(
        self,
        *,
        limit: int,
        clock: Callable[[], float],
        make: Callable[[], Connection],
        discard: Callable[[Connection], Awaitable[None]],
    ) -> None:
        self._limit = limit
        self._clock = clock
        self._make = make
        self._discard = discard
        self._idle: deque[tuple[float, Connection]] = deque()
        self._busy = 0

    @property
    def idle(self) -> int:
        """How many connections wait for work."""
        return len(self._idle)

    @property
    def busy(self) -> int:
        """How many carry an exchange."""
        return self._busy

    async def take(self) -> Connection:
        """An idle connection that still stands, or a new one.

        Raises:
            Overloaded: The limiter let more through than there may be connections.
        """
        while self._idle:
            connection = self._idle.pop()[1]
            if not connection.closed_by_peer:
                self._busy += 1
                return connection
            await self._discard(connection)
        if self._busy >= self._limit:
            raise Overloaded("too many connections to one host")
        connection = self._make()
        self._busy += 1
        return connection

    def give_back(self, connection: Connection) -> bool:
        """Keeps a connection if it can carry another exchange; says whether it did."""
        self._busy -= 1
        kept = connection.reusable
        if kept:
            self._idle.append((self._clock(), connection))
        return kept

    def expired(self, before: float) -> list[Connection]:
        """Takes out the connections that have been idle since before a moment."""
        found = []
        while self._idle and self._idle[0][0] <= before:
            found.append(self._idle.popleft()[1])
        return found
