"""The provider of the benchmarks: canned bytes by path, in a process of its own.

A raw asyncio protocol with keep-alive and pipelining. `l=20`, in the path or query, delays an
answer by 20 ms. `/stats` tells connections and requests so far as JSON.
"""

import asyncio
import json
import re
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from benchmarks.payloads import PAYLOADS
from benchmarks.pinning import SERVER_CORE, pin

_LATENCY: Final = re.compile(rb"[/?&]l=(\d+)")
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_STATS: Final = b"/stats"


def _answer(body: bytes) -> bytes:
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: keep-alive\r\n\r\n"
    )
    return head.encode() + body


_CANNED: Final = tuple((part.encode(), _answer(make())) for part, make in PAYLOADS.items())
_NOTHING: Final = _answer(b"[]")


class Statistics:
    """What the server has seen."""

    def __init__(self) -> None:
        self.connections = 0
        self.requests = 0

    def answer(self) -> bytes:
        """Both figures as an HTTP answer."""
        return _answer(json.dumps(vars(self)).encode())


class Provider(asyncio.Protocol):
    """One connection."""

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
        self._statistics.connections += 1

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < whole:
                return
            self._buffer = self._buffer[whole:]
            self._serve(head.split(b" ", 2)[1])

    def _serve(self, target: bytes) -> None:
        if target == _STATS:
            self._write(self._statistics.answer())
            return
        self._statistics.requests += 1
        body = next((answer for part, answer in _CANNED if part in target), _NOTHING)
        latency = _LATENCY.search(target)
        if latency is None:
            self._write(body)
        else:
            loop = asyncio.get_running_loop()
            loop.call_later(int(latency[1]) / 1000, self._write, body)

    def _write(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)


async def serve() -> None:
    """Serves until the process is ended; prints the port first."""
    statistics = Statistics()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Provider(statistics), "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


def main() -> None:
    """Serves on the server's core, over uvloop where it is installed."""
    pin(SERVER_CORE)
    if find_spec("uvloop") is None:
        asyncio.run(serve())
    else:
        import_module("uvloop").run(serve())


if __name__ == "__main__":
    main()
