"""Signing in at the site: form, captcha, cookies, hand-over, signing out (notes 2.1, 2.2, 2.7)."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import error_page
from gateway_dnevnik_ru.emulator.login.cookies import gone_cookies, session_cookies
from gateway_dnevnik_ru.emulator.login.credentials import (
    LOCKED_TEXT,
    Refusal,
    captcha_answer,
    check,
    needs_captcha,
)
from gateway_dnevnik_ru.emulator.login.pages import login_address, login_page, page, redirect
from gateway_dnevnik_ru.emulator.regions import BY_SLUG
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.sessions import Pending

_OAUTH_FIELDS: Final = ("response_type", "client_id", "scope", "redirect_uri", "state")
_CAPTCHA_TEXT: Final = "Неправильно введены символы с картинки. Попробуйте еще раз."
_CAPTCHA_NEEDED: Final = "Введите символы с картинки."


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("login", open_form, dress=Dress.PAGE)
    router.add("login", sign_in, dress=Dress.PAGE, methods=("POST",))
    router.add("login/token", hand_over, dress=Dress.PAGE)
    router.add("logout", sign_out, dress=Dress.PAGE, methods=("GET", "POST"))
    router.add("captcha/true/{captcha}", captcha_picture, dress=Dress.PAGE)
    router.add("login/esia/{slug}", old_door, dress=Dress.PAGE, methods=("POST",))
    router.add("esia/auth/message/offerlinkingaccounts", linking_offer, dress=Dress.PAGE)


def return_address(call: Call) -> str | None:
    """Where the browser wants to go after signing in, if that is one of ours.

    A client that forgets to escape the inner address spills its parameters into ours; they are
    put back.
    """
    url = call.text("ReturnUrl")
    if not url:
        return None
    for name in _OAUTH_FIELDS if "oauth2" in url.lower() else ():
        value = call.text(name)
        if value and f"{name}=" not in url:
            url += f"{'&' if '?' in url else '?'}{name}={quote(value, safe=',')}"
    return call.site.home(url)


def open_form(call: Call) -> object:
    """GET `/login`: the form, or straight on for a browser that is signed in."""
    target = return_address(call)
    if call.cookie_session is not None:
        return redirect(target or f"{call.site.web}/userfeed")
    return login_page(call.site, return_url=target)


def sign_in(call: Call) -> object:
    """POST `/login`: parameters in the query or in the body."""
    return _sign_in(call, return_address(call))


def old_door(call: Call) -> object:
    """POST `/login/esia/{slug}`: the old regional password doors take the same form."""
    if call.params["slug"].lower() not in BY_SLUG:
        return error_page("Страница не найдена", 404)
    return _sign_in(call, return_address(call))


def _sign_in(call: Call, target: str | None) -> Response:
    service, login = call.service, call.text("login")
    if not login:
        return login_page(call.site, return_url=target)
    if needs_captcha(service, login):
        captcha_id = call.text("Captcha.Id")
        solved = service.captchas.solve(captcha_id, call.text("Captcha.Input"))
        if not solved:
            message = _CAPTCHA_TEXT if captcha_id else _CAPTCHA_NEEDED
            return _form(call, target, message)
    found = check(service, login, call.text("password"))
    if found is Refusal.WRONG:
        return _form(call, target, call.site.family.wrong_password)
    if found is Refusal.LOCKED:
        return _form(call, target, LOCKED_TEXT)
    assert isinstance(found, m.Account)  # noqa: S101 - the two refusals are ruled out above
    if service.state.state_of(found) is m.AccountState.TEMPORARY_PASSWORD:
        token = service.sessions.wait(Pending(found.key, target))
        return redirect(f"{call.site.login}/password?login={quote(login)}&token={token}")
    if service.state.state_of(found) is m.AccountState.CAPTCHA:
        service.state.settle(found)
    return finish(call, found, target)


def _form(call: Call, target: str | None, message: str) -> Response:
    login, service = call.text("login"), call.service
    captcha = None
    if needs_captcha(service, login):
        captcha = service.captchas.ask(captcha_answer(service, login))
    return login_page(call.site, return_url=target, message=message, captcha=captcha)


def finish(call: Call, account: m.Account, target: str | None) -> Response:
    """Set the cookies and go on: to the linking offer, the address wanted, or the diary."""
    service, site = call.service, call.site
    cookies = session_cookies(call, service.sessions.open(account.key))
    if service.state.state_of(account) is m.AccountState.LINKING_OFFER:
        back = quote(target or f"{site.web}/userfeed", safe="")
        offer = f"{site.login}/esia/auth/message/OfferLinkingAccounts?returnUrl={back}"
        return redirect(offer, cookies)
    if target is not None:
        return redirect(target, cookies)
    token = service.sessions.wait(Pending(account.key, None))
    back = quote(f"{site.web}/", safe="")
    return redirect(f"{site.login}/login/token?token={token}&returnUrl={back}", cookies)


def hand_over(call: Call) -> object:
    """GET `/login/token?token&returnUrl`: signs the browser in at another domain."""
    pending = call.service.sessions.waiting(call.text("token"))
    if pending is None:
        return redirect(login_address(call.site, None))
    target = call.site.home(call.text("returnUrl")) or f"{call.site.web}/"
    session = call.service.sessions.open(pending.account_key)
    return redirect(target, session_cookies(call, session))


def linking_offer(call: Call) -> object:
    """The offer to link with Gosuslugi: a page, whoever repeats the OAuth address passes it."""
    target = call.site.home(call.text("returnUrl")) or f"{call.site.web}/userfeed"
    body = (
        "<h1>Свяжите учетную запись с Госуслугами</h1>"
        f'<a class="button" href="{call.site.login}/login/esia/">Связать</a> '
        f'<a class="link" href="{target}">Не сейчас</a>'
    )
    return page("Связь с Госуслугами", body)


def sign_out(call: Call) -> object:
    """`/logout`: the session ends."""
    session = call.cookie_session
    if session is not None:
        call.service.sessions.close(session)
    return redirect(f"{call.site.login}/login", gone_cookies(call))


def captcha_picture(call: Call) -> object:
    """GET `/captcha/true/{Captcha.Id}`: the picture."""
    picture = call.service.captchas.picture(call.params["captcha"])
    if picture is None:
        return error_page("Страница не найдена", 404)
    return Response(picture, media_type="image/png")
