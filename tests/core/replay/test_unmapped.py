"""Fields that the wire types do not know are told by path."""

from typing import Annotated, Generic, TypeVar

import msgspec

from gateway.core.replay.unmapped import unmapped

T = TypeVar("T")


class Item(msgspec.Struct):
    id: Annotated[int, "evidence"]


class Page(msgspec.Struct, Generic[T]):
    payload: list[T] | None


def test_each_path_is_told_once() -> None:
    value = [{"id": 1, "new": 2}, {"id": 3, "new": {"deep": 4}}]
    assert unmapped(value, list[Item]) == ("$[].new",)


def test_a_generic_envelope_knows_its_records() -> None:
    value = {"payload": [{"id": 1, "new": 2}], "total": 1}
    assert unmapped(value, Page[Item]) == ("$.payload[].new", "$.total")
