import json
import logging
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import SecretStr

from gateway.core.errors import StoreConflict, StoreUnreadable
from gateway.core.sessions.file import FileStore
from gateway.core.sessions.secrets import (
    RememberedSecret,
    forget_secret,
    load_tombstones,
    recall_secret,
    remember_secret,
    save_tombstones,
)
from gateway.core.sessions.store import RecordKind, Stored

ACCOUNT = "fiction:account:1"
SECRET = RememberedSecret(
    account=ACCOUNT,
    method="password",
    fields={"login": SecretStr("vymyslov"), "password": SecretStr("canary")},
    saved_at=datetime(2026, 9, 1, 8, tzinfo=timezone(timedelta(hours=3))),
)


async def test_a_remembered_secret_comes_back_until_it_is_forgotten(store: FileStore) -> None:
    assert await recall_secret(store, ACCOUNT) is None
    await remember_secret(store, SECRET)
    found = await recall_secret(store, ACCOUNT)
    assert found == SECRET
    assert found is not None
    assert found.saved_at.tzinfo is UTC
    await forget_secret(store, ACCOUNT)
    assert await recall_secret(store, ACCOUNT) is None


async def test_the_newest_secret_replaces_the_older_one(store: FileStore) -> None:
    await remember_secret(store, SECRET)
    newer = RememberedSecret(
        account=ACCOUNT,
        method="password",
        fields={"password": SecretStr("newer")},
        saved_at=SECRET.saved_at + timedelta(days=1),
    )
    await remember_secret(store, newer)
    assert await recall_secret(store, ACCOUNT) == newer


async def test_a_remembered_secret_shows_nowhere(
    store: FileStore, directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await remember_secret(store, SECRET)
    found = await recall_secret(store, ACCOUNT)
    assert "canary" not in repr(found) + str(found) + caplog.text
    assert "vymyslov" not in repr(found) + str(found) + caplog.text
    content = b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())  # noqa: ASYNC240 - a test
    assert b"canary" not in content
    assert await store.list_keys(RecordKind.SESSIONS) == ()


async def test_a_secret_of_a_newer_version_is_unreadable(store: FileStore) -> None:
    await store.save(RecordKind.SECRETS, ACCOUNT, b'{"v":2,"password":"canary"}', if_version=0)
    with pytest.raises(StoreUnreadable) as caught:
        await recall_secret(store, ACCOUNT)
    assert "canary" not in str(caught.value)


async def test_refusals_of_two_processes_are_both_kept(store: FileStore) -> None:
    assert await load_tombstones(store, ACCOUNT) is None
    first = json.dumps({"refused": ["a1"]}).encode()
    version = await save_tombstones(store, ACCOUNT, first, if_version=0)
    with pytest.raises(StoreConflict):
        await save_tombstones(store, ACCOUNT, b'{"refused":["b2"]}', if_version=0)
    assert await load_tombstones(store, ACCOUNT) == Stored(first, version)
    merged = json.dumps({"refused": ["a1", "b2"]}).encode()
    newer = await save_tombstones(store, ACCOUNT, merged, if_version=version)
    assert await load_tombstones(store, ACCOUNT) == Stored(merged, newer)
