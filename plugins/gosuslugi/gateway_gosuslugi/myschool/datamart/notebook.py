"""What the account's memo keeps of answers: the hash of each, with the data that it stands for.

A hash without its data would bring changes to nothing, so both lie in one note and are lost
together.
"""

import zlib
from base64 import b85decode, b85encode
from typing import Final, NamedTuple

import msgspec

from gateway.core.contract.memo import Memo
from gateway_gosuslugi.myschool.datamart.queries import Query
from gateway_gosuslugi.myschool.wire.datamart import RawRecord

MOST_PACKED: Final = 6 * 1024
"""Characters of one note: the memo of an account holds a few dozen of them."""

_MOST_UNPACKED: Final = 512 * 1024
_VERSION: Final = "1"


class Held(NamedTuple):
    """The last whole answer to a query."""

    hash: str
    records: list[RawRecord]


class _Note(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    version: str
    hash: str
    records: list[RawRecord]


def held(memo: Memo, query: Query) -> Held | None:
    """What was kept of a query's answer; None where nothing was, or it cannot be read."""
    text = memo.get(_name(query))
    if text is None:
        return None
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(b85decode(text), _MOST_UNPACKED)
        note = msgspec.json.decode(data, type=_Note)
    except (ValueError, zlib.error, RecursionError):  # msgspec's errors are ValueErrors
        return None
    return Held(note.hash, note.records) if note.version == _VERSION else None


def keep(memo: Memo, query: Query, value: Held) -> None:
    """Keeps an answer, unless it is too large to be worth its room."""
    data = msgspec.json.encode(_Note(_VERSION, value.hash, value.records))
    text = b85encode(zlib.compress(data)).decode() if len(data) <= _MOST_UNPACKED else ""
    if text and len(text) <= MOST_PACKED:
        memo.put(_name(query), text)
    else:
        drop(memo, query)


def drop(memo: Memo, query: Query) -> None:
    """Forgets an answer, so that the next one comes whole."""
    memo.forget(_name(query))


def _name(query: Query) -> str:
    return "datamart/" + "/".join(query)
