"""Raises a plain counter file so many times, each under the lease.

Arguments: directory, key (hex), counter file, rounds.
"""

import asyncio
import sys
from pathlib import Path

from gateway.core.sessions.file import FileStore
from gateway.core.sessions.sealing import KeyRing
from gateway.core.sessions.store import RecordKind


def read(counter: Path) -> int:
    return int(counter.read_text())


def write(counter: Path, value: int) -> None:
    counter.write_text(str(value))


async def main(directory: Path, key: bytes, counter: Path, rounds: int) -> None:
    store = FileStore(directory, KeyRing([key]))
    print("ready", flush=True)  # noqa: T201 - how it speaks to the test
    sys.stdin.readline()
    for _ in range(rounds):
        async with store.lease(RecordKind.SESSIONS, "a", seconds=30):
            value = read(counter)
            await asyncio.sleep(0.001)  # lets the other process in, if anything does
            write(counter, value + 1)


asyncio.run(
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
)
