"""The ASGI application: every host of the service by path on one port."""

from typing import Final

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from gateway.sandbox.web.dispatch import application, asked_method
from gateway.sandbox.web.router import WrongMethodError, split
from gateway_eljur.emulator import api, site
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.envelope import good, refused
from gateway_eljur.emulator.errors import ApiError, maintenance, no_page, no_such_method
from gateway_eljur.emulator.rules import BASES, Access, Match, Router
from gateway_eljur.emulator.service import Service
from gateway_eljur.emulator.sites import site_for

_YEAR: Final = 365 * 86400
_GZIP_FROM: Final = 500


def build_app(service: Service) -> ASGIApp:
    """The application of one running emulator."""
    return application(
        Dispatcher(service, make_router()).answer,
        pause=lambda: service.quirks.delay,
        middleware=[Middleware(GZipMiddleware, minimum_size=_GZIP_FROM)],
    )


def make_router() -> Router:
    """Every path that is served."""
    router = Router()
    api.register(router)
    site.register(router)
    return router


class Dispatcher:
    """Finds the handler of a request and dresses its answer."""

    def __init__(self, service: Service, router: Router) -> None:
        self._service = service
        self._router = router

    def answer(self, request: Request, body: bytes) -> Response:
        """The answer to one request."""
        service = self._service
        where = site_for(request.headers.get("host"), service.origin)
        segments = split(request.scope["path"])
        method = asked_method(request)
        try:
            match = self._router.find(method, segments)
        except WrongMethodError:
            match = None
        call = Call(service, where, request, body, {} if match is None else match.params)
        is_api = bool(segments) and segments[0].lower() in BASES
        if match is not None:
            is_api = match.route.dress is not Access.PAGE
        if is_api and service.quirks.page_for_data:
            return maintenance()
        if match is None:
            return refused(call, no_such_method()) if is_api else no_page()
        return _of_method(call, match) if is_api else _of_page(call, match)


def _of_page(call: Call, match: Match) -> Response:
    try:
        answer: Response = match.route.handler(call)
    except ApiError as error:
        return refused(call, error)
    return answer


def _of_method(call: Call, match: Match) -> Response:
    access = match.route.dress
    if access is Access.BARE:
        return _of_page(call, match)
    try:
        call.check_devkey()
        if access is Access.TOKEN:
            _ = call.user
        answer = match.route.handler(call)
    except ApiError as error:
        return refused(call, error)
    response = answer if isinstance(answer, Response) else good(call, answer)
    _remember(call, response)
    return response


def _remember(call: Call, response: Response) -> None:
    """The cookie that every answer of the interface sets; a client counts its attributes."""
    if "ej_id" not in call.request.cookies:
        word = call.service.draws.guid()
        life = f"expires=Fri, 31 Dec 2049 00:00:00 GMT; Max-Age={_YEAR}"
        response.headers.append("set-cookie", f"ej_id={word}; {life}{call.site.cookie_tail}")
