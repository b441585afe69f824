# ruff: noqa: ASYNC240 - looking at the files between awaits is what these tests do
from pathlib import Path

import pytest

from gateway.core.errors import StoreFull, StoreKeyMissing
from gateway.core.sessions.disk import write_whole
from gateway.core.sessions.file import FileStore, Rotation
from gateway.core.sessions.sealing import KeyRing, key_id_of
from gateway.core.sessions.store import RecordKind, Stored

OLD, NEW = b"o" * 32, b"n" * 32
KIND = RecordKind.SESSIONS


async def filled(directory: Path, count: int) -> dict[str, int]:
    old = FileStore(directory, KeyRing([OLD]))
    return {f"{n}": await old.save(KIND, f"{n}", b"%d" % n, if_version=0) for n in range(count)}


async def test_an_old_key_reads_and_the_new_one_writes(directory: Path) -> None:
    versions = await filled(directory, 2)
    both = FileStore(directory, KeyRing([NEW, OLD]))
    assert await both.load(KIND, "0") == Stored(b"0", versions["0"])
    await both.save(KIND, "0", b"new", if_version=versions["0"])
    new = FileStore(directory, KeyRing([NEW]))
    found = await new.load(KIND, "0")
    assert found is not None
    assert found.payload == b"new"
    with pytest.raises(StoreKeyMissing):
        await new.load(KIND, "1")
    assert await new.list_keys(KIND) == ("0",)
    old = FileStore(directory, KeyRing([OLD]))
    with pytest.raises(StoreKeyMissing):
        await old.load(KIND, "0")


async def test_after_a_rotation_the_old_key_is_not_needed_and_opens_nothing(
    directory: Path,
) -> None:
    versions = await filled(directory, 3)
    other_tenant = FileStore(directory, KeyRing([OLD]), tenant="south")
    await other_tenant.save(RecordKind.MEMO, "m", b"memo", if_version=0)
    both = FileStore(directory, KeyRing([NEW, OLD]))
    assert await both.rotate() == Rotation(rewritten=4, current=0, unreadable=())
    assert await both.rotate() == Rotation(rewritten=0, current=4, unreadable=())
    new = FileStore(directory, KeyRing([NEW]))
    for key, version in versions.items():
        assert await new.load(KIND, key) == Stored(key.encode(), version)
    south = FileStore(directory, KeyRing([NEW]), tenant="south")
    assert await south.list_keys(RecordKind.MEMO) == ("m",)
    with pytest.raises(StoreKeyMissing):
        await FileStore(directory, KeyRing([OLD])).list_keys(KIND)


async def test_an_interrupted_rotation_is_resumed(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = await filled(directory, 5)
    both = FileStore(directory, KeyRing([NEW, OLD]))
    await both.load(KIND, "0")  # adds the new key's copy of the naming key
    writes = 0

    def full_at_the_third(path: Path, content: bytes) -> None:
        nonlocal writes
        writes += 1
        if writes == 3:
            raise StoreFull
        write_whole(path, content)

    with monkeypatch.context() as patch:
        patch.setattr("gateway.core.sessions.file.write_whole", full_at_the_third)
        with pytest.raises(StoreFull):
            await both.rotate()
    ids = [key_id_of(path.read_bytes()) for path in directory.glob("*/*/*.rec")]
    assert ids.count(KeyRing([NEW]).write_id) == 2
    for key, version in versions.items():
        assert await both.load(KIND, key) == Stored(key.encode(), version)
    assert await both.rotate() == Rotation(rewritten=3, current=2, unreadable=())
    new = FileStore(directory, KeyRing([NEW]))
    assert await new.list_keys(KIND) == tuple(sorted(versions))


async def test_an_unreadable_record_is_reported_and_keeps_the_old_key_alive(
    directory: Path,
) -> None:
    await filled(directory, 3)
    paths = sorted(directory.glob("*/*/*.rec"))
    whole = paths[1].read_bytes()
    paths[1].write_bytes(whole[:-3])
    both = FileStore(directory, KeyRing([NEW, OLD]))
    result = await both.rotate()
    assert result == Rotation(rewritten=2, current=0, unreadable=(paths[1].name,))
    assert not result.is_complete
    assert paths[1].read_bytes() == whole[:-3]
    assert len(list(directory.glob("names/*.key"))) == 2
    paths[1].write_bytes(whole)
    assert (await both.rotate()).is_complete
    assert len(list(directory.glob("names/*.key"))) == 1


async def test_a_damaged_copy_of_the_naming_key_does_not_matter_while_another_is_whole(
    directory: Path,
) -> None:
    await filled(directory, 1)
    both = KeyRing([NEW, OLD])
    await FileStore(directory, both).list_keys(KIND)
    (directory / "names" / f"{both.write_id.hex()}.key").write_bytes(b"damaged")
    assert await FileStore(directory, both).list_keys(KIND) == ("0",)


async def test_a_rotation_sweeps_what_crashed_writers_left(directory: Path) -> None:
    await filled(directory, 1)
    [record] = directory.glob("*/*/*.rec")
    for name in (record.name, "never-saved.rec"):
        record.with_name(f"{name}.tmp").write_bytes(b"half a record")
    result = await FileStore(directory, KeyRing([NEW, OLD])).rotate()
    assert result == Rotation(rewritten=1, current=0, unreadable=())
    assert list(directory.glob("*/*/*")) == [record]
