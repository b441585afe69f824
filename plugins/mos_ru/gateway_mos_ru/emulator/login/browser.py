"""The sign-in of a browser: its cookie, and where it goes on (protocol notes 2.2-2.4)."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.login.answers import page, redirect, with_cookies, without_cookies
from gateway_mos_ru.emulator.sign_ins.clients import WEB_CLIENT
from gateway_mos_ru.emulator.sign_ins.sessions import Method, Next, SignIn

SESSION: Final = "sps_session"
ORIGIN: Final = "origin"
TRUSTED: Final = "sps_trusted"
PASSWORD_PAGE: Final = "sps/login/methods/password"  # noqa: S105 - a path
TRUST_PAGE: Final = "sps/login/ur/askToTrust"
CONSENT_PAGE: Final = "sps/login/ur/consent"
FACTOR_PAGE: Final = "sps/login/methods2"
_PAGES: Final = {
    Next.FACTOR: f"{FACTOR_PAGE}/{Method.SMS}",
    Next.TRUST: TRUST_PAGE,
    Next.CONSENT: CONSENT_PAGE,
}
_CALLBACK: Final = "v3/auth/sudir/callback"
_GONE: Final = "Сессия входа не найдена или устарела, начните вход снова"


def sign_in_of(call: Call) -> SignIn | None:
    """The sign-in that the request's cookie belongs to."""
    return call.service.login.find(call.request.cookies.get(SESSION))


def session_cookies(call: Call, sign_in: SignIn, response: Response) -> Response:
    """The response with the cookies of a sign-in that has just begun."""
    return with_cookies(call, response, ((SESSION, sign_in.id), (ORIGIN, f"login|{sign_in.back}")))


def stale_page() -> Response:
    """There is no such sign-in."""
    return page("Вход", f"<p>{_GONE}</p>", 400)


def address(call: Call, path: str, sign_in: SignIn) -> str:
    """A page of the sign-in with its way back."""
    return f"{call.site.login}/{path}?bo={quote(sign_in.back, safe='')}"


def next_of(call: Call, sign_in: SignIn) -> Next:
    """What a sign-in waits for.

    A trusted browser needs no second factor; the diary's own site needs no consent.
    """
    account, service = sign_in.account, call.service
    if account is None:
        return Next.PASSWORD
    if service.login.trusts(call.request.cookies.get(TRUSTED), account):
        sign_in.has_factor = sign_in.has_answered_trust = True
    found = sign_in.next(account)
    foreign = sign_in.asked.client_id != WEB_CLIENT
    consents = service.state.state_of(account) is not m.AccountState.CONSENT
    return Next.CONSENT if found is Next.NOTHING and foreign and not consents else found


def go_on(call: Call, sign_in: SignIn, account: m.Account) -> Response:
    """Send the browser of the one who has signed in to the next page, or to the application."""
    sign_in.account = account
    path = _PAGES.get(next_of(call, sign_in))
    if path is not None:
        return redirect(address(call, path, sign_in))
    return finished(call, sign_in, account)


def finished(call: Call, sign_in: SignIn, account: m.Account) -> Response:
    """The redirect to the application with the code; the sign-in is over."""
    asked, book = sign_in.asked, call.service.login
    code = book.codes.code(account.key, asked)
    book.end(sign_in)
    own = asked.client_id == WEB_CLIENT
    back = f"{call.site.api}/{_CALLBACK}" if own else asked.redirect_uri
    tail = f"&state={quote(asked.state, safe='')}" if asked.state else ""
    target = f"{back}{'&' if '?' in back else '?'}code={code}{tail}"
    return without_cookies(call, redirect(target), (SESSION, ORIGIN))
