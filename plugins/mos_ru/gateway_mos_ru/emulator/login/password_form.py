"""The page of login.mos.ru with login and password, and the consent page (notes 2.2, 2.4)."""

from html import escape
from typing import Final

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.login.answers import page
from gateway_mos_ru.emulator.login.browser import (
    CONSENT_PAGE,
    PASSWORD_PAGE,
    address,
    go_on,
    next_of,
    sign_in_of,
    stale_page,
)
from gateway_mos_ru.emulator.login.credentials import Refusal, check
from gateway_mos_ru.emulator.login.esia import ESIA_DOOR
from gateway_mos_ru.emulator.login.rules import AT_MOS_RU
from gateway_mos_ru.emulator.rules import Router
from gateway_mos_ru.emulator.sign_ins.sessions import Next, SignIn

_WORDS: Final = {
    Refusal.WRONG: "Введены неверные логин или пароль",
    Refusal.NOBODY: "Учётная запись не найдена",
    Refusal.LOCKED: "Вход по паролю временно заблокирован",
}


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(PASSWORD_PAGE, show, dress=AT_MOS_RU)
    router.add(PASSWORD_PAGE, take, dress=AT_MOS_RU, methods=("POST",))
    router.add(CONSENT_PAGE, show_consent, dress=AT_MOS_RU)
    router.add(CONSENT_PAGE, take_consent, dress=AT_MOS_RU, methods=("POST",))


def _form(call: Call, sign_in: SignIn, message: str = "") -> Response:
    hint = f'<div class="error">{escape(message)}</div>' if message else ""
    return page(
        "Вход на mos.ru: учебная копия",
        f"<h1>Не настоящий mos.ru</h1>{hint}"
        f'<form method="post" action="{address(call, PASSWORD_PAGE, sign_in)}">'
        '<input id="login" name="login"><input id="password" name="password" type="password">'
        '<button id="bind">Войти</button></form>'
        f'<a href="{address(call, ESIA_DOOR, sign_in)}">Войти через Госуслуги</a>',
    )


def show(call: Call) -> object:
    """GET `/sps/login/methods/password`."""
    sign_in = sign_in_of(call)
    return stale_page() if sign_in is None else _form(call, sign_in)


def take(call: Call) -> object:
    """POST `/sps/login/methods/password` with `login` and `password`; errors stay on the page."""
    sign_in = sign_in_of(call)
    if sign_in is None:
        return stale_page()
    found = check(call.service, call.text("login"), call.text("password"))
    if not isinstance(found, m.Account):
        return _form(call, sign_in, _WORDS[found])
    return go_on(call, sign_in, found)


def show_consent(call: Call) -> object:
    """GET the question whether the application may know who signs in."""
    sign_in = sign_in_of(call)
    if sign_in is None or next_of(call, sign_in) is not Next.CONSENT:
        return stale_page()
    return page(
        "Доступ к данным",
        f'<form method="post" action="{address(call, CONSENT_PAGE, sign_in)}">'
        '<button name="action" value="allow">Предоставить</button></form>',
    )


def take_consent(call: Call) -> object:
    """POST the consent, which is asked once."""
    sign_in = sign_in_of(call)
    account = None if sign_in is None else sign_in.account
    if sign_in is None or account is None or next_of(call, sign_in) is not Next.CONSENT:
        return stale_page()
    call.service.state.settle(account)
    return go_on(call, sign_in, account)
