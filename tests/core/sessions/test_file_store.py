# ruff: noqa: ASYNC240 - looking at the files between awaits is what these tests do
import asyncio
import logging
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.core.errors import StoreConflict, StoreKeyMissing, StoreUnreadable
from gateway.core.sessions.file import FileStore
from gateway.core.sessions.sealing import KeyRing
from gateway.core.sessions.store import RecordKind, Stored

KIND = RecordKind.SESSIONS


def records(directory: Path) -> list[Path]:
    return sorted(directory.glob("*/*/*.rec"))


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
async def test_files_and_directories_are_their_owners_alone(
    store: FileStore, directory: Path
) -> None:
    directory.mkdir(parents=True)
    directory.chmod(0o755)
    await store.save(KIND, "a", b"1", if_version=0)
    async with store.lease(KIND, "a", seconds=0):
        seen = [directory, *directory.rglob("*")]
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in seen}
    assert len(modes) == 7
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())


async def test_reading_an_empty_place_makes_no_files(store: FileStore, directory: Path) -> None:
    assert await store.load(KIND, "a") is None
    await store.delete(KIND, "a")
    assert await store.list_keys(KIND) == ()
    assert (await store.rotate()).rewritten == 0
    assert not directory.exists()


async def test_names_and_contents_tell_nothing(
    store: FileStore, directory: Path, key: bytes
) -> None:
    family = FileStore(directory, KeyRing([key]), tenant="vymyslovy")
    await family.save(KIND, "fiction:account:vymyslova", b"canary", if_version=0)
    for path in directory.rglob("*"):
        text = str(path.relative_to(directory)).encode()
        text += path.read_bytes() if path.is_file() else b""
        assert not any(word in text for word in (b"vymyslov", b"fiction", b"canary", key))


async def test_names_differ_from_store_to_store(tmp_path: Path, key: bytes) -> None:
    names = set()
    for place in ("one", "two"):
        await FileStore(tmp_path / place, KeyRing([key])).save(KIND, "a", b"", if_version=0)
        names.add(records(tmp_path / place)[0].name)
    assert len(names) == 2


async def test_a_write_leaves_one_file_and_nothing_beside_it(
    store: FileStore, directory: Path
) -> None:
    for n in range(3):
        await store.save(KIND, "a", b"%d" % n, if_version=None)
    async with store.lease(KIND, "a", seconds=0):
        pass
    assert [path.suffix for path in (directory).glob("*/*/*")] == [".rec"]
    await store.delete(KIND, "a")
    assert list(directory.glob("*/*/*")) == []


async def test_another_process_reads_what_was_saved(
    store: FileStore, directory: Path, key: bytes
) -> None:
    version = await store.save(KIND, "a", b"1", if_version=0)
    other = FileStore(directory, KeyRing([key]))
    assert await other.load(KIND, "a") == Stored(b"1", version)
    newer = await other.save(KIND, "a", b"2", if_version=version)
    with pytest.raises(StoreConflict):
        await store.save(KIND, "a", b"3", if_version=version)
    assert await store.load(KIND, "a") == Stored(b"2", newer)


async def test_two_stores_begun_at_once_agree(directory: Path, key: bytes) -> None:
    stores = [FileStore(directory, KeyRing([key])) for _ in range(6)]
    await asyncio.gather(
        *(item.save(KIND, f"{n}", b"", if_version=0) for n, item in enumerate(stores))
    )
    assert await stores[0].list_keys(KIND) == tuple("012345")


async def test_damaged_records_are_refused_and_the_others_go_on(
    store: FileStore, directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await store.save(KIND, "good", b"1", if_version=0)
    [good] = records(directory)
    await store.save(KIND, "bad", b"1", if_version=0)
    [bad] = set(records(directory)) - {good}
    whole = bad.read_bytes()
    for content in (b"", whole[:-1], whole[: len(whole) // 2], whole + b"x", whole[::-1]):
        bad.write_bytes(content)
        with pytest.raises(StoreUnreadable):
            await store.load(KIND, "bad")
        with pytest.raises(StoreUnreadable):
            await store.save(KIND, "bad", b"2", if_version=1)
        with caplog.at_level(logging.WARNING):
            assert await store.list_keys(KIND) == ("good",)
    assert caplog.text.count(bad.name) == 5
    assert await store.load(KIND, "good") is not None


async def test_a_damaged_record_can_be_replaced_and_deleted(
    store: FileStore, directory: Path
) -> None:
    for _ in range(2):
        await store.save(KIND, "a", b"1", if_version=None)
        records(directory)[0].write_bytes(b"damaged")
    version = await store.save(KIND, "a", b"2", if_version=None)
    assert await store.load(KIND, "a") == Stored(b"2", version)
    records(directory)[0].write_bytes(b"damaged")
    await store.delete(KIND, "a")
    assert await store.load(KIND, "a") is None


async def test_a_record_copied_to_another_account_does_not_open(
    store: FileStore, directory: Path
) -> None:
    await store.save(KIND, "mine", b"mine", if_version=0)
    [mine] = records(directory)
    await store.save(KIND, "theirs", b"theirs", if_version=0)
    [theirs] = set(records(directory)) - {mine}
    shutil.copyfile(theirs, mine)
    with pytest.raises(StoreUnreadable):
        await store.load(KIND, "mine")
    assert await store.list_keys(KIND) == ("theirs",)
    assert (await store.rotate()).unreadable == ()


async def test_a_record_copied_to_another_kind_or_tenant_does_not_open(
    store: FileStore, directory: Path, key: bytes
) -> None:
    await store.save(KIND, "a", b"session", if_version=0)
    [source] = records(directory)
    south = FileStore(directory, KeyRing([key]), tenant="south")
    for other, kind in ((store, RecordKind.SECRETS), (south, KIND)):
        before = set(records(directory))
        await other.save(kind, "a", b"other", if_version=0)
        [target] = set(records(directory)) - before
        shutil.copyfile(source, target)
        with pytest.raises(StoreUnreadable):
            await other.load(kind, "a")
        assert await other.list_keys(kind) == ()


async def test_without_the_right_key_nothing_is_read_or_written(
    store: FileStore, directory: Path
) -> None:
    await store.save(KIND, "a", b"1", if_version=0)
    stranger = FileStore(directory, KeyRing([os.urandom(32)]))
    with pytest.raises(StoreKeyMissing):
        await stranger.load(KIND, "a")
    with pytest.raises(StoreKeyMissing):
        await stranger.save(KIND, "b", b"1", if_version=0)
    with pytest.raises(StoreKeyMissing):
        await stranger.list_keys(KIND)
    with pytest.raises(StoreKeyMissing):
        await stranger.delete(KIND, "a")
    assert await store.list_keys(KIND) == ("a",)


async def test_a_lost_or_damaged_naming_key_is_told_and_never_replaced(
    store: FileStore, directory: Path, key: bytes
) -> None:
    await store.save(KIND, "a", b"1", if_version=0)
    [naming] = directory.glob("names/*.key")
    whole = naming.read_bytes()
    naming.write_bytes(whole[:-1])
    with pytest.raises(StoreUnreadable):
        await FileStore(directory, KeyRing([key])).load(KIND, "a")
    naming.unlink()
    fresh = FileStore(directory, KeyRing([key]))
    with pytest.raises(StoreUnreadable):
        await fresh.load(KIND, "a")
    with pytest.raises(StoreUnreadable):
        await fresh.save(KIND, "b", b"1", if_version=0)
    with pytest.raises(StoreUnreadable):
        await store.save(KIND, "b", b"1", if_version=0)
    naming.write_bytes(whole)
    assert await fresh.list_keys(KIND) == ("a",)


async def test_a_directory_that_was_cleared_is_begun_anew(
    store: FileStore, directory: Path
) -> None:
    await store.save(KIND, "a", b"1", if_version=0)
    shutil.rmtree(directory)
    await store.save(KIND, "b", b"2", if_version=0)
    assert await store.list_keys(KIND) == ("b",)
