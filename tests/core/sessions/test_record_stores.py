"""What every store of the library does alike."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.core.errors import StoreConflict
from gateway.core.sessions.file import FileStore
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.sealing import KeyRing
from gateway.core.sessions.store import Place, RecordKind, RecordStore, SessionStore, Stored

KIND = RecordKind.SESSIONS
Make: TypeAlias = Callable[..., RecordStore]


@pytest.fixture(params=["memory", "file"])
def make(request: pytest.FixtureRequest, directory: Path, key: bytes) -> Make:
    if request.param == "memory":
        return MemoryStore
    return lambda **options: FileStore(directory, KeyRing([key]), **options)


@pytest.fixture
def any_store(make: Make) -> RecordStore:
    return make()


def test_both_stores_fulfil_the_protocol(any_store: RecordStore) -> None:
    assert isinstance(any_store, SessionStore)
    assert not isinstance(object(), RecordStore)


async def test_an_empty_store_has_nothing(any_store: RecordStore) -> None:
    assert await any_store.load(KIND, "a") is None
    assert await any_store.list_keys(KIND) == ()
    await any_store.delete(KIND, "a")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(RecordKind),
    key=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    payload=st.binary(max_size=300),
)
async def test_what_was_saved_is_loaded(
    any_store: RecordStore, kind: RecordKind, key: str, payload: bytes
) -> None:
    version = await any_store.save(kind, key, payload, if_version=None)
    assert await any_store.load(kind, key) == Stored(payload, version)
    assert key in await any_store.list_keys(kind)
    await any_store.delete(kind, key)
    assert await any_store.load(kind, key) is None


async def test_kinds_and_keys_are_apart(any_store: RecordStore) -> None:
    for kind in RecordKind:
        for key in ("a", "b"):
            await any_store.save(kind, key, f"{kind}/{key}".encode(), if_version=0)
    await any_store.delete(RecordKind.MEMO, "a")
    for kind in RecordKind:
        for key in ("a", "b"):
            found = await any_store.load(kind, key)
            gone = (kind, key) == (RecordKind.MEMO, "a")
            assert (found.payload if found else None) == (
                None if gone else f"{kind}/{key}".encode()
            )


async def test_tenants_never_see_each_other(make: Make) -> None:
    north, south = make(tenant="north"), make(tenant="south")
    await north.save(KIND, "a", b"north", if_version=0)
    assert await south.load(KIND, "a") is None
    assert await south.list_keys(KIND) == ()
    await south.save(KIND, "a", b"south", if_version=0)
    await south.delete(KIND, "a")
    found = await north.load(KIND, "a")
    assert found is not None
    assert found.payload == b"north"
    assert (north.tenant, south.tenant) == ("north", "south")


async def test_keys_are_listed_by_prefix_in_order(any_store: RecordStore) -> None:
    for key in ("fiction:account:2", "fiction:account:1", "other:account:1"):
        await any_store.save(KIND, key, b"", if_version=0)
    await any_store.save(RecordKind.FLOWS, "fiction:flow", b"", if_version=0)
    assert await any_store.list_keys(KIND, "fiction:") == ("fiction:account:1", "fiction:account:2")
    assert len(await any_store.list_keys(KIND)) == 3


async def test_a_write_needs_the_version_that_is_there(any_store: RecordStore) -> None:
    with pytest.raises(StoreConflict):
        await any_store.save(KIND, "a", b"0", if_version=5)
    first = await any_store.save(KIND, "a", b"1", if_version=0)
    assert first > 0
    with pytest.raises(StoreConflict):
        await any_store.save(KIND, "a", b"2", if_version=0)
    second = await any_store.save(KIND, "a", b"2", if_version=first)
    with pytest.raises(StoreConflict):
        await any_store.save(KIND, "a", b"3", if_version=first)
    assert await any_store.load(KIND, "a") == Stored(b"2", second)
    third = await any_store.save(KIND, "a", b"3", if_version=None)
    assert len({first, second, third}) == 3


async def test_a_version_from_before_a_deletion_never_fits_again(any_store: RecordStore) -> None:
    seen = set()
    for _ in range(5):
        version = await any_store.save(KIND, "a", b"", if_version=0)
        assert version not in seen
        seen.add(version)
        await any_store.delete(KIND, "a")
        with pytest.raises(StoreConflict):
            await any_store.save(KIND, "a", b"late", if_version=version)


async def test_of_many_writers_of_one_version_exactly_one_wins(any_store: RecordStore) -> None:
    start = await any_store.save(KIND, "a", b"start", if_version=0)
    results = await asyncio.gather(
        *(any_store.save(KIND, "a", b"%d" % n, if_version=start) for n in range(12)),
        return_exceptions=True,
    )
    won = [n for n, result in enumerate(results) if isinstance(result, int)]
    assert len(won) == 1
    assert sum(isinstance(result, StoreConflict) for result in results) == 11
    assert await any_store.load(KIND, "a") == Stored(b"%d" % won[0], int(str(results[won[0]])))


async def test_payloads_never_show(
    any_store: RecordStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    version = await any_store.save(KIND, "fiction:account:77001", b"canary", if_version=0)
    with pytest.raises(StoreConflict) as caught:
        await any_store.save(KIND, "fiction:account:77001", b"canary", if_version=version + 1)
    shown = [
        repr(any_store),
        repr(await any_store.load(KIND, "fiction:account:77001")),
        repr(Place("", KIND, "fiction:account:77001")),
        str(caught.value),
        repr(caught.value.to_problem()),
        caplog.text,
    ]
    assert not any("canary" in text or "77001" in text for text in shown)
