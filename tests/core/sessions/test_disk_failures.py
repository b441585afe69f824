import errno
import os
import sys
from pathlib import Path

import pytest

from gateway.core.errors import StoreError, StoreFull
from gateway.core.sessions.disk import disk_errors, write_whole
from gateway.core.sessions.file import FileStore
from gateway.core.sessions.locking import FileLock, locked
from gateway.core.sessions.store import RecordKind, Stored

KIND = RecordKind.SESSIONS


def files(directory: Path) -> list[str]:
    return sorted(path.suffix for path in directory.glob("*/*/*"))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("written", [0, 10])
async def test_a_full_disk_leaves_the_old_record(
    store: FileStore, directory: Path, monkeypatch: pytest.MonkeyPatch, code: int, written: int
) -> None:
    version = await store.save(KIND, "a", b"old", if_version=0)
    real_write = os.write
    room = written

    def write(handle: int, data: memoryview) -> int:
        nonlocal room
        if not room:
            raise OSError(code, "no room")
        count = real_write(handle, data[:room])
        room -= count
        return count

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(StoreFull) as caught:
            await store.save(KIND, "a", b"new", if_version=version)
        with pytest.raises(StoreFull):
            await store.save(KIND, "b", b"new", if_version=0)
    assert caught.value.retryable
    assert str(directory) not in str(caught.value)
    assert await store.load(KIND, "a") == Stored(b"old", version)
    assert await store.load(KIND, "b") is None
    assert files(directory) == [".rec"]
    await store.save(KIND, "a", b"new", if_version=version)


async def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real_write(handle, data[:7]))
    await store.save(KIND, "a", b"x" * 100, if_version=0)
    found = await store.load(KIND, "a")
    assert found is not None
    assert found.payload == b"x" * 100


async def test_a_failed_sync_is_no_success(
    store: FileStore, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = await store.save(KIND, "a", b"old", if_version=0)

    def fsync(_handle: int) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(StoreError, match="EIO"):
            await store.save(KIND, "a", b"new", if_version=version)
    assert await store.load(KIND, "a") == Stored(b"old", version)
    assert files(directory) == [".rec"]


async def test_a_full_disk_at_the_very_beginning_can_be_mended(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_handle: int, _data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(StoreFull):
            await store.save(KIND, "a", b"1", if_version=0)
    await store.save(KIND, "a", b"1", if_version=0)
    assert await store.list_keys(KIND) == ("a",)


async def test_an_unreadable_directory_is_a_store_error(tmp_path: Path, store: FileStore) -> None:
    (tmp_path / "data").write_text("a file where a directory should be")
    with pytest.raises(StoreError):
        await store.save(KIND, "a", b"1", if_version=0)


def test_other_system_errors_are_named_by_their_code_alone() -> None:
    with pytest.raises(StoreError, match="EROFS") as caught, disk_errors():
        raise OSError(errno.EROFS, "canary", "/home/canary")
    assert not isinstance(caught.value, StoreFull)
    assert "canary" not in str(caught.value)


def test_every_write_is_synced_before_and_after_it_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    target = tmp_path / "record"
    target.write_bytes(b"old")
    real_sync = os.fsync

    def fsync(handle: int) -> None:
        what = "directory" if os.path.isdir(f"/proc/self/fd/{handle}") else "file"  # noqa: PTH112 - a descriptor
        steps.append(f"{what} synced, target {target.read_bytes().decode()}")
        real_sync(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    write_whole(target, b"new")
    assert steps == ["file synced, target old", "directory synced, target new"]


def test_a_lock_that_stays_held_is_a_store_error(tmp_path: Path) -> None:
    holder = FileLock(tmp_path / "lock")
    assert holder.try_take()
    slept: list[float] = []
    with (
        pytest.raises(StoreError),
        locked(tmp_path / "lock", seconds=1, sleep=slept.append, monotonic=lambda: sum(slept)),
    ):
        pytest.fail("two owners at once")
    assert sum(slept) >= 1
    holder.give_back()
    with locked(tmp_path / "lock", seconds=0):
        assert (tmp_path / "lock").exists()
    assert not (tmp_path / "lock").exists()


async def test_deleting_what_is_not_there_does_nothing(store: FileStore, directory: Path) -> None:
    await store.save(KIND, "a", b"1", if_version=0)
    await store.delete(KIND, "b")
    assert await store.list_keys(KIND) == ("a",)
    assert files(directory) == [".rec"]


@pytest.mark.skipif(sys.platform == "win32", reason="other locks there")
async def test_a_file_system_without_locks_is_a_store_error(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = await store.save(KIND, "a", b"old", if_version=0)

    def flock(_handle: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    with monkeypatch.context() as patch:
        patch.setattr("fcntl.flock", flock)
        with pytest.raises(StoreError, match="ENOLCK"):
            await store.save(KIND, "a", b"new", if_version=version)
        with pytest.raises(StoreError, match="ENOLCK"):
            async with store.lease(KIND, "a", seconds=0):
                pytest.fail("a lease without a lock")
    assert await store.load(KIND, "a") == Stored(b"old", version)
    async with store.lease(KIND, "a", seconds=0):
        pass
