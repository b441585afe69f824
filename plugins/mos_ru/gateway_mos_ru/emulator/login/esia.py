"""The ways through Gosuslugi: pages and headless answers of the stand-in (protocol notes 2.9)."""

from typing import Final

from starlette.responses import Response

from gateway.sandbox.esia.headless import anomaly, answer
from gateway.sandbox.esia.pages import ROOT, STALE, form
from gateway.sandbox.esia.sign_ins import SignIn as EsiaSignIn
from gateway.sandbox.esia.stand_in import Stage, Standing
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.login.answers import json, page, redirect, with_cookies
from gateway_mos_ru.emulator.login.browser import go_on, sign_in_of, stale_page
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.rules import OPEN, Router
from gateway_mos_ru.emulator.sign_ins.purposes import Purpose
from gateway_mos_ru.emulator.sign_ins.sessions import SignIn

ESIA_DOOR: Final = "sps/login/externalIdps/esia"
SESSION: Final = "esia_session"
AUTHORIZE: Final = "aas/oauth2/v2/ac"
_API: Final = "aas/oauth2/api"
_TOO_WEAK: Final = "Для входа нужна подтверждённая учётная запись Госуслуг"
_NOT_LINKED: Final = "Учётная запись Госуслуг не связана с дневником"

Request = EsiaSignIn[Purpose]


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(ESIA_DOOR, from_mos_ru, dress=AT_MOS_RU)
    router.add(AUTHORIZE, begin, dress=OPEN)
    router.add("aas/oauth2/config", config, dress=OPEN)
    for name, handler in (
        ("login", headless_password),
        ("login/otp/verify", headless_code),
        ("login/totp/verify", headless_code),
        ("scope/allow", headless_consent),
    ):
        router.add(f"{_API}/{name}", handler, dress=OPEN, methods=("POST",))
    for name, handler in (("login", page_password), ("code", page_code), ("consent", page_consent)):
        router.add(f"{ROOT}/{name}", handler, dress=OPEN, methods=("POST",))


def address(call: Call, purpose: Purpose) -> str:
    """Where a browser is sent to sign in; `state` comes first for clients that do not unescape."""
    base = call.site.login if call.service.node.is_moscow else call.site.esia
    request = call.service.login.esia.begin(purpose)
    return f"{base}/{AUTHORIZE}?state={request.id}&client_id=SANDBOX&response_type=code"


def from_mos_ru(call: Call) -> object:
    """GET the link «Войти через Госуслуги» of mos.ru."""
    sign_in = sign_in_of(call)
    return stale_page() if sign_in is None else redirect(address(call, sign_in))


def begin(call: Call) -> object:
    """GET `/aas/oauth2/v2/ac`: the form, and a cookie for those who go on without it."""
    request = call.service.login.esia.find(call.text("state"))
    if request is None:
        return page("Госуслуги", STALE, 400)
    response = form(Standing(Stage.PASSWORD), _base(call), request.id)
    return with_cookies(call, response, ((SESSION, request.id),))


def config(_: Call) -> object:
    """GET `/aas/oauth2/config`: what the page of the sign-in is set up with."""
    return {"captcha": False, "languages": ["ru"]}


# -- pages --------------------------------------------------------------------------------------


def page_password(call: Call) -> object:
    """POST phone, e-mail or СНИЛС with the password."""
    return _page(call, "login")


def page_code(call: Call) -> object:
    """POST the second factor."""
    return _page(call, "code")


def page_consent(call: Call) -> object:
    """POST the consent."""
    return _page(call, "consent")


def _page(call: Call, what: str) -> Response:
    request = call.service.login.esia.find(call.text("request"))
    if request is None:
        return page("Госуслуги", STALE, 400)
    standing = _given(call, request, what)
    if standing.stage is not Stage.DONE:
        return form(standing, _base(call), request.id)
    arrived = _arrive(call, request)
    return arrived if isinstance(arrived, Response) else redirect(arrived)


# -- headless -----------------------------------------------------------------------------------


def headless_password(call: Call) -> object:
    """POST `/aas/oauth2/api/login` `{login, password}`."""
    return _headless(call, "login")


def headless_code(call: Call) -> object:
    """POST `/aas/oauth2/api/login/{otp|totp}/verify?code=`."""
    return _headless(call, "code")


def headless_consent(call: Call) -> object:
    """POST `/aas/oauth2/api/scope/allow`."""
    return _headless(call, "consent")


def _headless(call: Call, what: str) -> Response:
    book = call.service.login
    request = book.esia.find(call.request.cookies.get(SESSION, ""))
    if request is None:
        return json({"failed": "SESSION_NOT_FOUND"}, 401)
    if what == "login" and book.stand_in.is_suspicious(call.text("login")):
        return json(anomaly(call.service.draws.guid()))
    standing = _given(call, request, what)
    identity, url = book.stand_in.identity(request), None
    if standing.stage is Stage.DONE:
        arrived = _arrive(call, request)
        if isinstance(arrived, Response):
            return json({"failed": "ACCESS_DENIED"}, 403)
        url = arrived
    return json(answer(standing, identity, url))


# -- both ---------------------------------------------------------------------------------------


def _base(call: Call) -> str:
    return call.site.login if call.service.node.is_moscow else call.site.esia


def _given(call: Call, request: Request, what: str) -> Standing:
    stand_in = call.service.login.stand_in
    if what == "login":
        return stand_in.give_password(request, call.text("login"), call.text("password"))
    if what == "code":
        return stand_in.give_code(request, call.text("code"))
    return stand_in.give_consent(request)


def _arrive(call: Call, request: Request) -> str | Response:
    """Where the one who has signed in goes on, or a page that says why they do not."""
    book = call.service.login
    identity = book.stand_in.identity(request)
    book.esia.end(request)
    account = None if identity is None else _account(call, identity)
    if identity is None or account is None:
        weak = identity is not None and identity.level is m.EsiaLevel.SIMPLIFIED
        return page("Вход", f"<p>{_TOO_WEAK if weak else _NOT_LINKED}</p>", 403)
    if isinstance(request.purpose, SignIn):
        return go_on(call, request.purpose, account)
    code = book.node_codes.arrive(account.key, request.purpose)
    return f"{call.site.api}/v3/auth/esia/callback?code={code}&state={request.id}"


def _account(call: Call, identity: m.EsiaIdentity) -> m.Account | None:
    """The diary account of an identity: the first one, since the platform offers no choice."""
    if identity.level is m.EsiaLevel.SIMPLIFIED:
        return None
    state = call.service.state
    accounts = (call.service.account(key) for key in identity.account_keys)
    open_ones = (a for a in accounts if state.state_of(a) is not m.AccountState.LOCKED)
    return next(open_ones, None)
