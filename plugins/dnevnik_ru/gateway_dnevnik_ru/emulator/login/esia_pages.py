"""A stand-in for Gosuslugi: door, password, one-time code, and the address that it ends at."""

from html import escape
from typing import Final

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import error_page
from gateway_dnevnik_ru.emulator.login.cookies import session_cookies
from gateway_dnevnik_ru.emulator.login.linked import linked_accounts
from gateway_dnevnik_ru.emulator.login.pages import page, redirect, with_cookies
from gateway_dnevnik_ru.emulator.login.site import return_address
from gateway_dnevnik_ru.emulator.regions import BY_SLUG, region_id
from gateway_dnevnik_ru.emulator.router import Dress, Router

ROOT: Final = "__esia__"
_WRONG: Final = "Неверный логин или пароль"
_LOCKED: Final = "Учетная запись временно заблокирована"
_WRONG_CODE: Final = "Неверный код"
_TRIES: Final = 5


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("login/esia", door_list, dress=Dress.PAGE)
    router.add("login/esia/{slug}", door, dress=Dress.PAGE)
    router.add(f"{ROOT}/login", password_form, dress=Dress.PAGE)
    router.add(f"{ROOT}/login", take_password, dress=Dress.PAGE, methods=("POST",))
    router.add(f"{ROOT}/code", code_form, dress=Dress.PAGE)
    router.add(f"{ROOT}/code", take_code, dress=Dress.PAGE, methods=("POST",))
    router.add("esia/auth", arrive, dress=Dress.PAGE)


def door_list(call: Call) -> object:
    """GET `/login/esia/`: the regions to choose from."""
    links = "".join(
        f'<li><a href="{call.site.login}/login/esia/{slug}">{escape(item.name)}</a></li>'
        for slug, item in BY_SLUG.items()
    )
    return page("Выберите регион", f"<ul>{links}</ul>")


def door(call: Call) -> object:
    """GET `/login/esia/{slug}`: sends the browser to the state sign-in."""
    found = BY_SLUG.get(call.params["slug"].lower())
    if found is None:
        return error_page("Страница не найдена", 404)
    request = call.service.esia.begin(region_id(found.code), return_address(call))
    return redirect(f"{call.site.login}/{ROOT}/login?request={request}")


def _form(call: Call, name: str, fields: str, message: str = "") -> Response:
    hint = f'<div class="error">{escape(message)}</div>' if message else ""
    action = f"{call.site.login}/{ROOT}/{name}"
    request = escape(call.text("request"))
    return page(
        "Учебная копия входа через Госуслуги",
        f'<h1>Не настоящие Госуслуги</h1>{hint}<form method="post" action="{action}">'
        f'<input type="hidden" name="request" value="{request}">{fields}'
        '<input type="submit" value="Продолжить"></form>',
    )


_LOGIN: Final = '<input name="login"><input type="password" name="password">'
_CODE: Final = '<input name="code" inputmode="numeric">'


def password_form(call: Call) -> object:
    """The form for phone, e-mail or СНИЛС and password."""
    if call.service.esia.request(call.text("request")) is None:
        return error_page("Вход устарел, начните снова", 400)
    return _form(call, "login", _LOGIN)


def take_password(call: Call) -> object:
    """Check them; ask the second factor where the identity has one."""
    service, state = call.service, call.service.state
    request = service.esia.request(call.text("request"))
    if request is None:
        return error_page("Вход устарел, начните снова", 400)
    identity = service.world.esia_by_login(call.text("login"))
    if identity is None:
        return _form(call, "login", _LOGIN, _WRONG)
    if identity.locked or state.failed_logins[identity.key] >= _TRIES:
        return _form(call, "login", _LOGIN, _LOCKED)
    if identity.password != call.text("password"):
        state.failed_logins[identity.key] += 1
        return _form(call, "login", _LOGIN, _WRONG)
    del state.failed_logins[identity.key]
    request.identity_key = identity.key
    if identity.second_factor is not None:
        return redirect(f"{call.site.login}/{ROOT}/code?request={call.text('request')}")
    return _finish(call, identity)


def code_form(call: Call) -> object:
    """The form for the one-time code."""
    request = call.service.esia.request(call.text("request"))
    if request is None or request.identity_key is None:
        return error_page("Вход устарел, начните снова", 400)
    return _form(call, "code", _CODE)


def take_code(call: Call) -> object:
    """Check the one-time code."""
    request = call.service.esia.request(call.text("request"))
    if request is None or request.identity_key is None:
        return error_page("Вход устарел, начните снова", 400)
    identity = call.service.world.esia_identity(request.identity_key)
    if call.text("code").strip() != identity.code:
        return _form(call, "code", _CODE, _WRONG_CODE)
    return _finish(call, identity)


def _finish(call: Call, identity: m.EsiaIdentity) -> Response:
    request_id = call.text("request")
    request = call.service.esia.request(request_id)
    region = request.region_id if request is not None else 0
    task = call.service.esia.finish(request_id, identity.key)
    return redirect(f"{call.site.login}/esia/auth?taskId={task}&regionId={region}")


def arrive(call: Call) -> object:
    """GET `/esia/auth?taskId&regionId[&userId]`: where apps catch the address.

    A browser is signed in by it, after a choice where several accounts hang on the identity, and
    goes on to where it wanted to go.
    """
    service, site = call.service, call.site
    task_id = call.text("taskId")
    task = service.esia.task(task_id)
    if task is None:
        return error_page("Вход устарел, начните снова", 400)
    found = linked_accounts(service, task)
    if not found.accounts:
        return page("Вход через Госуслуги", f'<div class="message">{found.fault}</div>')
    numbers = {str(service.ids.of(ids.USER, a.key)): a for a in found.accounts}
    chosen = numbers.get(call.text("userId"))
    if chosen is None and len(numbers) == 1:
        chosen = found.accounts[0]
    if chosen is None:
        base = f"{site.login}/esia/auth?taskId={task_id}&amp;regionId={task.region_id}"
        links = "".join(
            f'<li><a href="{base}&amp;userId={number}">'
            f"{escape(service.school_of(account).short_name)}</a></li>"
            for number, account in numbers.items()
        )
        return page("Выберите дневник", f"<ul>{links}</ul>")
    cookies = session_cookies(call, service.sessions.open(chosen.key))
    target = service.esia.return_url(task_id)
    if target is not None:
        return redirect(target, cookies)
    link = f'<a href="{site.web}/userfeed">Перейти в дневник</a>'
    return with_cookies(page("Вход выполнен", link), cookies)
