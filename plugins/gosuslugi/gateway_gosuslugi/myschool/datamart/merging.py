"""Snapshots and deltas → whole records (notes 4.3)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from gateway_gosuslugi.myschool.wire.datamart import RawRecord

_KEYS: Final = ("obj_id", "id", "lesson_id", "marks_id", "homeworks_id")
_ACTION: Final = "obj_action"
_DELETE: Final = "delete"


class DataStatus(StrEnum):
    """What the data of an item are."""

    SNAPSHOT = "snapshot"
    DELTA = "delta"
    ACTUAL = "actual"
    ERROR = "error"


def merged(base: Iterable[RawRecord], delta: Iterable[RawRecord]) -> list[RawRecord] | None:
    """The records after a delta; None where a record has no key to be told by.

    A record of a delta replaces the one with its key whole.
    """
    table: dict[str, RawRecord] = {}
    for record in base:
        key = record_key(record)
        if key is None:
            return None
        table[key] = record
    for change in delta:
        key = record_key(change)
        if key is None:
            return None
        if change.get(_ACTION) == _DELETE:
            table.pop(key, None)
        else:
            table[key] = {name: value for name, value in change.items() if name != _ACTION}
    return list(table.values())


def record_key(record: Mapping[str, object]) -> str | None:
    """What a record is known by between two answers."""
    for name in _KEYS:
        value = record.get(name)
        if isinstance(value, str | int) and value != "":
            return str(value)
    return None
