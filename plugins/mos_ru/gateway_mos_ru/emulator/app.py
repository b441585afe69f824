"""The ASGI application: every host of an installation by path on one port."""

from collections.abc import Hashable
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as AsgiRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.sandbox.web.encoding import encode
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
    return Starlette(routes=[AsgiRoute("/{path:path}", Dispatcher(service, make_router()))])


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
        self._kept: dict[Hashable, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        body = await request.body()
        response = self._answer(request, body)
        await response(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        service = self._service
        site = site_for(request.headers.get("host"), service.node, service.origin)
        if site.is_closed:
            return blocked_page()
        method = "GET" if request.method == "HEAD" else request.method
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
            return _dressed(route.handler(call))
        scope = call.request.scope
        key = (call.grant.account_key, call.site.origin, scope["path"], scope["query_string"])
        kept = self._kept.get(key)
        if kept is None:
            kept = bytes(_dressed(route.handler(call)).body)
            if len(self._kept) >= _ANSWERS_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = kept
        return Response(kept, media_type=JSON_TYPE)


def _dressed(answer: object) -> Response:
    if isinstance(answer, Response):
        return answer
    return Response(encode(answer), media_type=JSON_TYPE)
