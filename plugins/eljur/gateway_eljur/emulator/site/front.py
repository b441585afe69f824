"""Signing in to a school's site, its front page and its page of sign-in (notes 2.4)."""

from html import escape
from typing import Final

import msgspec
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gateway.sandbox.web.encoding import JsonObject
from gateway_eljur.emulator import doors
from gateway_eljur.emulator.api.sign_in import set_school
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import json
from gateway_eljur.emulator.errors import no_page
from gateway_eljur.emulator.members import User
from gateway_eljur.emulator.rules import BOTH, Router, page
from gateway_eljur.emulator.site_sessions import COOKIE
from gateway_eljur.emulator.vendors import ARCHIVED, Vendor
from gateway_eljur.places import CLOUD_DOMAIN

WRONG: Final = "Неправильный логин или пароль"
AUTHORIZE: Final = "authorize"


def register(router: Router) -> None:
    """Add the pages of this part."""
    page(router, "", home)
    page(router, AUTHORIZE, authorize)
    page(router, "ajaxauthorize", ajax_authorize, BOTH)
    page(router, "journal-app", diary)


def schools_asked(call: Call) -> tuple[Vendor, ...]:
    """Schools that a page may speak of: the host's own, or the one that is named.

    A real host is always one school's; under another origin the parameter `domain` or the cookie
    `school_domain` stand in for it.
    """
    named = call.text("domain", "vendor") or call.request.cookies.get("school_domain", "")
    asked = named.strip().lower()
    keys = (key for key in call.host_vendors if asked in {"", key})
    return tuple(call.service.vendors[key] for key in keys)


def ajax_authorize(call: Call) -> Response:
    """POST `username` and `password`: `result` tells whether the session cookie is good."""
    service = call.service
    for vendor in schools_asked(call):
        members = service.members[vendor.key]
        account = members.by_login(call.text("username"))
        user = None if account is None else members.user(account)
        password = None if account is None else service.state.password_of(account)
        if user is not None and password is not None and call.text("password") == password:
            return _welcome(call, user)
    return json({"result": False, "error": WRONG, "errors": [{"text": WRONG}], "actions": []})


def _welcome(call: Call, user: User) -> Response:
    url = f"/?user={user.login}&domain={user.vendor.key}"
    action = {"type": "redirect", "url": url}
    response = json({"result": True, "errors": [], "actions": [action]})
    word = call.service.site.begin(user)
    tail = f"; httponly{call.site.cookie_tail}"
    response.headers.append("set-cookie", f"{COOKIE}={word}{tail}")
    set_school(call, response, user.vendor.key)
    return response


def home(call: Call) -> Response:
    """GET the front page: it tells scripts who is signed in, strangers go to the sign-in."""
    if not call.host_vendors:
        return no_page()
    user = call.site_user
    if user is None:
        return RedirectResponse(f"{call.site.here}/{AUTHORIZE}", 302)
    return _page(user.vendor.title, sentry(user))


def diary(call: Call) -> Response:
    """GET the diary; a token of a sign-in through ЕСИА in the address opens it too."""
    if doors.v_token_claims(call.text("v_token"), call.service.now()) is not None:
        return _page("ЭлЖур", "")
    return home(call)


def authorize(call: Call) -> Response:
    """GET the sign-in with its switches; a host without a school has none."""
    if ARCHIVED in {call.text("domain"), call.site.host.removesuffix(f".{CLOUD_DOMAIN}")}:
        return RedirectResponse(f"https://{CLOUD_DOMAIN}/archive?domain={ARCHIVED}", 302)
    vendors = schools_asked(call)
    if not vendors:
        return no_page()
    user = call.site_user
    if user is not None:
        return _page(user.vendor.title, sentry(user))
    return _page(vendors[0].title, _switches(call))


def _switches(call: Call) -> str:
    """The script that tells which ways in a school has."""
    switches: JsonObject = {
        "isEsiaEnabled": True,
        "esiaUrl": "/journal-esia-region-action?flow=v2",
        "isGoogleAuthEnabled": False,
        "isMSAuthEnabled": False,
        "isHseAuthEnabled": False,
        "isSirsAuthEnabled": False,
        "isInviteEnabled": True,
        "showRegisterPasswordLinks": True,
        "ajaxUrl": "/ajaxauthorize",
        "returnUri": call.text("return_uri") or "/",
    }
    lines = (f"var {name} = {_js(value)};" for name, value in switches.items())
    return f"<script>{' '.join(lines)}</script>"


def sentry(user: User) -> str:
    """The script that clients cut 17 signs from the front and one from the end of."""
    data = {
        "user": {"uid": int(user.number), "username": user.login, "role": user.role},
        "domain": user.vendor.key,
    }
    return f"<script>var sentryData = {_js(data)};</script>"


def _js(value: object) -> str:
    return msgspec.json.encode(value).decode().replace("</", "<\\/")


def _page(title: str, script: str) -> Response:
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title>{script}</head><body><h1>Не настоящий ЭлЖур</h1></body></html>"
    )
