"""`ac` and `v2/ac`: checks what a system asks for, and sends the browser to the sign-in."""

import base64
import binascii
import re
from datetime import datetime, timedelta
from typing import Final

import msgspec
from starlette.responses import RedirectResponse, Response

from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.esia import secrets
from gateway_gosuslugi.emulator.esia.book import Purpose, book_of
from gateway_gosuslugi.emulator.esia.refusals import RefusedError, by_page, by_redirect
from gateway_gosuslugi.emulator.esia.systems import PORTAL, System, may_redirect, unknown_scopes
from gateway_gosuslugi.emulator.rules import OPEN, Router
from gateway_gosuslugi.esia.oauth.generations import Generation, signed_for_code
from gateway_gosuslugi.esia.oauth.pkce import METHOD

SESSION: Final = "ESIA_SESSION"
LOGIN: Final = "login"
DRIFT: Final = timedelta(seconds=60)
_TIME: Final = "%Y.%m.%d %H:%M:%S %z"
_CONFIRMED: Final = "conf_acc"
_STATE: Final = re.compile(r"[\x21-\x7e]{1,200}")

MISSING, WRONG, BAD_TIME = "007014", "007003", "007015"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("aas/oauth2/ac", begin_old, dress=OPEN)
    router.add("aas/oauth2/v2/ac", begin_new, dress=OPEN)


def begin_old(call: Call) -> Response:
    """GET `/aas/oauth2/ac`."""
    return _begin(call, Generation.OLD)


def begin_new(call: Call) -> Response:
    """GET `/aas/oauth2/v2/ac`."""
    return _begin(call, Generation.NEW)


def _begin(call: Call, generation: Generation) -> Response:
    redirect_uri, state = call.text("redirect_uri"), call.text("state")
    system = book_of(call).systems.find(call.text("client_id"))
    if system is None:
        return by_page(RefusedError("008010"))
    if not may_redirect(redirect_uri) and system.mnemonic != PORTAL:
        return by_page(RefusedError("007023" if redirect_uri else MISSING))
    try:
        purpose = _purpose(call, generation, system)
    except RefusedError as refusal:
        return by_redirect(refusal, redirect_uri, state)
    sign_in = book_of(call).sign_ins.begin(purpose)
    response = RedirectResponse(f"{call.site.esia}/{LOGIN}/", 302)
    line = f"{SESSION}={sign_in.id}{call.site.cookie_tail}; HttpOnly"
    response.raw_headers.append((b"set-cookie", line.encode("latin-1")))
    return response


def _purpose(call: Call, generation: Generation, system: System) -> Purpose:
    if system.mnemonic != PORTAL:
        _check_request(call, generation, system)
    return Purpose(
        mnemonic=system.mnemonic,
        redirect_uri=call.text("redirect_uri"),
        state=call.text("state"),
        scope=call.text("scope"),
        offline=call.text("access_type") == "offline",
        challenge=call.text("code_challenge") or None,
        only_confirmed=_is_only_confirmed(call.text("person_filter")),
        consents=_consents(call.text("permissions")),
    )


def _check_request(call: Call, generation: Generation, system: System) -> None:
    needed = ["scope", "state", "timestamp", "client_secret", "response_type"]
    if generation is Generation.NEW:
        needed.append("client_certificate_hash")
    if any(not call.text(name) for name in needed):
        raise RefusedError(MISSING)
    if any(len(values) > 1 for values in call.fields.values()):
        raise RefusedError(WRONG)
    if call.text("response_type") != "code":
        raise RefusedError("007009")
    if not _STATE.fullmatch(call.text("state")):
        raise RefusedError(WRONG)
    if call.text("code_challenge_method") not in {"", METHOD}:
        raise RefusedError(WRONG)
    check_time(call)
    if unknown_scopes(call.text("scope")):
        raise RefusedError("007006")
    check_secret(call, generation, system, signed_for_code(generation, texts_of(call)))


def texts_of(call: Call) -> dict[str, str]:
    """The first value of every field."""
    return {name: values[0] for name, values in call.fields.items()}


def check_time(call: Call) -> None:
    """Refuses a request of another time.

    Raises:
        RefusedError: It is a minute off, or no time at all.
    """
    try:
        sent = datetime.strptime(call.text("timestamp"), _TIME)  # noqa: DTZ007 - %z is in it
    except ValueError:
        raise RefusedError(BAD_TIME) from None
    if abs(sent - call.service.now()) > DRIFT:
        raise RefusedError(BAD_TIME)


def check_secret(call: Call, generation: Generation, system: System, signed: bytes) -> None:
    """Refuses a request that the system has not signed.

    Raises:
        RefusedError: The signature does not hold.
    """
    secret = call.text("client_secret")
    if generation is Generation.OLD:
        secrets.check_message(system, secret, signed)
    else:
        secrets.check_raw(system, secret, signed, call.text("client_certificate_hash"))


def _is_only_confirmed(text: str) -> bool:
    if not text:
        return False
    try:
        return base64.b64decode(text, validate=True).decode() == _CONFIRMED
    except (binascii.Error, ValueError):
        raise RefusedError(WRONG) from None


class _Named(msgspec.Struct):
    sysname: str


class _Asked(msgspec.Struct):
    sysname: str
    purposes: list[_Named]
    actions: list[_Named]
    scopes: list[_Named]


def _consents(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not text:
        return ()
    try:
        told = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        asked = msgspec.json.decode(told, type=list[_Asked])
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise RefusedError(WRONG) from None
    return tuple((item.sysname, tuple(one.sysname for one in item.scopes)) for item in asked)
