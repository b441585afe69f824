"""The sign-in pages (notes 2.2), with the sandbox's own forms in place of the real application."""

from typing import Final

from starlette.responses import RedirectResponse, Response

from gateway.sandbox.esia.pages import ROOT, STALE, form
from gateway.sandbox.esia.sign_ins import SignIn
from gateway.sandbox.esia.stand_in import Stage, Standing
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import page
from gateway_gosuslugi.emulator.esia.arrivals import arrived
from gateway_gosuslugi.emulator.esia.authorize import LOGIN, SESSION
from gateway_gosuslugi.emulator.esia.book import Purpose, book_of
from gateway_gosuslugi.emulator.esia.refusals import RefusedError, by_redirect
from gateway_gosuslugi.emulator.esia.systems import PORTAL
from gateway_gosuslugi.emulator.rules import OPEN, Router

_TOO_WEAK: Final = "Для входа нужна подтверждённая учётная запись Госуслуг"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(LOGIN, show, dress=OPEN)
    for name, handler in (("login", give_password), ("code", give_code)):
        router.add(f"{ROOT}/{name}", handler, dress=OPEN, methods=("POST",))


def show(call: Call) -> object:
    """GET `/login/`: the form of the sign-in that the browser is at."""
    found = book_of(call).sign_ins.find(call.request.cookies.get(SESSION, ""))
    if found is None:
        return page("Госуслуги", STALE, 400)
    stage = book_of(call).stand_in.stage(found)
    return form(Standing(stage), call.site.esia, found.id)


def give_password(call: Call) -> object:
    """POST phone, e-mail or СНИЛС with the password."""
    found = book_of(call).sign_ins.find(call.text("request"))
    if found is None:
        return page("Госуслуги", STALE, 400)
    login, password = call.text("login"), call.text("password")
    return _next(call, found, book_of(call).stand_in.give_password(found, login, password))


def give_code(call: Call) -> object:
    """POST the second factor."""
    found = book_of(call).sign_ins.find(call.text("request"))
    if found is None:
        return page("Госуслуги", STALE, 400)
    return _next(call, found, book_of(call).stand_in.give_code(found, call.text("code")))


def _next(call: Call, sign_in: SignIn[Purpose], standing: Standing) -> Response:
    if standing.stage is not Stage.DONE:
        return form(standing, call.site.esia, sign_in.id)
    purpose = sign_in.purpose
    try:
        return RedirectResponse(arrived(call, sign_in), 302)
    except RefusedError as refusal:
        if purpose.mnemonic == PORTAL:
            return page("Госуслуги", _TOO_WEAK, 403)
        return by_redirect(refusal, purpose.redirect_uri, purpose.state)
