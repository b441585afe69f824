import pytest

from gateway.core.errors import StoreUnreadable
from gateway.core.sessions.versions import DocumentReader, Versioned


class Shape(Versioned, frozen=True, kw_only=True):
    names: tuple[str, ...]


def _one_name_to_many(document: dict[str, object]) -> dict[str, object]:
    return {"names": [document["name"]]}


def _renamed(document: dict[str, object]) -> dict[str, object]:
    return {"name": document["title"]}


READER = DocumentReader(Shape, version=3, migrations={1: _renamed, 2: _one_name_to_many})


@pytest.mark.parametrize(
    "payload",
    [b'{"v":1,"title":"a"}', b'{"v":2,"name":"a"}', b'{"v":3,"names":["a"]}'],
)
def test_migrations_are_chained_from_any_past_version(payload: bytes) -> None:
    assert READER.read(payload) == Shape(v=3, names=("a",))


def test_a_gap_in_the_chain_is_unreadable() -> None:
    with pytest.raises(StoreUnreadable, match="version 0"):
        READER.read(b'{"v":0,"title":"a"}')


def test_a_migration_that_does_not_find_its_fields_is_unreadable() -> None:
    with pytest.raises(StoreUnreadable, match="no version 1"):
        READER.read(b'{"v":1}')


def test_the_migrated_document_is_checked_like_any_other() -> None:
    with pytest.raises(StoreUnreadable, match="names"):
        READER.read(b'{"v":2,"name":7}')
