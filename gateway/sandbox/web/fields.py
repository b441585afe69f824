"""The fields of a request, in every way that clients send them: query, form, JSON."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl

import msgspec

Pairs = list[tuple[str, str]]
BARE: Final = ""
"""The name under which the items of a bare JSON array stand."""


class BadBodyError(Exception):
    """A body that is neither a form nor JSON."""


def query_pairs(query: bytes) -> Pairs:
    """Names and values of a query string."""
    return parse_qsl(query.decode("latin-1"), keep_blank_values=True)


def body_pairs(content_type: str, body: bytes) -> Pairs:
    """Names and values of a form or a JSON body, told apart by type or first sign.

    Lists of a JSON object repeat the name, nested objects are left to `json_body`, nulls are left
    out. A multipart body has no fields here.

    Raises:
        BadBodyError: It cannot be read.
    """
    if not body or content_type.startswith("multipart/"):
        return []
    if is_json(content_type, body):
        value = json_body(body)
        table = value.items() if isinstance(value, dict) else [(BARE, value)]
        return [
            (str(name), plain(item))
            for name, part in table
            for item in (part if isinstance(part, list) else [part])
            if item is not None
        ]
    try:
        return parse_qsl(body.decode(), keep_blank_values=True)
    except UnicodeDecodeError as error:
        raise BadBodyError("The body is no valid text") from error


def is_json(content_type: str, body: bytes) -> bool:
    """Whether a body calls itself JSON or looks like it."""
    return "json" in content_type or body.lstrip()[:1] in (b"{", b"[")


def json_body(body: bytes) -> object:
    """A JSON body as plain data.

    Raises:
        BadBodyError: It is none.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadBodyError("The body is no valid JSON") from error


def collected(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """All values of each name, names in lower case."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name.lower(), []).append(value)
    return found


def plain(value: object) -> str:
    """A JSON scalar as text: `true`, `12`, `abc`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
