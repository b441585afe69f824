"""Kills writers of one record at chosen and at random points and looks at what is left.

Forks instead of starting anew, so that a point costs milliseconds. Prints JSON lines of
`{"point": …, "acknowledged": …, "found": …, "after": …}`, the numbers being those of saved
payloads: the last that `save()` returned for, the one that is there after the kill, and the one
that is there after a further save. Arguments: directory, key (hex), seed.
"""

import asyncio
import json
import os
import random
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from gateway.core.sessions import disk
from gateway.core.sessions.file import FileStore
from gateway.core.sessions.sealing import KeyRing
from gateway.core.sessions.store import RecordKind

FILLER = b"x" * 200_000
NUMBER = 8
RANDOM_POINTS = 12


def payload(number: int) -> bytes:
    return number.to_bytes(NUMBER, "big") + FILLER


def load(store: FileStore) -> int:
    found = asyncio.run(store.load(RecordKind.SESSIONS, "a"))
    assert found is not None
    assert found.payload[NUMBER:] == FILLER
    return int.from_bytes(found.payload[:NUMBER], "big")


def save(store: FileStore, number: int) -> None:
    asyncio.run(store.save(RecordKind.SESSIONS, "a", payload(number), if_version=None))


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_half_write() -> None:
    whole_write = os.write

    def half(handle: int, data: memoryview) -> int:
        whole_write(handle, data[: len(data) // 2])
        die()
        return 0

    mock.patch.object(os, "write", half).start()


def at_file_sync() -> None:
    mock.patch.object(os, "fsync", die).start()


def before_replace() -> None:
    mock.patch.object(Path, "replace", die).start()


def after_replace() -> None:
    mock.patch.object(disk, "_sync_directory", die).start()


POINTS: dict[str, Callable[[], None]] = {
    "half write": at_half_write,
    "file sync": at_file_sync,
    "before replace": before_replace,
    "after replace": after_replace,
}


def forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work()
    finally:
        os._exit(7)


def at_chosen_point(store: FileStore, arm: Callable[[], None], number: int) -> None:
    def work() -> None:
        arm()
        save(store, number)

    _, status = os.waitpid(forked(work), 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


def at_random_point(store: FileStore, start: int, delay: float) -> int:
    """Saves ever higher numbers until killed; the last one that was acknowledged."""
    reader, writer = os.pipe()

    def work() -> None:
        number = start
        while True:
            save(store, number)
            os.write(writer, number.to_bytes(NUMBER, "big"))
            number += 1

    child = forked(work)
    os.close(writer)
    first = os.read(reader, NUMBER)
    select.select([], [], [], delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    rest = first
    while more := os.read(reader, 65536):
        rest += more
    os.close(reader)
    return int.from_bytes(rest[-NUMBER:], "big")


def report(store: FileStore, point: str, acknowledged: int) -> int:
    found = load(store)
    save(store, found + 1)
    line = {"point": point, "acknowledged": acknowledged, "found": found, "after": load(store)}
    print(json.dumps(line), flush=True)  # noqa: T201 - how it speaks to the test
    return found + 1


def main(directory: Path, key: bytes, seed: int) -> None:
    store = FileStore(directory, KeyRing([key]))
    save(store, 1)
    number = 1
    for point, arm in POINTS.items():
        at_chosen_point(store, arm, number + 1)
        number = report(store, point, number)
    rng = random.Random(seed)
    for n in range(RANDOM_POINTS):
        acknowledged = at_random_point(store, number + 1, rng.uniform(0, 0.02))
        number = report(store, f"random {n}", acknowledged)


main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3]))
