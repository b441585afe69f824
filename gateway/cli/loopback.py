"""Catches the end of a redirect sign-in on this very machine."""

import asyncio
from urllib.parse import urlsplit

from gateway.core.contract.steps import Redirect
from gateway.core.errors import SignInCancelled

_PAGE = (
    "<!doctype html><meta charset=utf-8><title>Дневник</title>"
    "<p>Вход завершён, окно можно закрыть. / Signed in, you may close this window."
)
_LONGEST_LINE = 16 * 1024


async def wait_for_redirect(step: Redirect) -> str:
    """The address with which the browser came back.

    Args:
        step: Its `pattern` is the loopback address that was given as the redirect URI.

    Raises:
        SignInCancelled: The step names no loopback address.
    """
    place = urlsplit(step.pattern or "")
    if place.hostname not in {"127.0.0.1", "localhost", "::1"} or place.port is None:
        raise SignInCancelled("the step names no loopback address")
    came_back: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readline())[:_LONGEST_LINE].decode("latin-1")
        target = line.split(" ")[1] if line.count(" ") == 2 else ""  # noqa: PLR2004 - a request line
        body = _PAGE.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()
        if target.startswith(place.path or "/") and not came_back.done():
            came_back.set_result(f"{place.scheme}://{place.netloc}{target}")

    server = await asyncio.start_server(answer, "127.0.0.1", place.port)
    async with server:
        return await came_back
