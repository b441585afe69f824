"""Signing in to a school's site, its front page and its page of sign-in (notes 2.4)."""

from typing import Final

from starlette.responses import RedirectResponse, Response

from gateway.sandbox.web.encoding import JsonObject
from gateway_eljur.emulator import doors
from gateway_eljur.emulator.api.sign_in import set_school
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import json
from gateway_eljur.emulator.errors import no_page
from gateway_eljur.emulator.members import User
from gateway_eljur.emulator.rules import BOTH, Router, page
from gateway_eljur.emulator.site.pages import html_page, scripted_page, variables
from gateway_eljur.emulator.site_sessions import COOKIE
from gateway_eljur.emulator.vendors import ARCHIVED, Vendor
from gateway_eljur.places import CLOUD_DOMAIN

WRONG: Final = "Неправильный логин или пароль"
AUTHORIZE: Final = "authorize"
_NOT_REAL: Final = "<h1>Не настоящий ЭлЖур</h1>"


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
    return html_page(user.vendor.title, _NOT_REAL, user)


def diary(call: Call) -> Response:
    """GET the diary; a token of a sign-in through ЕСИА in the address opens it too."""
    if doors.v_token_claims(call.text("v_token"), call.service.now()) is not None:
        return html_page("ЭлЖур", _NOT_REAL)
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
        return html_page(user.vendor.title, _NOT_REAL, user)
    return scripted_page(vendors[0].title, _NOT_REAL, variables(_switches(call)))


def _switches(call: Call) -> JsonObject:
    """Which ways in a school has."""
    return {
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
