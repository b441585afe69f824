"""The way through the stand-in for Gosuslugi: door, pages, and the address that it ends at."""

from html import escape

from starlette.responses import Response

from gateway.sandbox.esia.pages import ROOT, STALE, form, path_of
from gateway.sandbox.esia.sign_ins import SignIn
from gateway.sandbox.esia.stand_in import Stage, StandIn, Standing
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.errors import error_page
from gateway_dnevnik_ru.emulator.esia_tasks import Door
from gateway_dnevnik_ru.emulator.login.cookies import session_cookies
from gateway_dnevnik_ru.emulator.login.linked import linked_accounts
from gateway_dnevnik_ru.emulator.login.pages import page, redirect, with_cookies
from gateway_dnevnik_ru.emulator.login.site import return_address
from gateway_dnevnik_ru.emulator.regions import BY_SLUG, region_id
from gateway_dnevnik_ru.emulator.router import Dress, Router


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


def password_form(call: Call) -> object:
    """The form for phone, e-mail or СНИЛС and password."""
    request = _request(call)
    if request is None:
        return error_page(STALE, 400)
    return form(Standing(Stage.PASSWORD), call.site.login, request.id)


def take_password(call: Call) -> object:
    """Check them; ask the second factor where the identity has one."""
    request = _request(call)
    if request is None:
        return error_page(STALE, 400)
    found = _stand_in(call).give_password(request, call.text("login"), call.text("password"))
    if found.refusal is None and found.stage is Stage.CODE:
        return redirect(f"{call.site.login}/{path_of(found.stage)}?request={request.id}")
    return _went_on(call, request, found)


def code_form(call: Call) -> object:
    """The form for the one-time code."""
    request = _request(call)
    if request is None or request.identity_key is None:
        return error_page(STALE, 400)
    return form(Standing(Stage.CODE), call.site.login, request.id)


def take_code(call: Call) -> object:
    """Check the one-time code."""
    request = _request(call)
    if request is None or request.identity_key is None:
        return error_page(STALE, 400)
    return _went_on(call, request, _stand_in(call).give_code(request, call.text("code")))


def _request(call: Call) -> SignIn[Door] | None:
    return call.service.esia.request(call.text("request"))


def _stand_in(call: Call) -> StandIn:
    return StandIn(call.service.world, call.service.state)


def _went_on(call: Call, request: SignIn[Door], standing: Standing) -> Response:
    key = request.identity_key
    if standing.stage is not Stage.DONE or key is None:
        return form(standing, call.site.login, request.id)
    task = call.service.esia.finish(request, key)
    region = request.purpose.region_id
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
        return error_page(STALE, 400)
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
