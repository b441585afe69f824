"""Addresses where connecting itself goes wrong."""

import asyncio
import contextlib
import socket
import ssl
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import trustme

from tests.faults.http11 import reset

LOOPBACK = "127.0.0.1"


@asynccontextmanager
async def bad_places() -> AsyncIterator[dict[str, str]]:
    """Origins by the fault that connecting to them meets."""
    async with contextlib.AsyncExitStack() as stack:
        refusing = stack.enter_context(contextlib.closing(_bound()))
        silent = stack.enter_context(contextlib.closing(_bound()))
        silent.listen(0)
        for _ in range(3):  # fill the queue, so that a further SYN gets no answer
            client = stack.enter_context(contextlib.closing(socket.socket()))
            client.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                client.connect(silent.getsockname())
        untrusted = await asyncio.start_server(_serve, LOOPBACK, 0, ssl=_untrusted())
        hanging_up = await asyncio.start_server(_hang_up, LOOPBACK, 0)
        stack.callback(untrusted.close)
        stack.callback(hanging_up.close)
        yield {
            "refused": f"http://{LOOPBACK}:{refusing.getsockname()[1]}",
            "black hole": f"http://{LOOPBACK}:{silent.getsockname()[1]}",
            "certificate": f"https://{LOOPBACK}:{untrusted.sockets[0].getsockname()[1]}",
            "handshake reset": f"https://{LOOPBACK}:{hanging_up.sockets[0].getsockname()[1]}",
        }


def _bound() -> socket.socket:
    found = socket.socket()
    found.bind((LOOPBACK, 0))
    return found


def _untrusted() -> ssl.SSLContext:
    """A certificate of an authority that nobody knows."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        authority.issue_cert(LOOPBACK).private_key_and_cert_chain_pem.write_to_path(path)
        context.load_cert_chain(path)
    return context


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Nobody should come so far as to be served."""
    with contextlib.suppress(ConnectionError, ssl.SSLError):
        await reader.read()
    writer.close()


async def _hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    reset(writer)
