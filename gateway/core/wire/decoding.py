"""JSON bodies into wire structs; a bad record of a list or map costs that record only."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Final, TypeVar, Union, cast, get_args, get_origin

import msgspec

from gateway.core.errors import AnswerTooLarge, BadResponse, ShapeChanged, UnexpectedHtml
from gateway.core.wire.response import WireResponse

W = TypeVar("W")

Note = Callable[[str, str], None]
"""Takes a path in the payload and a reason without any value of it."""

_BAD: Final = object()
"""Stands in the place of a record that does not fit."""


@lru_cache(maxsize=512)
def _decoder(shape: Hashable) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(shape, strict=False)


def decode(response: WireResponse, shape: type[W], note: Note) -> W:
    """The body of an answer as `shape`.

    Raises:
        UnexpectedHtml: A web page came.
        AnswerTooLarge: It nests deeper than can be read.
        BadResponse: It is no JSON.
        ShapeChanged: The envelope, or more than half of a list, does not fit.
    """
    try:
        try:
            decoded: W = _decoder(cast("Hashable", shape)).decode(response.body)
        except msgspec.ValidationError as error:
            plain = msgspec.json.decode(response.body)
            decoded = _salvaged(plain, shape, note, "$", error)
    except RecursionError:
        raise AnswerTooLarge("the answer nests too deep", http_status=response.status) from None
    except (msgspec.DecodeError, ValueError):  # whose own words may hold a piece of the answer
        if response.looks_like_html():
            raise UnexpectedHtml(
                "a web page came where JSON was due", http_status=response.status
            ) from None
        raise BadResponse("broken JSON", http_status=response.status) from None
    return decoded


def decode_value(value: object, shape: type[W], note: Note, *, path: str = "$") -> W:
    """Plain data as `shape`, with the same tolerance as `decode()`.

    Raises:
        ShapeChanged: The envelope, or more than half of a list, does not fit.
    """
    try:
        return msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError as error:
        return _salvaged(value, shape, note, path, error)


def _salvaged(
    value: object, shape: type[W], note: Note, path: str, error: msgspec.ValidationError
) -> W:
    try:
        return _salvage(value, shape, note, path)  # type: ignore[return-value]  # built as `shape`
    except msgspec.ValidationError:
        where, reason = _explain(error, path)
        drift = ShapeChanged(f"unexpected shape: {reason}", context={"path": where})
    except ShapeChanged as found:
        drift = found
    from gateway.core.redaction import redact_json  # noqa: PLC0415 - only for a report

    drift.report = redact_json(value)
    raise drift from None


def _salvage(value: object, shape: object, note: Note, path: str) -> object:
    """`value` as `shape` without the records that do not fit; raises where nothing helps."""
    if get_origin(shape) is Annotated:
        return _salvage(value, get_args(shape)[0], note, path)
    try:
        return msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError as error:
        if isinstance(value, list) and get_origin(shape) in {list, tuple}:
            return _salvage_list(value, get_args(shape)[0], note, path)
        if isinstance(value, dict) and get_origin(shape) is dict:
            return _salvage_map(value, get_args(shape)[1], note, path)
        if isinstance(value, dict) and _is_struct(shape):
            return _salvage_struct(value, cast("type[msgspec.Struct]", shape), note, path, error)
        if get_origin(shape) in {Union, UnionType}:
            for option in get_args(shape):
                if isinstance(value, list | dict) and _is_container(option, value):
                    return _salvage(value, option, note, path)
        raise


def _is_container(shape: object, value: object) -> bool:
    if isinstance(value, list):
        return get_origin(shape) in {list, tuple}
    return get_origin(shape) is dict or _is_struct(shape)


def _is_struct(shape: object) -> bool:
    """Whether a shape is a struct, also a generic one with its argument."""
    plain = get_origin(shape) or shape
    return isinstance(plain, type) and issubclass(plain, msgspec.Struct)


def _salvage_list(value: list[object], item: object, note: Note, path: str) -> list[object]:
    records = ((f"{path}[{index}]", record) for index, record in enumerate(value))
    return [good for good in _good_records(records, len(value), item, note) if good is not _BAD]


def _salvage_map(
    value: Mapping[str, object], item: object, note: Note, path: str
) -> dict[str, object]:
    """Records under keys; the keys are data, such as numbers of students, and not told."""
    records = ((f"{path}.*", record) for record in value.values())
    found = _good_records(records, len(value), item, note)
    return {key: good for key, good in zip(value, found, strict=True) if good is not _BAD}


def _good_records(
    records: Iterable[tuple[str, object]], count: int, item: object, note: Note
) -> list[object]:
    """Every record as `item`, those that do not fit as `_BAD`.

    Raises:
        ShapeChanged: More than half of them do not fit.
    """
    found: list[object] = []
    bad: list[tuple[str, str]] = []
    for where, record in records:
        try:
            found.append(_salvage(record, item, note, where))
        except msgspec.ValidationError as error:
            bad.append(_explain(error, where))
            found.append(_BAD)
        except ShapeChanged as error:  # a list of its own is bad: that is the record's, not all's
            bad.append((error.context["path"], error.message))
            found.append(_BAD)
    if len(bad) * 2 > count:
        where, reason = bad[0]
        raise ShapeChanged(
            f"{len(bad)} of {count} records do not fit: {reason}", context={"path": where}
        )
    for where, reason in bad:
        note(where, reason)
    return found


def _salvage_struct(
    value: Mapping[str, object],
    shape: type[msgspec.Struct],
    note: Note,
    path: str,
    error: msgspec.ValidationError,
) -> msgspec.Struct:
    fields: dict[str, object] = {}
    for field in msgspec.structs.fields(shape):
        if field.encode_name in value:
            inner = value[field.encode_name]
            where = f"{path}.{field.encode_name}"
            try:
                fields[field.name] = _salvage(inner, field.type, note, where)
            except msgspec.ValidationError:
                raise error from None  # it tells the whole path
        elif field.required:
            raise error
    plain: type[msgspec.Struct] = get_origin(shape) or shape
    return plain(**fields)


def _explain(error: msgspec.ValidationError, base: str) -> tuple[str, str]:
    """Path and reason of a decoding error; msgspec writes types, never values."""
    reason, _, where = str(error).partition(" - at `")
    return base + where.rstrip("`").removeprefix("$"), reason
