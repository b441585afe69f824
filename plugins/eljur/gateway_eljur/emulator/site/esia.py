"""The stand-in for Gosuslugi: its form, and its answers without a browser (notes 2.3)."""

from typing import Final

from starlette.responses import Response

from gateway.sandbox.esia.headless import answer
from gateway.sandbox.esia.pages import ROOT, STALE, form
from gateway.sandbox.esia.sign_ins import SignIn
from gateway.sandbox.esia.stand_in import Stage, Standing
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import json
from gateway_eljur.emulator.errors import BAD_REQUEST
from gateway_eljur.emulator.rules import Router, page
from gateway_eljur.emulator.site.esia_return import BACK, redirect, simple_page

AUTHORIZE: Final = "aas/oauth2/v2/ac"
SESSION: Final = "esia_session"
_API: Final = "aas/oauth2/api/login"
_TOO_WEAK: Final = "Для входа нужна подтверждённая учётная запись Госуслуг"
_WORDS: Final = {
    "INVALID_PASSWORD": "Неверный логин или пароль",
    "ACCOUNT_LOCKED": "Учетная запись временно заблокирована",
    "INVALID_OTP": "Неверный код",
}


def register(router: Router) -> None:
    """Add the paths of this part."""
    page(router, AUTHORIZE, begin)
    for name, handler in (("login", page_password), ("code", page_code)):
        page(router, f"{ROOT}/{name}", handler, ("POST",))
    page(router, _API, headless_password, ("POST",))
    for name in ("otp", "totp"):
        page(router, f"{_API}/{name}/verify", headless_code, ("POST",))
    page(router, f"{_API}/quiz-max/skip", headless_skip, ("POST",))


def begin(call: Call) -> Response:
    """GET the form, with a cookie for those who go on without it."""
    found = call.service.esia.find(call.text("state"))
    if found is None:
        return simple_page(STALE, BAD_REQUEST)
    response = form(Standing(Stage.PASSWORD), call.site.esia, found.id)
    response.headers.append("set-cookie", f"{SESSION}={found.id}{call.site.cookie_tail}")
    return response


def page_password(call: Call) -> Response:
    """POST phone, e-mail or СНИЛС with the password."""
    return _page(call, "password")


def page_code(call: Call) -> Response:
    """POST the second factor."""
    return _page(call, "code")


def _page(call: Call, what: str) -> Response:
    found = call.service.esia.find(call.text("request"))
    if found is None:
        return simple_page(STALE, BAD_REQUEST)
    standing = _given(call, found, what)
    if standing.stage is not Stage.DONE:
        return form(standing, call.site.esia, found.id)
    back = _arrive(call, found)
    return simple_page(_TOO_WEAK, 403) if back is None else redirect(back)


def headless_password(call: Call) -> Response:
    """POST `{login, password}`."""
    return _headless(call, "password")


def headless_code(call: Call) -> Response:
    """POST with `code` in the query."""
    return _headless(call, "code")


def headless_skip(call: Call) -> Response:
    """POST to leave a quiz out; nobody is ever asked one here."""
    return _headless(call, "")


def _headless(call: Call, what: str) -> Response:
    found = call.service.esia.find(call.request.cookies.get(SESSION, ""))
    if found is None:
        return json({"failed": "SESSION_NOT_FOUND", "message": STALE}, 401)
    standing = _given(call, found, what)
    identity = call.service.stand_in.identity(found)
    back = _arrive(call, found) if standing.stage is Stage.DONE else None
    if standing.stage is Stage.DONE and back is None:
        return json({"failed": "ACCESS_DENIED", "message": _TOO_WEAK}, 403)
    told = answer(standing, identity, back)
    if "failed" in told:
        return json({**told, "error_description": _WORDS[str(told["failed"])]}, BAD_REQUEST)
    return json(told)


def _given(call: Call, found: SignIn[str], what: str) -> Standing:
    stand_in = call.service.stand_in
    if what == "password":
        return stand_in.give_password(found, call.text("login"), call.text("password"))
    if what == "code":
        return stand_in.give_code(found, call.text("code"))
    return Standing(stand_in.stage(found))


def _arrive(call: Call, found: SignIn[str]) -> str | None:
    """Where the one who has signed in goes on; None for an identity that is too weak."""
    service = call.service
    identity = service.stand_in.identity(found)
    service.esia.end(found)
    if identity is None or identity.level is m.EsiaLevel.SIMPLIFIED:
        return None
    code = service.tasks.arrive(found.purpose, identity.key)
    base = call.site.origin or f"https://{found.purpose}"
    return f"{base}/{BACK}?code={code}&state={found.id}"
