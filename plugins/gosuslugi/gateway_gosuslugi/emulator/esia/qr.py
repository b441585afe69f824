"""Codes to scan, and the stream that says nothing, not even its head, until one was (notes 2.2)."""

import asyncio
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.sandbox.esia.pages import ROOT
from gateway.sandbox.web.encoding import encode
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import invalid
from gateway_gosuslugi.emulator.esia.book import book_of
from gateway_gosuslugi.emulator.esia.headless import Told, go_on
from gateway_gosuslugi.emulator.esia.progress import Qr
from gateway_gosuslugi.emulator.rules import OPEN, Router

_LIFE: Final = 120.0
_LOOK: Final = 0.05


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("qr-delegate/qr/generate", generate, dress=OPEN, methods=("POST",))
    router.add("qr-delegate/qr/subscribe/{qr}", subscribe, dress=OPEN)
    router.add(f"{ROOT}/phone", phone, dress=OPEN, methods=("POST",))


def generate(call: Call) -> object:
    """POST `{esia_session}`."""
    sign_in = book_of(call).sign_ins.find(call.text("esia_session"))
    if sign_in is None:
        raise invalid("esia_session")
    for known in book_of(call).progress.codes.values():
        known.outdated = known.outdated or known.sign_in == sign_in.id
    made = Qr(call.service.draws.guid(), call.service.draws.letters(64), sign_in.id)
    book_of(call).progress.codes[made.id] = made
    return {"signed_token": made.token, "qr_id": made.id}


def subscribe(call: Call) -> Response:
    """GET the stream of a code."""
    return _Event(call, book_of(call).progress.codes.get(call.params["qr"]))


def phone(call: Call) -> object:
    """POST `{login, signed_token?}`: what the person does with the phone that they hold.

    With a token it scans a code, without one it approves the push that waits.
    """
    book, identity = book_of(call), call.service.world.esia_by_login(call.text("login"))
    if identity is None:
        raise invalid("login")
    token = call.text("signed_token")
    for code in book.progress.codes.values():
        if token and code.token == token:
            code.identity_key = identity.key
            return {"scanned": True}
    return {"approved": book.progress.approve(identity.key, book.sign_ins)}


class _Event(Response):
    """One event, once there is one; hangs up on whoever leaves."""

    def __init__(self, call: Call, code: Qr | None) -> None:
        super().__init__(media_type="text/event-stream")
        self._call = call
        self._code = code

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Waits, then answers."""
        leaving = asyncio.ensure_future(receive())
        told: Told | None = None
        try:
            for _ in range(int(_LIFE / _LOOK)):
                told = self._told()
                if told is not None or leaving.done():
                    break
                await asyncio.wait({leaving}, timeout=_LOOK)
        finally:
            leaving.cancel()
        if told is None:
            told = {"error": {"code": "QR_AUTHORIZATION_SESSION_EXPIRED"}}
        self.body = b"data: " + encode(told) + b"\n\n"
        self.init_headers({"cache-control": "no-cache"})
        await super().__call__(scope, receive, send)

    def _told(self) -> Told | None:
        code = self._code
        if code is None:
            return {"error": {"code": "QR_CODE_SESSION_NOT_FOUND"}}
        if code.outdated:
            return {"error": {"code": "QR_CODE_SESSION_OUTDATED"}}
        sign_in = book_of(self._call).sign_ins.find(code.sign_in)
        if sign_in is None:
            return {"error": {"code": "ESIA-007110"}}
        if code.identity_key is None:
            return None
        sign_in.identity_key, sign_in.code_given = code.identity_key, True
        book_of(self._call).progress.of(sign_in.id).factor_given = True
        return go_on(self._call, sign_in)
