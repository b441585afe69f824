"""Renewing and ending the diary's tokens (protocol notes 2.6, 2.9)."""

from typing import Final

from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import DEAD_SESSION, DEAD_SESSION_STATUS, session_over
from gateway_mos_ru.emulator.login.answers import json, page, text, with_cookies, without_cookies
from gateway_mos_ru.emulator.login.mesh import cookies_of
from gateway_mos_ru.emulator.people import ACCESS_COOKIE, REFRESH_COOKIE
from gateway_mos_ru.emulator.rules import OPEN, Router

_METHODS: Final = ("GET", "POST")


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("v3/token/refresh", renew_pair, dress=OPEN, methods=("POST",))
    router.add("v2/token/refresh", renew_token, dress=OPEN)
    router.add("v3/auth/logout", sign_out, dress=OPEN, methods=_METHODS)


def renew_pair(call: Call) -> object:
    """POST `/v3/token/refresh`: the refresh token as a cookie or a field, good for one use."""
    sent = call.text("refresh_token") or call.request.cookies.get(REFRESH_COOKIE, "")
    pair = call.service.tokens.rotate(sent)
    if pair is None:
        raise session_over()
    body = {"access_token": pair.grant.token, "refresh_token": pair.refresh_token}
    return with_cookies(call, json(body), cookies_of(pair))


def renew_token(call: Call) -> object:
    """GET `/v2/token/refresh`: a token as text; Moscow's ends when the old one did."""
    tokens = call.service.tokens
    grant = tokens.find(call.sent_token)
    if grant is None:
        return text(DEAD_SESSION, DEAD_SESSION_STATUS)
    if call.service.node.is_moscow:
        fresh = tokens.issue(
            grant.account_key,
            family=grant.family,
            expires_at=grant.expires_at,
            activated=grant.activated,
        )
    else:
        fresh = tokens.issue(grant.account_key, family=grant.family)
    return with_cookies(call, text(fresh.token), ((ACCESS_COOKIE, fresh.token),))


def sign_out(call: Call) -> object:
    """`/v3/auth/logout`: the sign-in ends, the cookies go."""
    grant = call.service.tokens.find(call.sent_token)
    if grant is not None:
        call.service.tokens.sign_out(grant)
    return without_cookies(call, page("Выход", "<p>Вы вышли</p>"), (ACCESS_COOKIE, REFRESH_COOKIE))
