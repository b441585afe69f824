"""The ASGI application: both hosts by path on one port."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as AsgiRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.sandbox.web.encoding import encode
from gateway.sandbox.web.router import WrongMethodError, split
from gateway_gosuslugi.emulator import epgu, esia, myschool
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import JSON_TYPE, ApiError, no_such_route, wrong_method
from gateway_gosuslugi.emulator.rules import Match, Router
from gateway_gosuslugi.emulator.service import Service
from gateway_gosuslugi.emulator.sites import Site, site_for


def build_app(service: Service) -> ASGIApp:
    """The application of one running emulator."""
    return Starlette(routes=[AsgiRoute("/{path:path}", Dispatcher(service, make_router()))])


def make_router() -> Router:
    """Every path that is served, part by part."""
    router = Router()
    for part in (myschool, esia, epgu):
        part.register(router)
    return router


class Dispatcher:
    """Finds the handler of a request and dresses its answer."""

    def __init__(self, service: Service, router: Router) -> None:
        self._service = service
        self._router = router

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        body = await request.body()
        response = self._answer(request, body)
        await response(scope, receive, send)

    def _answer(self, request: Request, body: bytes) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        try:
            match = self._router.find(method, split(request.scope["path"]))
        except WrongMethodError:
            return wrong_method()
        if match is None:
            return no_such_route()
        site = site_for(request.headers.get("host"), self._service.origin)
        return _handled(Call(self._service, site, request, body, match.params), match, site)


def _handled(call: Call, match: Match, site: Site) -> Response:
    needs_session = match.route.dress.session
    if needs_session and not call.request.cookies:
        # A browser that nobody has signed in with is sent to the door.
        return Response(status_code=302, headers={"location": f"{site.esia}/login/"})
    try:
        if needs_session:
            call.need_session()
        return _dressed(match.route.handler(call))
    except ApiError as error:
        return error.response()


def _dressed(answer: object) -> Response:
    if isinstance(answer, Response):
        return answer
    return Response(encode(answer), media_type=JSON_TYPE)
