"""The client's side of the control door, and the server's process."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.lanes import Sent

ROOT = Path(__file__).parents[2]


@contextmanager
def fault_server(provider: str) -> Iterator[int]:
    """A fault server in a process of its own; gives the port of its door."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.server", provider],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield int(json.loads(process.stdout.readline())["door"])
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(timeout=10)


@dataclass(frozen=True)
class Report:
    """What a lane received since it was armed.

    Attributes:
        sent: The requests in order.
        open: Connections that are open.
    """

    sent: tuple[Sent, ...]
    open: int

    @property
    def struck(self) -> int:
        """Requests that were struck."""
        return sum(item.struck for item in self.sent)


class Door:
    """Asks the server for lanes and tells them what to do."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._turn = asyncio.Lock()

    async def ask(self, do: str, **details: Any) -> dict[str, Any]:
        """One question and its answer."""
        async with self._turn:
            self._writer.write(json.dumps({"do": do, **details}).encode() + b"\n")
            answer: dict[str, Any] = json.loads(await self._reader.readline())
        return answer

    @asynccontextmanager
    async def lane(self) -> AsyncIterator["LaneDoor"]:
        """A lane for the time of a block."""
        origin = (await self.ask("open"))["lane"]
        try:
            yield LaneDoor(self, origin)
        finally:
            await self.ask("close", lane=origin)


class LaneDoor:
    """One lane.

    Attributes:
        origin: Where it is served.
    """

    def __init__(self, door: Door, origin: str) -> None:
        self._door = door
        self.origin = origin

    async def arm(
        self, fault: str | None, *, method: str = "GET", route: str = "", pattern: str = "always"
    ) -> None:
        """Strikes requests from now on, and counts anew."""
        await self._door.ask(
            "arm", lane=self.origin, fault=fault, method=method, route=route, pattern=pattern
        )

    async def age(self) -> None:
        """Lets time pass for idle connections."""
        await self._door.ask("age", lane=self.origin)

    async def calm(self) -> None:
        """Strikes no more and finishes what was held back."""
        await self._door.ask("calm", lane=self.origin)

    async def report(self) -> Report:
        """What was received."""
        told = await self._door.ask("report", lane=self.origin)
        sent = tuple(Sent(**item) for item in told["sent"])
        return Report(sent, told["open"])

    async def until_struck(self, count: int = 1) -> bool:
        """Waits for strikes; False if they do not come."""
        return not (await self._door.ask("until_struck", lane=self.origin, count=count))["late"]

    async def until_quiet(self) -> bool:
        """Waits until no connection is open; False if one stays."""
        return not (await self._door.ask("until_quiet", lane=self.origin))["late"]


@asynccontextmanager
async def door_at(port: int) -> AsyncIterator[Door]:
    """The door of a running server."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Door(reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()
