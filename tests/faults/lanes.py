"""Lanes: each an origin of its own with a fresh emulator behind it and a fault in front."""

import asyncio
import contextlib
import re
from dataclasses import asdict, dataclass
from typing import Any

from gateway.core.contract.emulator import Emulator
from gateway.sandbox.world import World, WorldState
from tests.faults.http11 import Answer, Asked, Peer, answered, read_request
from tests.faults.strikes import STRIKES

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Sent:
    """One request that a lane received.

    Attributes:
        method: HTTP method.
        path: Path without the query.
        connection: Number of the connection on its lane.
        struck: Whether the fault was shown.
    """

    method: str
    path: str
    connection: int
    struck: bool


@dataclass(frozen=True)
class Plan:
    """Which requests are struck, and by what.

    Attributes:
        fault: Name of the strike; None for none.
        method: Method of the requests that count.
        route: Pattern that their whole path matches.
        pattern: `once`, `every second` (the first, the third, …) or `always`.
    """

    fault: str | None = None
    method: str = "GET"
    route: str = ""
    pattern: str = "always"

    def is_about(self, asked: Asked) -> bool:
        """Whether a request counts."""
        if self.fault is None or asked.method != self.method:
            return False
        return re.fullmatch(self.route, asked.path) is not None

    def strikes(self, number: int) -> bool:
        """Whether the counted request with this number, from 0, is struck."""
        if self.pattern == "once":
            return number == 0
        return self.pattern == "always" or number % 2 == 0


class Lane:
    """One origin: a listener, an emulator of its own, and what goes wrong there."""

    def __init__(self, emulator: Emulator, world: World) -> None:
        self._emulator = emulator
        self._world = world
        self._app: Any = None
        self._listener: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._plan = Plan()
        self._counted = 0
        self._sent: list[Sent] = []
        self._connections = 0
        self._old = 0
        self._changed = asyncio.Condition()
        self._released = asyncio.Event()

    async def open(self) -> str:
        """Begins to listen; gives the origin."""
        self._listener = await asyncio.start_server(self._connected, LOOPBACK, 0, backlog=256)
        origin = f"http://{LOOPBACK}:{self._listener.sockets[0].getsockname()[1]}"
        self._app = self._emulator.app(self._world, WorldState(self._world), origin=origin)
        return origin

    async def close(self) -> None:
        """Ends everything."""
        if self._listener is not None:
            self._listener.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def arm(self, plan: Plan) -> None:
        """Shows a fault from now on; counts anew."""
        self._plan = plan
        self._counted = 0
        self._sent = []
        self._released.clear()
        self.age()

    def age(self) -> None:
        """Lets time pass for connections: those that are open now were used before."""
        self._old = self._connections

    def calm(self) -> None:
        """Shows none any more, and finishes what was held back; what was counted stays."""
        self._plan = Plan()
        self._released.set()

    @property
    def report(self) -> dict[str, Any]:
        """What was received since the lane was armed."""
        return {
            "sent": [asdict(item) for item in self._sent],
            "open": len(self._tasks),
        }

    async def until_struck(self, count: int) -> None:
        """Returns once so many requests were struck."""
        async with self._changed:
            await self._changed.wait_for(lambda: sum(item.struck for item in self._sent) >= count)

    async def until_quiet(self) -> None:
        """Returns once no connection is open."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._tasks)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._connections += 1
        peer = Peer(reader, writer, self._connections, self._released)
        try:
            while not peer.ended and (asked := await read_request(reader)) is not None:
                await self._respond(peer, asked)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        except asyncio.CancelledError:
            pass  # only ever by `close()`; asyncio.streams logs it otherwise
        finally:
            if not writer.is_closing():
                writer.transport.abort()
            self._tasks.discard(task)
            with contextlib.suppress(asyncio.CancelledError):
                await self._tell()

    async def _respond(self, peer: Peer, asked: Asked) -> None:
        plan = self._plan
        struck = False
        peer.old = peer.number <= self._old
        if plan.is_about(asked):
            struck = plan.strikes(self._counted)
            self._counted += 1
        self._sent.append(Sent(asked.method, asked.path, peer.number, struck))
        await self._tell()

        async def through() -> Answer:
            return await answered(self._app, asked)

        if struck and plan.fault is not None:
            await STRIKES[plan.fault](peer, asked, through)
        else:
            await peer.send((await through()).whole())

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
