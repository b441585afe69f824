"""Answers spoiled at random: JSON out of shape, pages cut to pieces, heads that lie."""

import copy
import json
from random import Random
from typing import Any, Final

from tests.faults.http11 import Answer

_JUNK: Final[tuple[Any, ...]] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    -(2**70),
    10**400,
    1.5,
    -0.0,
    1e308,
    "",
    " ",
    "0",
    "-5",
    "5-",
    "н/а",
    "зач",
    "x" * 10_000,
    "\ud800",
    "\x00",
    "\u202e",
    "🏫",
    "<script>alert(1)</script>",
    "<b>" * 500,
    "&amp;&#0;",
    "2025-09-01",
    "2025-02-30T10:00:00",
    "9999-12-31T23:59:59.9999999",
    "0001-01-01T00:00:00",
    "25:61 - 07:00",
    "https://elsewhere.example/x",
    "javascript:alert(1)",
    "../../etc/passwd",
    [],
    [None],
    [[]],
    {},
    {"id": None},
    {"": {}},
)
_BOM: Final = b"\xef\xbb\xbf"
_WHOLE: Final = (b"", b"null", b"[]", b"{}", b"0", b'""', b"[[]]", b"NaN", _BOM + b"{}", b"\xff")
_GOOD: Final = (200, 201, 202, 204, 206, 301, 302, 304)
_REFUSING: Final = (400, 401, 403, 404, 405, 409, 418, 429, 433, 451)
_FAILING: Final = (500, 501, 502, 503, 520, 550, 599, 600, 999)
_COOKIES: Final = (b"=", b"a", b"a=\xff", b"a=b; Expires=x")
_TYPES: Final = (
    b"text/html",
    b"text/html; charset=windows-1251",
    b"application/json; charset=utf-16",
    b"application/json; charset=no-such",
    b"text/plain",
    b"",
    b"image/png",
)
_PLACES: Final = (
    b"/",
    b"//",
    b"http://[",
    b"https://elsewhere.example/",
    b"javascript:1",
    b"/login/?ReturnUrl=%zz",
    b"#access_token=&state=",
    b"\xff\xfe",
    b"http://127.0.0.1:1/",
)


def spoiled(answer: Answer, rng: Random) -> Answer:
    """An answer with one to three things wrong."""
    bad = Answer(answer.status, list(answer.headers), answer.body)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        kind = rng.choices(("inside", "bytes", "whole", "status", "head"), (12, 3, 1, 1, 2))[0]
        if kind == "inside":
            bad.body = _inside(bad.body, rng)
        elif kind == "bytes":
            bad.body = _bytes(bad.body, rng)
        elif kind == "whole":
            bad.body = rng.choice(_WHOLE)
        elif kind == "status":
            bad.status = rng.choice(_GOOD + _REFUSING + _FAILING)
        else:
            _head(bad, rng)
    return bad


def _inside(body: bytes, rng: Random) -> bytes:
    """Some places of a JSON value replaced, dropped, renamed, repeated or swapped."""
    try:
        value = json.loads(body)
    except ValueError:
        return _bytes(body, rng)
    for _ in range(rng.choice((1, 1, 2, 5))):
        value = _changed(value, rng)
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.05:
        text = text.replace("null", rng.choice(("NaN", "Infinity", "1e999", "-")), 1)
    return text.encode("utf-8", "surrogatepass")


def _changed(value: Any, rng: Random) -> Any:
    """The value with one place changed, found by walking down at random."""
    if not isinstance(value, dict | list) or not value or rng.random() < 0.1:
        return _other(value, rng)
    key: Any = rng.choice(list(value)) if isinstance(value, dict) else rng.randrange(len(value))
    if rng.random() < 0.7:
        value[key] = _changed(value[key], rng)
        return value
    move = rng.randrange(5)
    if move == 0:
        del value[key]
    elif move == 1:
        value[key] = _other(value[key], rng)
    elif move == 2 and isinstance(value, dict):
        value[rng.choice((key.upper(), key + "s", ""))] = value.pop(key)
    elif move == 3 and isinstance(value, list):
        value.extend(copy.deepcopy(value[key]) for _ in range(rng.choice((1, 3, 30))))
    else:
        other: Any = (
            rng.choice(list(value)) if isinstance(value, dict) else rng.randrange(len(value))
        )
        value[key], value[other] = value[other], value[key]
    return value


def _other(value: Any, rng: Random) -> Any:
    if isinstance(value, str) and value and rng.random() < 0.4:
        place = rng.randrange(len(value))
        return (
            value[:place] + rng.choice(("", "\x00", "9", "-", "T", "é", value)) + value[place + 1 :]
        )
    if isinstance(value, int | float) and rng.random() < 0.3:
        return rng.choice((-value, value + 1, str(value), value * 10**6))
    return [value] if rng.random() < 0.1 else copy.deepcopy(rng.choice(_JUNK))


def _bytes(body: bytes, rng: Random) -> bytes:
    if not body:
        return rng.choice(_WHOLE)
    place = rng.randrange(len(body))
    length = rng.choice((1, 1, 4, 40))
    noise = bytes(rng.randrange(256) for _ in range(length))
    return rng.choice(
        (
            body[:place],
            body[place:],
            body[:place] + noise + body[place + length :],
            body[:place] + body[place + length :],
            body + body,
        )
    )


def _head(answer: Answer, rng: Random) -> None:
    kind = rng.randrange(4)
    if kind == 0:
        answer.headers = [item for item in answer.headers if item[0].lower() != b"content-type"]
        answer.headers.append((b"content-type", rng.choice(_TYPES)))
    elif kind == 1:
        answer.headers = [item for item in answer.headers if item[0].lower() != b"location"]
        answer.headers.append((b"location", rng.choice(_PLACES)))
        answer.status = rng.choice((301, 302, 303, 307, answer.status))
    elif kind == 2:
        answer.headers.append((b"set-cookie", rng.choice(_COOKIES)))
    elif answer.headers:
        answer.headers.pop(rng.randrange(len(answer.headers)))
