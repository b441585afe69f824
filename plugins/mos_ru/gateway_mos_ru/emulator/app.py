"""The ASGI application: every host of an installation by path on one port."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from gateway.sandbox.web.dispatch import application, asked_method, json_answer
from gateway.sandbox.web.memo import Memo
from gateway.sandbox.web.router import WrongMethodError, split
from gateway_mos_ru.emulator import data, login
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import (
    JSON_TYPE,
    ApiError,
    blocked_page,
    no_such_method,
    wrong_method,
)
from gateway_mos_ru.emulator.rules import Match, Router, missing_on
from gateway_mos_ru.emulator.service import Service
from gateway_mos_ru.emulator.sites import site_for

_ANSWERS_KEPT: Final = 500


def build_app(service: Service) -> ASGIApp:
    """The application of one running emulator."""
    return application(Dispatcher(service, make_router()).answer)


def make_router() -> Router:
    """Every path that is served."""
    router = Router()
    login.register(router)
    data.register(router)
    return router


class Dispatcher:
    """Finds the handler of a request and dresses its answer."""

    def __init__(self, service: Service, router: Router) -> None:
        self._service = service
        self._router = router
        self._kept = Memo(_ANSWERS_KEPT)

    def answer(self, request: Request, body: bytes) -> Response:
        """The answer to one request."""
        service = self._service
        site = site_for(request.headers.get("host"), service.node, service.origin)
        if site.is_closed:
            return blocked_page()
        method = asked_method(request)
        try:
            match = self._router.find(method, split(request.scope["path"]))
        except WrongMethodError:
            return wrong_method().response()
        if match is None or missing_on(service.node, match.route.dress):
            return no_such_method().response()
        call = Call(service, site, request, body, match.params)
        try:
            call.check(match.route.dress)
            return self._handle(call, match)
        except ApiError as error:
            return error.response()

    def _handle(self, call: Call, match: Match) -> Response:
        route = match.route
        if not route.cached:
            return json_answer(route.handler(call), JSON_TYPE)
        scope = call.request.scope
        key = (call.grant.account_key, call.site.origin, scope["path"], scope["query_string"])
        kept = self._kept.once(key, lambda: bytes(json_answer(route.handler(call), JSON_TYPE).body))
        return Response(kept, media_type=JSON_TYPE)
