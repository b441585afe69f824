"""Signing in to a regional node: through Gosuslugi or its own form (protocol notes 2.9)."""

from html import escape
from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import ApiError
from gateway_mos_ru.emulator.login import esia
from gateway_mos_ru.emulator.login.answers import json, meta_refresh, page, redirect, with_cookies
from gateway_mos_ru.emulator.login.credentials import check
from gateway_mos_ru.emulator.login.mesh import cookies_of
from gateway_mos_ru.emulator.login.rules import only_nodes
from gateway_mos_ru.emulator.rules import OPEN, Router
from gateway_mos_ru.emulator.sign_ins.purposes import AppReturn, NodeEntry

APP_RETURNS: Final = ("dnevnik-mes://authRegionRedirect", "dnevnik-myschool://authRegionRedirect")
_FORM: Final = "v3/auth/kauth/form"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("v3/auth/esia/login", through_esia, dress=OPEN)
    router.add("v3/auth/kauth/login", through_form, dress=OPEN)
    router.add(_FORM, show_form, dress=OPEN)
    router.add(_FORM, take_form, dress=OPEN, methods=("POST",))
    router.add("v3/auth/esia/callback", callback, dress=OPEN)
    router.add("v3/auth/kauth/callback", callback, dress=OPEN)
    router.add("v3/auth/token", exchange, dress=OPEN)


def _entry(call: Call) -> NodeEntry | None:
    """What the sign-in is for; None for an application's address that is not registered."""
    back = call.text("redirect_url")
    if not back:
        return NodeEntry(None)
    if back not in APP_RETURNS or not call.text("state"):
        return None
    return NodeEntry(AppReturn(back, call.text("state")))


def through_esia(call: Call) -> object:
    """GET `/v3/auth/esia/login[?redirect_url&state]`: a page that sends on to Gosuslugi."""
    only_nodes(call)
    entry = _entry(call)
    return _refused() if entry is None else meta_refresh(esia.address(call, entry))


def through_form(call: Call) -> object:
    """GET `/v3/auth/kauth/login[?redirect_url&state]`: a page that sends on to the node's form."""
    only_nodes(call)
    entry = _entry(call)
    if entry is None:
        return _refused()
    tail = "&".join(
        f"{name}={quote(call.text(name), safe='')}"
        for name in ("redirect_url", "state")
        if entry.app is not None
    )
    return meta_refresh(f"{call.site.api}/{_FORM}{f'?{tail}' if tail else ''}")


def show_form(call: Call) -> object:
    """GET the node's own form."""
    only_nodes(call)
    return _form(call)


def take_form(call: Call) -> object:
    """POST `login` and `password` of the diary."""
    only_nodes(call)
    entry = _entry(call)
    if entry is None:
        return _refused()
    found = check(call.service, call.text("login"), call.text("password"))
    if not isinstance(found, m.Account):
        return _form(call, "Неверный логин или пароль")
    code = call.service.login.node_codes.arrive(found.key, entry)
    return redirect(f"{call.site.api}/v3/auth/kauth/callback?code={code}")


def _form(call: Call, message: str = "") -> Response:
    hint = f'<div class="error">{escape(message)}</div>' if message else ""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(call.text(name))}">'
        for name in ("redirect_url", "state")
    )
    return page(
        "Вход в дневник: учебная копия",
        f'<h1>Не настоящий дневник</h1>{hint}<form method="post">{hidden}'
        '<input name="login"><input name="password" type="password"><button>Войти</button></form>',
    )


def callback(call: Call) -> object:
    """GET `/v3/auth/{esia|kauth}/callback?code=`: a code for an application, else the cookies.

    The answer with the cookies is no redirect and not empty: clients look for them in the last
    answer.
    """
    only_nodes(call)
    service = call.service
    arrived = service.login.node_codes.arrival(call.text("code"))
    if arrived is None:
        return page("Вход", "<p>Вход не выполнен</p>", 401)
    account_key, entry = arrived
    if entry.app is not None:
        code = service.login.node_codes.for_app(account_key, entry.app.state)
        state = quote(entry.app.state, safe="")
        return redirect(f"{entry.app.redirect_url}?code={code}&state={state}")
    pair = service.tokens.issue_pair(account_key)
    body = f'<a href="{call.site.api}/diary">Перейти в дневник</a>'
    return with_cookies(call, page("Вход выполнен", body), cookies_of(pair))


def exchange(call: Call) -> object:
    """GET `/v3/auth/token?code&state`: the token; the name of the other one is assumed."""
    only_nodes(call)
    service = call.service
    account_key = service.login.node_codes.redeem(call.text("code"), call.text("state"))
    if account_key is None:
        raise ApiError(401, {"code": 401, "message": "code is invalid"})
    pair = service.tokens.issue_pair(account_key)
    return json({"token": pair.grant.token, "refresh_token": pair.refresh_token})


def _refused() -> Response:
    return page("Вход", "<p>Неизвестный адрес возврата</p>", 400)
