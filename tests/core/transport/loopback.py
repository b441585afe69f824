"""A small HTTP/1.1 server on loopback whose answers are raw bytes, right or wrong."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from gateway.core.transport.addresses import Origin


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    connection: int

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


class Peer:
    """The server's end of one connection."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    def close(self) -> None:
        self.writer.close()

    async def stall(self) -> None:
        """Says nothing more until the server ends."""
        await asyncio.Event().wait()

    def reset(self) -> None:
        """Ends the connection with RST, unread and unsent data lost."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Respond = Callable[[Received, Peer], Awaitable[None]]


class Server:
    """What a test sees of a running server."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.connections = 0
        self.open = 0
        self.requests: list[Received] = []

    @property
    def url(self) -> str:
        return str(self.origin)


def answer(
    body: bytes = b"", *, status: int = 200, headers: Iterable[tuple[str, str]] = ()
) -> bytes:
    """A whole answer with its length."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, *, status: int = 302, cookies: Iterable[str] = ()) -> bytes:
    return answer(
        status=status,
        headers=[("Location", location), *(("Set-Cookie", cookie) for cookie in cookies)],
    )


@asynccontextmanager
async def serve(
    respond: Respond | bytes, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> AsyncIterator[Server]:
    """Serves until the block ends; afterwards nothing of it is left."""
    tasks: set[asyncio.Task[None]] = set()

    async def respond_fixed(_request: Received, peer: Peer) -> None:
        assert isinstance(respond, bytes)
        peer.send(respond)

    handler = respond_fixed if isinstance(respond, bytes) else respond

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        server.connections += 1
        server.open += 1
        number = server.connections
        try:
            while (request := await _read(reader, number)) is not None:
                server.requests.append(request)
                await handler(request, Peer(writer))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        except asyncio.CancelledError:
            pass  # only ever by the end of `serve()`; asyncio.streams logs it otherwise
        finally:
            server.open -= 1
            tasks.discard(task)
            writer.transport.abort()

    listener = await asyncio.start_server(connected, host, 0, ssl=tls)
    port = listener.sockets[0].getsockname()[1]
    server = Server(Origin("http" if tls is None else "https", host, port))
    try:
        yield server
    finally:
        listener.close()
        for task in tuple(tasks):
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)


async def _read(reader: asyncio.StreamReader, number: int) -> Received | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    method, target, _ = first.split(" ")
    headers = tuple(
        (name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)
    )
    length = next((int(value) for name, value in headers if name == "content-length"), 0)
    return Received(method, target, headers, await reader.readexactly(length), number)


async def turns(count: int = 10) -> None:
    """Lets the loop run a few times, so that what is on its way over loopback arrives."""
    for _ in range(count):
        await asyncio.sleep(0)


async def until(condition: Callable[[], bool], within: float = 5.0) -> None:
    """Lets the loop run until something holds."""
    end = asyncio.get_running_loop().time() + within
    while not condition():
        assert asyncio.get_running_loop().time() < end, "it never came true"
        await asyncio.sleep(0)
