"""Cookies as people copy them: a header, lines, a table of a browser, a file, a JSON object."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

WANTED: Final = ("u", "sp_session", "acc_t")
"""The cookies of a signed-in browser (notes 2.4)."""

MOST_CHARACTERS: Final = 64 * 1024
_VALUE: Final = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,4096}")
_HEADER: Final = re.compile(r"^\s*cookie\s*:", re.IGNORECASE)
_FILE_COLUMNS: Final = 7


def cookies_in(text: str) -> dict[str, str]:
    """The wanted cookies that a text holds, by name; one that cannot be a cookie is left out."""
    found: dict[str, str] = {}
    for name, value in _pairs(text[:MOST_CHARACTERS]):
        clean = value.strip().strip('"')
        if name.strip() in WANTED and _VALUE.fullmatch(clean):
            found[name.strip()] = clean
    return found


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    if text.lstrip().startswith(("{", "[")):
        yield from _json_pairs(text)
        return
    for line in text.splitlines():
        columns = line.split("\t")
        if len(columns) >= _FILE_COLUMNS and columns[-2].strip() in WANTED:
            yield columns[-2], columns[-1]  # a line of cookies.txt
        elif len(columns) > 1:
            yield columns[0], columns[1]  # a row of the browser's table
        else:
            for part in _HEADER.sub("", line).split(";"):
                name, _, value = part.partition("=")
                yield name, value


def _json_pairs(text: str) -> Iterator[tuple[str, str]]:
    """An object of names and values, or a list of objects with `name` and `value`."""
    try:
        value = msgspec.json.decode(text)
    except (ValueError, RecursionError):
        return
    table = value.items() if isinstance(value, dict) else ()
    rows = value if isinstance(value, list) else ()
    yield from ((name, each) for name, each in table if isinstance(each, str))
    for row in rows:
        if isinstance(row, dict):
            name, each = row.get("name"), row.get("value")
            if isinstance(name, str) and isinstance(each, str):
                yield name, each
