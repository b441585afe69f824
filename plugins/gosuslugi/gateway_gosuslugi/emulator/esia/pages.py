"""The sign-in pages (notes 2.2), with the sandbox's own forms in place of the real application."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from gateway.sandbox.esia.pages import ROOT, STALE, form
from gateway.sandbox.esia.sign_ins import SignIn, SignIns
from gateway.sandbox.esia.stand_in import Stage, StandIn, Standing
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import page
from gateway_gosuslugi.emulator.rules import OPEN, Router
from gateway_gosuslugi.emulator.service import Service

AUTHORIZE: Final = "aas/oauth2/v2/ac"
_BOOK: Final[Hashable] = "esia pages"
_TOO_WEAK: Final = "Для входа нужна подтверждённая учётная запись Госуслуг"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Where the browser is to come back to."""

    redirect_uri: str
    state: str


@dataclass(frozen=True, slots=True)
class Book:
    """Sign-ins on their way, and who decides on them."""

    sign_ins: SignIns[Purpose]
    stand_in: StandIn


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(AUTHORIZE, begin, dress=OPEN)
    for name, handler in (("login", give_password), ("code", give_code)):
        router.add(f"{ROOT}/{name}", handler, dress=OPEN, methods=("POST",))


def begin(call: Call) -> object:
    """GET `/aas/oauth2/v2/ac`: the form."""
    purpose = Purpose(call.text("redirect_uri"), call.text("state"))
    sign_in = _book(call.service).sign_ins.begin(purpose)
    return form(Standing(Stage.PASSWORD), call.site.esia, sign_in.id)


def give_password(call: Call) -> object:
    """POST phone, e-mail or СНИЛС with the password."""
    book = _book(call.service)
    sign_in = book.sign_ins.find(call.text("request"))
    if sign_in is None:
        return page("Госуслуги", STALE, 400)
    standing = book.stand_in.give_password(sign_in, call.text("login"), call.text("password"))
    return _next(call, sign_in, standing)


def give_code(call: Call) -> object:
    """POST the second factor."""
    book = _book(call.service)
    sign_in = book.sign_ins.find(call.text("request"))
    if sign_in is None:
        return page("Госуслуги", STALE, 400)
    return _next(call, sign_in, book.stand_in.give_code(sign_in, call.text("code")))


def _next(call: Call, sign_in: SignIn[Purpose], standing: Standing) -> Response:
    if standing.stage is not Stage.DONE:
        return form(standing, call.site.esia, sign_in.id)
    book = _book(call.service)
    identity = book.stand_in.identity(sign_in)
    book.sign_ins.end(sign_in)
    if identity is None or identity.level is m.EsiaLevel.SIMPLIFIED:
        return page("Госуслуги", _TOO_WEAK, 403)
    back = sign_in.purpose
    query = urlencode({"code": call.service.arrivals.issue(identity.key), "state": back.state})
    return RedirectResponse(f"{back.redirect_uri}?{query}", 302)


def _book(service: Service) -> Book:
    return service.once(
        _BOOK, lambda: Book(SignIns(service.draws.guid), StandIn(service.world, service.state))
    )
