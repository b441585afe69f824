"""What the server does in place of a good answer, one function for each fault that it shows."""

import gzip
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from tests.faults.http11 import Answer, Asked, Peer, made

Through = Callable[[], Awaitable[Answer]]
"""Asks the emulator and gives its answer."""

Strike = Callable[[Peer, Asked, Through], Awaitable[None]]

JSON: Final = "application/json; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"

DRIP_EVERY: Final = 0.003
"""Seconds between two bytes of a drip: far within any read timeout."""

RETRY_SECONDS: Final = 2
"""What the polite 503 asks for."""

ABSURD: Final = "9" * 24
"""A pause of aeons."""

ELSEWHERE: Final = "https://elsewhere.example/landing"

_BLOCK: Final = b" " * 65_536
_BOMB: Final = 64 * 1024 * 1024
_NEW_WORD: Final = "Neslykhannoe"
_ENUM_KEYS: Final = frozenset(
    {"type", "status", "state", "kind", "sex", "mood", "role", "roles", "scale", "reason"}
)

MAINTENANCE: Final = "<html><body><h1>В дневнике ведутся технические работы</h1></body></html>"
LOGIN_PAGE: Final = (
    '<html><body><form action="/login/" method="post"><input name="login">'
    '<input name="password" type="password"></form></body></html>'
)


# Exchange.


async def reset_after_sending(peer: Peer, asked: Asked, through: Through) -> None:
    await through()
    peer.reset()


async def stale_keep_alive(peer: Peer, asked: Asked, through: Through) -> None:
    """Only a connection that has been idle can be stale; another is served."""
    if peer.old:
        peer.close()
    else:
        await peer.send((await through()).whole())


async def half_headers(peer: Peer, asked: Asked, through: Through) -> None:
    head = (await through()).head()
    await peer.send(head[: len(head) // 2])
    peer.close()


async def bad_status_line(peer: Peer, asked: Asked, through: Through) -> None:
    await peer.send(b"HTTP/1.1 2xx What\r\n\r\n")
    peer.close()


async def cut_body(peer: Peer, asked: Asked, through: Through) -> None:
    answer = await through()
    await peer.send(answer.head(length=len(answer.body) + 100) + answer.body)
    peer.close()


async def cut_chunk(peer: Peer, asked: Asked, through: Through) -> None:
    answer = await through()
    size = b"%x\r\n" % (len(answer.body) + 100)
    await peer.send(answer.head(chunked=True) + size + answer.body)
    peer.close()


async def stalled_headers(peer: Peer, asked: Asked, through: Through) -> None:
    await peer.send((await through()).head()[:20])
    await peer.hold()


async def stall_in_body(peer: Peer, asked: Asked, through: Through) -> None:
    answer = await through()
    await peer.send(answer.head(length=len(answer.body) + 1) + answer.body)
    await peer.hold()


async def drip(peer: Peer, asked: Asked, through: Through) -> None:
    await peer.send((await through()).head(length=1_000_000))
    while not await peer.left_within(DRIP_EVERY):
        await peer.send(b" ")


# Status.


def _status(
    status: int,
    body: bytes = b"{}",
    media_type: str = JSON,
    headers: Callable[[], list[tuple[str, str]]] = list,
) -> Strike:
    async def strike(peer: Peer, asked: Asked, through: Through) -> None:
        answer = made(body, media_type, status=status, headers=headers())
        await peer.send(answer.whole())

    return strike


def _in_seconds() -> list[tuple[str, str]]:
    return [("retry-after", str(RETRY_SECONDS))]


def _at_a_date() -> list[tuple[str, str]]:
    now = datetime.now(UTC)
    form = "%a, %d %b %Y %H:%M:%S GMT"
    until = now + timedelta(seconds=RETRY_SECONDS)
    return [("date", now.strftime(form)), ("retry-after", until.strftime(form))]


# Pages.


def _page(text: str) -> Strike:
    async def strike(peer: Peer, asked: Asked, through: Through) -> None:
        await peer.send(made(text.encode(), HTML).whole())

    return strike


def _redirect(location: Callable[[Asked], str]) -> Strike:
    async def strike(peer: Peer, asked: Asked, through: Through) -> None:
        headers = [("location", location(asked))]
        await peer.send(made(b"", HTML, status=302, headers=headers).whole())

    return strike


# Payload.


async def broken_json(peer: Peer, asked: Asked, through: Through) -> None:
    answer = await through()
    answer.body = answer.body[: len(answer.body) * 3 // 5]
    await peer.send(answer.whole())


async def wrong_shape(peer: Peer, asked: Asked, through: Through) -> None:
    """Every object is a list now and every list an object: no field is where it was."""
    answer = await through()
    try:
        told = json.loads(answer.body)
    except ValueError:
        told = None
    answer.body = json.dumps(_turned(told)).encode()
    await peer.send(answer.whole())


def _turned(told: Any) -> Any:
    if isinstance(told, list):
        return {"items": told}
    return [told, ["unexpected"]]


async def unknown_enum(peer: Peer, asked: Asked, through: Through) -> None:
    answer = await through()
    try:
        told = json.loads(answer.body)
    except ValueError:
        told = None
    if told is not None:
        answer.body = json.dumps(_reworded(told, top=True), ensure_ascii=False).encode()
    await peer.send(answer.whole())


def _reworded(told: Any, *, top: bool = False) -> Any:
    """Words of nested records replaced; the envelope's own word says whether it is an answer."""
    if isinstance(told, list):
        return [_reworded(item) for item in told]
    if not isinstance(told, dict):
        return told
    return {
        key: _NEW_WORD
        if isinstance(value, str) and key.lower() in _ENUM_KEYS and not top
        else _reworded(value)
        for key, value in told.items()
    }


async def oversize(peer: Peer, asked: Asked, through: Through) -> None:
    await peer.send(made(b"", JSON).head(length=100 * 1024 * 1024))
    while not peer.gone:
        await peer.send(_BLOCK)


async def gzip_bomb(peer: Peer, asked: Asked, through: Through) -> None:
    answer = made(_bomb(), JSON, headers=[("content-encoding", "gzip")])
    await peer.send(answer.whole())


@cache
def _bomb() -> bytes:
    return gzip.compress(b"0" * _BOMB)


def warm_up() -> None:
    """Makes what takes long to make, before anybody waits for it."""
    _bomb()


async def deep_nesting(peer: Peer, asked: Asked, through: Through) -> None:
    await peer.send(made(b"[" * 5_000 + b"]" * 5_000, JSON).whole())


async def bad_utf8(peer: Peer, asked: Asked, through: Through) -> None:
    answer = await through()
    answer.body = re.sub(rb'(":\s*")', b"\\1\xff\xfe", answer.body) or b'"\xff"'
    await peer.send(answer.whole())


# Held back on demand, for callers that leave while a body is on its way.


async def held_body(peer: Peer, asked: Asked, through: Through) -> None:
    answer = await through()
    half = len(answer.body) // 2
    await peer.send(answer.head() + answer.body[:half])
    await peer.released.wait()
    await peer.send(answer.body[half:])


STRIKES: Final[dict[str, Strike]] = {
    "reset after sending": reset_after_sending,
    "stale keep-alive": stale_keep_alive,
    "half headers": half_headers,
    "bad status line": bad_status_line,
    "cut body": cut_body,
    "cut chunk": cut_chunk,
    "stalled headers": stalled_headers,
    "stall in body": stall_in_body,
    "drip": drip,
    "500": _status(500),
    "502 HTML": _status(502, b"<html><h1>502 Bad Gateway</h1></html>", HTML),
    "503 + seconds": _status(503, headers=_in_seconds),
    "503 + date": _status(503, headers=_at_a_date),
    "429 bare": _status(429),
    "429 absurd": _status(429, headers=lambda: [("retry-after", ABSURD)]),
    "401": _status(401),
    "403": _status(403),
    "404": _status(404),
    "409": _status(409),
    "maintenance 200": _page(MAINTENANCE),
    "login page 200": _page(LOGIN_PAGE),
    "login redirect": _redirect(lambda _: "/login/"),
    "foreign redirect": _redirect(lambda _: ELSEWHERE),
    "redirect loop": _redirect(lambda asked: asked.target),
    "broken JSON": broken_json,
    "wrong shape": wrong_shape,
    "unknown enum": unknown_enum,
    "oversize": oversize,
    "gzip bomb": gzip_bomb,
    "deep nesting": deep_nesting,
    "bad UTF-8": bad_utf8,
    "held body": held_body,
}
"""Every fault that the server shows, and the one that calls which are left use."""
