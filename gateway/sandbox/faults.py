"""Faults that a sandbox can show on demand: answers that a provider gives on a bad day."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from gateway.core.errors import InvalidRequest

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


class FaultKind(StrEnum):
    """What goes wrong."""

    ERROR_500 = "500"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    THROTTLED = "429"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    MAINTENANCE = "maintenance"
    LOGIN_PAGE = "login_page"
    ANTI_BOT = "anti_bot"
    BROKEN_JSON = "broken_json"
    WRONG_SHAPE = "wrong_shape"
    OVERSIZE = "oversize"
    DEEP = "deep"
    BAD_UTF8 = "bad_utf8"
    SLOW = "slow"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and how often it strikes.

    Attributes:
        kind: What goes wrong.
        rate: Part of all requests, from 0 to 1.
    """

    kind: FaultKind
    rate: float = 1.0

    @classmethod
    def parse(cls, text: str) -> "Fault":
        """A fault written as `KIND` or `KIND:RATE`.

        Raises:
            InvalidRequest: There is no such kind, or the rate is no part of one.
        """
        kind, _, rate = text.partition(":")
        try:
            found = cls(FaultKind(kind), float(rate) if rate else 1.0)
        except ValueError:
            known = ", ".join(item.value for item in FaultKind)
            raise InvalidRequest(f"no fault {text!r}; KIND[:RATE] with KIND of {known}") from None
        if not 0 <= found.rate <= 1:
            raise InvalidRequest("the rate of a fault lies between 0 and 1")
        return found


_HTML = "text/html; charset=utf-8"
_JSON = "application/json"
_PAGES: dict[FaultKind, tuple[int, str, bytes]] = {
    FaultKind.ERROR_500: (500, _JSON, b'{"type":"serverError","description":"fault"}'),
    FaultKind.BAD_GATEWAY: (502, _HTML, b"<html><h1>502 Bad Gateway</h1></html>"),
    FaultKind.UNAVAILABLE: (503, _JSON, b"{}"),
    FaultKind.THROTTLED: (429, _JSON, b"{}"),
    FaultKind.UNAUTHORIZED: (401, _JSON, b"{}"),
    FaultKind.FORBIDDEN: (403, _JSON, b"{}"),
    FaultKind.NOT_FOUND: (404, _JSON, b"{}"),
    FaultKind.MAINTENANCE: (
        200,
        _HTML,
        "<html><body>В системе ведутся технические работы</body></html>".encode(),
    ),
    FaultKind.LOGIN_PAGE: (
        200,
        _HTML,
        b'<html><form action="/login"><input name="password"></form></html>',
    ),
    FaultKind.ANTI_BOT: (403, _HTML, b"<html><title>Just a moment...</title></html>"),
    FaultKind.BROKEN_JSON: (200, _JSON, b'{"days":[{"date":'),
    FaultKind.WRONG_SHAPE: (200, _JSON, json.dumps({"unexpected": [1, 2, 3]}).encode()),
    FaultKind.OVERSIZE: (200, _JSON, b'"' + b"x" * (9 * 1024 * 1024) + b'"'),
    FaultKind.DEEP: (200, _JSON, b"[" * 5_000 + b"]" * 5_000),
    FaultKind.BAD_UTF8: (200, _JSON, b'{"name":"\xff\xfe\xfa"}'),
}
_SLOW_SECONDS = 3.0


class FaultyApp:
    """An application some of whose answers go wrong."""

    def __init__(self, app: App, faults: Sequence[Fault], *, seed: int) -> None:
        self._app = app
        self._faults = tuple(faults)
        self._rng = Random(seed)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answers a request, or lets it go wrong."""
        struck = next((item for item in self._faults if self._rng.random() < item.rate), None)
        if scope["type"] != "http" or struck is None:
            await self._app(scope, receive, send)
        elif struck.kind is FaultKind.SLOW:
            await asyncio.sleep(_SLOW_SECONDS)
            await self._app(scope, receive, send)
        elif struck.kind is FaultKind.CUT:
            await _start(send, 200, _JSON, length=4096)
            await send({"type": "http.response.body", "body": b'{"days":[', "more_body": True})
            raise ConnectionAbortedError("cut by the sandbox")
        else:
            status, media_type, body = _PAGES[struck.kind]
            await _start(send, status, media_type, length=len(body))
            await send({"type": "http.response.body", "body": body})


async def _start(send: Send, status: int, media_type: str, *, length: int) -> None:
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-length", str(length).encode()),
    ]
    if status in {429, 503}:
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
