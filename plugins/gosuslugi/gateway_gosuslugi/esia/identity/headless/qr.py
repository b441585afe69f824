"""A code that the person scans with the phone on which they are signed in."""

import asyncio
from typing import Final
from urllib.parse import quote

import msgspec

from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import ShowQr
from gateway.core.errors import LoginError
from gateway_gosuslugi.esia.identity import words
from gateway_gosuslugi.esia.identity.headless import wire
from gateway_gosuslugi.esia.identity.headless.calls import ask
from gateway_gosuslugi.esia.identity.headless.events import Events
from gateway_gosuslugi.esia.identity.hosts import ESIA
from gateway_gosuslugi.esia.identity.stages import KEY, Stage, enter

LISTEN_SECONDS: Final = 10.0
"""How long one poll listens: no head of an answer comes before the first event."""

OUTDATED: Final = frozenset(
    {
        "QR_AUTHORIZATION_SESSION_EXPIRED",
        "QR_CODE_SESSION_NOT_FOUND",
        "QR_CODE_SESSION_OUTDATED",
    }
)
"""The code is over: another is shown."""

SESSION_OVER: Final = "ESIA-007110"
"""The sign-in is over: it begins anew."""

_SESSION: Final = "ESIA_SESSION"
_ID: Final = f"{KEY}qr"
_POLL_AFTER: Final = 1.0
_CONTENT: Final = "gosuslugi://auth/signed_token="


async def show(link: LoginLink) -> ShowQr:
    """A fresh code.

    Raises:
        LoginError: ЕСИА gives none.
    """
    session = link.jar.value(_SESSION)
    if session is None:
        raise LoginError("ЕСИА has not begun a session", text=words.USE_BROWSER)
    found = await ask(
        link,
        "POST",
        "/qr-delegate/qr/generate",
        shape=wire.QrCode,
        body={"esia_session": session},
    )
    if not found.signed_token or not found.qr_id:
        raise LoginError("ЕСИА gives no code to scan", text=words.USE_BROWSER)
    enter(link, Stage.QR)
    link.state[_ID] = found.qr_id
    return ShowQr(title=words.QR, content=f"{_CONTENT}{found.signed_token}", poll_after=_POLL_AFTER)


async def listen(link: LoginLink, *, seconds: float = LISTEN_SECONDS) -> wire.QrEvent | None:
    """The event that ends the waiting; None where there was none for so long.

    What does not speak is hung up on: no byte may come for minutes, and that is no failure.
    """
    try:
        async with asyncio.timeout(seconds):
            return await _event(link)
    except TimeoutError:
        return None


async def _event(link: LoginLink) -> wire.QrEvent | None:
    path = f"/qr-delegate/qr/subscribe/{quote(link.state[_ID], safe='')}"
    events = Events()
    async with link.stream(ESIA, path, template="/qr-delegate/qr/subscribe/{qr}") as body:
        async for piece in body:
            for data in events.feed(piece):
                event = _read(data)
                if event.error is not None or _says_something(event):
                    return event
    return None


def _read(data: bytes) -> wire.QrEvent:
    try:
        return msgspec.json.decode(data, type=wire.QrEvent, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return wire.QrEvent()


def _says_something(event: wire.QrEvent) -> bool:
    return any((event.failed, event.redirect_url, event.action))
