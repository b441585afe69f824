import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from gateway.core.errors import StoreConflict
from gateway.core.sessions.file import FileStore
from gateway.core.sessions.locking import FileLock
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.sealing import KeyRing
from gateway.core.sessions.store import RecordKind, RecordStore

CHILDREN = Path(__file__).parent / "children"
KIND = RecordKind.SESSIONS
Make: TypeAlias = Callable[..., RecordStore]


class VirtualClock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.elapsed = 0.0

    def monotonic(self) -> float:
        return self.elapsed

    def now(self) -> datetime:
        return datetime(2026, 9, 1, tzinfo=UTC)

    async def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.elapsed += seconds
        await asyncio.sleep(0)


@pytest.fixture(params=["memory", "file"])
def make(request: pytest.FixtureRequest, directory: Path, key: bytes) -> Make:
    if request.param == "memory":
        return MemoryStore
    return lambda **options: FileStore(directory, KeyRing([key]), **options)


async def test_a_lease_is_held_alone_and_then_given_back(make: Make) -> None:
    store = make()
    async with store.lease(KIND, "a", seconds=0):
        with pytest.raises(StoreConflict):
            async with store.lease(KIND, "a", seconds=0):
                pytest.fail("two owners at once")
        async with store.lease(KIND, "b", seconds=0), store.lease(RecordKind.MEMO, "a", seconds=0):
            await store.save(KIND, "a", b"saving goes on", if_version=0)
    async with store.lease(KIND, "a", seconds=0):
        pass


async def test_a_lease_ends_with_an_error_inside_it(make: Make) -> None:
    store = make()
    with pytest.raises(LookupError):
        async with store.lease(KIND, "a", seconds=0):
            raise LookupError
    async with store.lease(KIND, "a", seconds=0):
        pass


async def test_waiting_ends_after_the_given_seconds(make: Make) -> None:
    clock = VirtualClock()
    store = make(clock=clock)
    async with store.lease(KIND, "a", seconds=0):
        with pytest.raises(StoreConflict):
            async with store.lease(KIND, "a", seconds=7):
                pytest.fail("two owners at once")
    assert clock.elapsed == pytest.approx(7)


async def test_many_tasks_take_their_turns(make: Make) -> None:
    store = make()
    inside = 0
    turns = 0

    async def turn() -> None:
        nonlocal inside, turns
        async with store.lease(KIND, "a", seconds=30):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0)
            inside -= 1
            turns += 1

    await asyncio.gather(*(turn() for _ in range(8)))
    assert turns == 8


async def test_a_cancelled_waiter_leaves_the_lease_to_others(make: Make) -> None:
    store = make()

    async def take() -> None:
        async with store.lease(KIND, "a", seconds=30):
            await asyncio.Event().wait()

    for steps in range(12):
        tasks = [asyncio.ensure_future(take()) for _ in range(3)]
        for _ in range(steps):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(result, asyncio.CancelledError) for result in results)
        async with store.lease(KIND, "a", seconds=5):
            pass


async def test_two_stores_in_one_process_exclude_each_other(directory: Path, key: bytes) -> None:
    one, two = (FileStore(directory, KeyRing([key])) for _ in range(2))
    async with one.lease(KIND, "a", seconds=0):
        with pytest.raises(StoreConflict):
            async with two.lease(KIND, "a", seconds=0):
                pytest.fail("two owners at once")
    async with two.lease(KIND, "a", seconds=0):
        pass


def test_one_store_serves_two_event_loops(store: FileStore) -> None:
    inside = []

    async def turns() -> None:
        for _ in range(5):
            async with store.lease(KIND, "a", seconds=30):
                inside.append(threading.get_ident())
                assert len(set(inside)) == 1
                await asyncio.sleep(0.001)
                inside.clear()

    failures: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(turns())
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_lock_that_was_given_back_is_never_taken_late(tmp_path: Path) -> None:
    late = FileLock(tmp_path / "lock")
    late.give_back()
    assert not late.try_take()
    assert list(tmp_path.iterdir()) == []


def child(name: str, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, CHILDREN / name, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def say(process: subprocess.Popen[str], text: str) -> None:
    assert process.stdin is not None
    process.stdin.write(text)
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_two_processes_never_hold_a_lease_together(
    tmp_path: Path, directory: Path, key: bytes
) -> None:
    counter = tmp_path / "counter"
    counter.write_text("0")
    arguments = (directory, key.hex(), counter, "25")
    first = child("count_under_lease.py", *arguments)
    second = child("count_under_lease.py", *arguments)
    with first, second:
        for process in (first, second):
            assert hear(process) == "ready"
        for process in (first, second):
            say(process, "go\n")
        assert [first.wait(40), second.wait(40)] == [0, 0]
    assert counter.read_text() == "50"


def test_a_lease_of_a_killed_process_is_free_at_once(
    store: FileStore, directory: Path, key: bytes
) -> None:
    async def take() -> None:
        async with store.lease(KIND, "a", seconds=0):
            pass

    with child("hold_lease.py", directory, key.hex()) as process:
        assert hear(process) == "held"
        with pytest.raises(StoreConflict):
            asyncio.run(take())
        process.kill()
        process.wait(10)
        asyncio.run(take())
    assert list(directory.glob("*/*/*")) == []
