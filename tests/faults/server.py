"""The fault server: real sockets, a process of its own, in front of a provider's emulator.

    python -m tests.faults.server PROVIDER

It prints the port of its control door as one line of JSON and ends with its standard input. The
door takes one JSON object a line, `{"do": NAME, …}`, and answers each with one line; what goes
over it never mixes with the traffic under test.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from gateway.core.registry.plugins import Registry
from gateway.sandbox.connecting import emulator_of
from gateway.testing.config import SCHOOL_DAY
from gateway.testing.worlds import world_of
from tests.faults.lanes import LOOPBACK, Lane, Plan
from tests.faults.places import bad_places
from tests.faults.strikes import warm_up

SEED = 1
PATIENCE = 10.0
"""Seconds after which something that is waited for counts as never coming."""

Told = dict[str, Any]


class FaultServer:
    """All lanes of one provider."""

    def __init__(self, provider: str, places: dict[str, str]) -> None:
        self._emulator = emulator_of(Registry().provider(provider))
        self._world = world_of(SEED, SCHOOL_DAY)
        self._places = places
        self._lanes: dict[str, Lane] = {}

    async def door(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one connection of the control door; lanes live on after it."""
        with contextlib.suppress(ConnectionError):
            while line := await reader.readline():
                asked = json.loads(line)
                writer.write(json.dumps(await self.do(**asked)).encode() + b"\n")
                await writer.drain()
        writer.close()

    async def do(self, *, do: str, lane: str = "", **details: Any) -> Told:
        """Does what the door was asked for."""
        if do == "places":
            return dict(self._places)
        if do == "open":
            opened = Lane(self._emulator, self._world)
            origin = await opened.open()
            self._lanes[origin] = opened
            return {"lane": origin}
        found = self._lanes[lane]
        todo: dict[str, Callable[[], Awaitable[Told]]] = {
            "arm": lambda: _at_once(found.arm, Plan(**details)),
            "age": lambda: _at_once(found.age),
            "calm": lambda: _at_once(found.calm),
            "report": lambda: _said(found),
            "until_struck": lambda: _in_time(found.until_struck(details["count"])),
            "until_quiet": lambda: _in_time(found.until_quiet()),
            "close": lambda: self._close(lane),
        }
        return await todo[do]()

    async def _close(self, lane: str) -> Told:
        await self._lanes.pop(lane).close()
        return {}


async def _at_once(what: Callable[..., None], *args: Any) -> Told:
    what(*args)
    return {}


async def _said(lane: Lane) -> Told:
    return lane.report


async def _in_time(what: Awaitable[None]) -> Told:
    try:
        await asyncio.wait_for(what, PATIENCE)
    except TimeoutError:
        return {"late": True}
    return {"late": False}


async def main(provider: str) -> None:
    """Serves until the standard input ends."""
    warm_up()
    async with bad_places() as places:
        server = FaultServer(provider, places)
        door = await asyncio.start_server(server.door, LOOPBACK, 0)
        sys.stdout.write(json.dumps({"door": door.sockets[0].getsockname()[1]}) + "\n")
        sys.stdout.flush()
        ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(sys.stdin, ended.set)
        await ended.wait()
        door.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
