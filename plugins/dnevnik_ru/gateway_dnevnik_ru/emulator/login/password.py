"""A new password in place of a temporary one: rules and page (protocol notes 2.2, 2.4)."""

import re
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.login.pages import login_address, password_page, redirect
from gateway_dnevnik_ru.emulator.login.site import finish
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.service import Service

UNACCEPTABLE: Final = (
    ("Пароль должен быть не короче 8 символов", r"^.{0,7}$"),
    ("В пароле должна быть хотя бы одна буква", r"^[^A-Za-zА-Яа-яЁё]*$"),
    ("В пароле должна быть хотя бы одна цифра", r"^[^0-9]*$"),
)
_DIFFERENT: Final = "Пароли не совпадают"
_SAME: Final = "Новый пароль должен отличаться от временного"


def register(router: Router) -> None:
    """Add the path of this part."""
    router.add("password", show, dress=Dress.PAGE)
    router.add("password", change, dress=Dress.PAGE, methods=("POST",))


def fault(service: Service, account: m.Account, password: str, repeated: str) -> str | None:
    """Why a new password does not do, or None."""
    if password != repeated:
        return _DIFFERENT
    for message, pattern in UNACCEPTABLE:
        if re.match(pattern, password):
            return message
    return _SAME if password == service.state.password_of(account) else None


def show(call: Call) -> object:
    """GET `/password?login&token`."""
    token = call.text("token")
    if call.service.sessions.waiting(token) is None:
        return redirect(login_address(call.site, None))
    return password_page(call.site, login=call.text("login"), token=token)


def change(call: Call) -> object:
    """POST `/password?login&token` with `Password` and `RepeatedPassword`: changes and signs in."""
    token = call.text("token")
    pending = call.service.sessions.waiting(token)
    if pending is None:
        return redirect(login_address(call.site, None))
    account = call.service.account(pending.account_key)
    password = call.text("Password")
    message = fault(call.service, account, password, call.text("RepeatedPassword"))
    if message is not None:
        return password_page(call.site, login=call.text("login"), token=token, message=message)
    call.service.sessions.finish(token)
    call.service.state.change_password(account, password)
    return finish(call, account, pending.return_url)
