"""Forgotten and changed passwords (notes 2.5)."""

from html import escape
from typing import Final

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import json
from gateway_eljur.emulator.rules import BOTH, Router, page
from gateway_eljur.emulator.site.front import home, schools_asked
from gateway_eljur.emulator.site.pages import html_page
from gateway_eljur.emulator.site_sessions import COOKIE

CSRF: Final = "csrf"
_SECURITY: Final = "Безопасность"
_CHANGED: Final = "Ваш пароль успешно изменен!"
_UNKNOWN: Final = "Пользователь с таким адресом электронной почты не найден"
_SHORTEST: Final = 8


def register(router: Router) -> None:
    """Add the pages of this part."""
    page(router, "ajaxrecover", recover, BOTH)
    page(router, "journal-messages-compose-action", compose)
    page(router, "journal-user-security-action", change, ("POST",))


def recover(call: Call) -> Response:
    """POST `email`: a letter goes out when an account has this e-mail and a password."""
    wanted = call.text("email").strip().casefold()
    for vendor in schools_asked(call):
        for account in call.service.members[vendor.key].accounts():
            email = call.service.world.person(account.person_key).email
            if (
                wanted
                and email is not None
                and email.casefold() == wanted
                and _has_password(call, account)
            ):
                return json({"result": True})
    return json({"result": False, "error": _UNKNOWN})


def _has_password(call: Call, account: m.Account) -> bool:
    return call.service.state.password_of(account) is not None


def compose(call: Call) -> Response:
    """GET the page of a new letter: forms take their csrf word from its cookie."""
    user = call.site_user
    if user is None:
        return home(call)
    word = call.service.site.csrf(call.request.cookies[COOKIE])
    response = html_page("Сообщения", "<h1>Новое сообщение</h1>", user)
    response.headers.append("set-cookie", f"{CSRF}={word}{call.site.cookie_tail}")
    return response


def change(call: Call) -> Response:
    """POST old and new password."""
    user = call.site_user
    if user is None:
        return home(call)
    problem = _problem(call, user.account)
    if problem is not None:
        return html_page(_SECURITY, f'<div class="error">{escape(problem)}</div>', user)
    call.service.state.change_password(user.account, call.text("new_password"))
    return html_page(_SECURITY, f"<p>{_CHANGED}</p>", user)


def _problem(call: Call, account: m.Account) -> str | None:
    new = call.text("new_password")
    if call.text(CSRF) != call.service.site.csrf(call.request.cookies[COOKIE]):
        return "Форма устарела, обновите страницу"
    if call.text("old_password") != call.service.state.password_of(account):
        return "Неверный текущий пароль"
    if new != call.text("verify"):
        return "Пароли не совпадают"
    if len(new) < _SHORTEST:
        return "Слишком короткий пароль"
    return None
