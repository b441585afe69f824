"""An event loop in a thread of its own, for callers that are not asynchronous."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from gateway.core.client.attachments import Download

T = TypeVar("T")


class Portal:
    """Runs coroutines of one gateway; all calls of all threads meet in its loop."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, name="diary-gateway", daemon=True)
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of a coroutine; an interrupted caller leaves it to end by itself."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def iterate(self, items: AsyncIterator[T]) -> Iterator[T]:
        """An asynchronous iterator, item by item."""
        while True:
            try:
                item = self.call(_next(items))
            except StopAsyncIteration:
                return
            yield item

    @contextmanager
    def download(self, opened: AbstractAsyncContextManager[Download]) -> Iterator["SyncDownload"]:
        """An attachment, piece by piece."""
        download = self.call(_entered(opened))
        try:
            yield SyncDownload(self, download)
        finally:
            self.call(_left(opened))

    def make(self, build: Callable[[], T]) -> T:
        """Something that must be made inside the loop."""
        return self.call(_built(build))

    def close(self) -> None:
        """Stops the loop and its thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()


class SyncDownload:
    """An open attachment; iterate it once, inside its block."""

    def __init__(self, portal: Portal, download: Download) -> None:
        self._portal = portal
        self._download = download
        self.name = download.name

    @property
    def media_type(self) -> str:
        """Media type; empty where the provider tells none."""
        return self._download.media_type

    @property
    def size(self) -> int | None:
        """Size in bytes, where the provider tells."""
        return self._download.size

    def __iter__(self) -> Iterator[bytes]:
        return self._portal.iterate(aiter(self._download))

    def read(self) -> bytes:
        """All bytes."""
        return self._portal.call(self._download.read())

    def save(self, directory: Path) -> Path:
        """Writes the file into a directory under its cleaned name; returns its path."""
        return self._portal.call(self._download.save(directory))


async def _next(items: AsyncIterator[T]) -> T:
    return await anext(items)


async def _built(build: Callable[[], T]) -> T:
    return build()


async def _entered(opened: AbstractAsyncContextManager[Download]) -> Download:
    return await opened.__aenter__()


async def _left(opened: AbstractAsyncContextManager[Download]) -> None:
    await opened.__aexit__(None, None, None)
