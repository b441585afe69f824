"""Takes a lease, says so, and holds it until it is killed. Arguments: directory, key (hex)."""

import asyncio
import sys
from pathlib import Path

from gateway.core.sessions.file import FileStore
from gateway.core.sessions.sealing import KeyRing
from gateway.core.sessions.store import RecordKind


async def main(directory: Path, key: bytes) -> None:
    store = FileStore(directory, KeyRing([key]))
    async with store.lease(RecordKind.SESSIONS, "a", seconds=5):
        print("held", flush=True)  # noqa: T201 - how it speaks to the test
        await asyncio.Event().wait()


asyncio.run(main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])))
