"""As much of HTTP/1.1 as a server needs that means to break it."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

REASON = "X"
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    target: str
    headers: Headers
    body: bytes

    @property
    def path(self) -> str:
        """The path without its query."""
        return self.target.partition("?")[0]


@dataclass
class Answer:
    """One answer, whole."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    def head(self, *, length: int | None = None, chunked: bool = False) -> bytes:
        """Status line and headers, with a length of its own or chunked."""
        framing = b"content-length: %d" % (len(self.body) if length is None else length)
        lines = [f"HTTP/1.1 {self.status} {REASON}".encode()]
        lines += [
            name + b": " + value
            for name, value in self.headers
            if name.lower() not in {b"content-length", b"transfer-encoding"}
        ]
        lines.append(b"transfer-encoding: chunked" if chunked else framing)
        return b"\r\n".join([*lines, b"", b""])

    def whole(self) -> bytes:
        """All of it."""
        return self.head() + self.body


def made(
    body: bytes, media_type: str, *, status: int = 200, headers: Iterable[tuple[str, str]] = ()
) -> Answer:
    """An answer of our own."""
    listed = [(b"content-type", media_type.encode())]
    return Answer(status, [*listed, *((k.encode(), v.encode()) for k, v in headers)], body)


async def read_request(reader: asyncio.StreamReader) -> Asked | None:
    """The next request of a connection; None at its end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    method, target, _ = first.split(" ")
    headers = [
        (name.strip().lower().encode("latin-1"), value.strip().encode("latin-1"))
        for name, _, value in (line.partition(":") for line in lines)
    ]
    length = next((int(value) for name, value in headers if name == b"content-length"), 0)
    return Asked(method, target, headers, await reader.readexactly(length))


async def answered(app: Any, asked: Asked) -> Answer:
    """What an ASGI application answers to a request."""
    path, _, query = asked.target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": asked.headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 1),
    }
    given = Answer(500)
    pieces: list[bytes] = []
    waiting = [{"type": "http.request", "body": asked.body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            given.status = message["status"]
            given.headers = [(bytes(name), bytes(value)) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            pieces.append(bytes(message.get("body", b"")))

    await app(scope, receive, send)
    given.body = b"".join(pieces)
    return given


class Peer:
    """The server's end of one connection.

    Attributes:
        number: Number of the connection on its lane.
        old: Whether it was used before and has been idle since.
        released: Set when a body that is held back may be finished.
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        number: int,
        released: asyncio.Event,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self.number = number
        self.old = False
        self.released = released
        self.ended = False

    @property
    def gone(self) -> bool:
        """Whether the client is known to have left."""
        return self._writer.is_closing()

    async def send(self, data: bytes) -> None:
        """Writes; what the client no longer takes is dropped."""
        self._writer.write(data)
        with contextlib.suppress(ConnectionError):
            await self._writer.drain()

    def close(self) -> None:
        """Ends the connection after what was written."""
        self.ended = True
        self._writer.close()

    def reset(self) -> None:
        """Ends it with RST, unread and unsent data lost."""
        self.ended = True
        reset(self._writer)

    async def hold(self) -> None:
        """Says nothing more until the client leaves."""
        self.ended = True
        with contextlib.suppress(ConnectionError):
            await self._reader.read()

    async def left_within(self, seconds: float) -> bool:
        """Whether the client leaves in this time."""
        try:
            async with asyncio.timeout(seconds):
                await self.hold()
        except TimeoutError:
            return self._writer.is_closing()
        return True


def reset(writer: asyncio.StreamWriter) -> None:
    """Ends a connection with RST."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
