"""JSON → its shape, for reports about answers that changed."""

import re
from collections.abc import Mapping, Sequence

from gateway.core.redaction.text import redact_text

_DEEPEST = 32
_LONGEST_LIST = 50
_MOST_KEYS = 200
_MOST_NODES = 5_000
_LONGEST_FORMAT = 40
_SAMPLE = 500  # characters that decide what kind of text a string is

_KEY = re.compile(r"[A-Za-z_$@][A-Za-z0-9_.$@:-]{0,63}")
_KEY_DIGITS = re.compile(r"[0-9]{4,}")
# Digits with the signs of dates, times, amounts and phones; T and Z of ISO 8601 are no content.
_FORMAT = re.compile(r"(?=[^0-9]*[0-9])[0-9TZ .,:;/+()%№#-]+")
_DIGIT = re.compile(r"[0-9]")
_KINDS = (
    ("uuid", re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")),
    ("url", re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)),
    ("email", re.compile(r"[^@\s]+@[^@\s]+")),
    ("enum", re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*")),
    ("html", re.compile(r".*</?[a-z][^<>]*>.*", re.IGNORECASE | re.DOTALL)),
)


def redact_json(value: object, *, keep_shape: bool = True) -> object:
    """The shape of decoded JSON, without what it says.

    Key names, nesting, types and lengths stay. Strings become `"«str:12»"`, `"«enum:6»"` (one
    ASCII word), `"«url:40»"`, `"«uuid:36»"`, `"«email:15»"`, `"«html:200»"`; digits and signs their
    format (`"dddd-dd-dd"`); numbers 0 or 0.0; booleans and null stay. Keys that are data (ids,
    names) are reduced like strings. Beyond 50 items, 200 keys, 32 levels or 5,000 nodes it is cut.

    Args:
        value: What a JSON decoder returned.
        keep_shape: Without it, lists are reduced to their distinct kinds of items and lengths are
            left out, so that two answers of one schema look the same.
    """
    return _Reducer(keep_lengths=keep_shape).reduce(value, 0)


class _Reducer:
    def __init__(self, *, keep_lengths: bool) -> None:
        self._keep_lengths = keep_lengths
        self._nodes = 0

    def reduce(self, value: object, depth: int) -> object:
        self._nodes += 1
        if self._nodes > _MOST_NODES or depth > _DEEPEST:
            return "«cut»"
        match value:
            case str():
                return self._string(value)
            case Mapping():
                return self._object(value, depth)
            case Sequence() if not isinstance(value, bytes | bytearray | memoryview):
                return self._list(value, depth)
            case _:
                return _scalar(value)

    def _string(self, text: str) -> str:
        if not text:
            return ""
        if len(text) <= _LONGEST_FORMAT and _FORMAT.fullmatch(text):
            return _DIGIT.sub("d", text)
        for kind, pattern in _KINDS:
            if pattern.fullmatch(text, 0, _SAMPLE):
                return self._labelled(kind, len(text))
        return self._labelled("str", len(text))

    def _labelled(self, kind: str, length: int) -> str:
        return f"«{kind}:{length}»" if self._keep_lengths else f"«{kind}»"

    def _object(self, value: Mapping[object, object], depth: int) -> dict[str, object]:
        reduced: dict[str, object] = {}
        for index, (key, item) in enumerate(value.items()):
            if index >= _MOST_KEYS or self._nodes > _MOST_NODES:
                reduced["«cut»"] = self._left_out(len(value) - index)
                break
            name = self._key(str(key))
            shape = self.reduce(item, depth + 1)
            if name in reduced and not self._keep_lengths:
                continue  # many children by id: one stands for all
            reduced[_unused(name, reduced)] = shape
        return reduced

    def _key(self, key: str) -> str:
        if _KEY.fullmatch(key) and redact_text(key) == key:
            return _KEY_DIGITS.sub(lambda run: "d" * len(run[0]), key)
        return self._string(key)

    def _list(self, value: Sequence[object], depth: int) -> list[object]:
        reduced: list[object] = []
        for index, item in enumerate(value):
            if index >= _LONGEST_LIST or self._nodes > _MOST_NODES:
                reduced.append(self._left_out(len(value) - index))
                break
            shape = self.reduce(item, depth + 1)
            if self._keep_lengths or not any(_same(shape, seen) for seen in reduced):
                reduced.append(shape)
        return reduced

    def _left_out(self, count: int) -> str:
        return f"«{count} more»" if self._keep_lengths else "«more»"


def _scalar(value: object) -> object:
    match value:
        case None | bool():
            return value
        case int():
            return 0
        case float():
            return 0.0
        case _:
            return f"«{type(value).__name__}»"


def _unused(name: str, taken: Mapping[str, object]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}#{number}" in taken:
        number += 1
    return f"{name}#{number}"


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other  # 0, 0.0 and False are three shapes
