"""The ASGI application: every host of the service by path on one port."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp

from gateway.sandbox.web.dispatch import application, asked_method
from gateway.sandbox.web.memo import Memo
from gateway_dnevnik_ru.emulator import login, mobile, partner, web
from gateway_dnevnik_ru.emulator.call import Call, SignInNeededError
from gateway_dnevnik_ru.emulator.errors import ApiError, error_page, mobile_error, partner_error
from gateway_dnevnik_ru.emulator.families import site_for
from gateway_dnevnik_ru.emulator.login.pages import login_address
from gateway_dnevnik_ru.emulator.mobile.envelope import as_mobile, envelope
from gateway_dnevnik_ru.emulator.router import Dress, Match, Router, WrongMethodError, split
from gateway_dnevnik_ru.emulator.serialise import encode
from gateway_dnevnik_ru.emulator.service import Service

JSON: Final = "application/json; charset=utf-8"
_PARTNER_ROOTS: Final = frozenset({"v1", "v1.0", "v2", "v2.0"})
_DOUBLED: Final = re.compile(r"^/+v2(?:\.0)?/+https?:/+[^/]+", re.IGNORECASE)
_ANSWERS_KEPT: Final = 500


def build_app(service: Service) -> ASGIApp:
    """The application of one running emulator."""
    return application(Dispatcher(service, make_router()).answer)


def make_router() -> Router:
    """Every path that is served."""
    router = Router()
    login.register(router)
    partner.register(router)
    mobile.register(router)
    web.register(router)
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
        site = site_for(request.headers.get("host"), service.family, service.origin)
        segments = segments_of(request.scope["path"])
        method = asked_method(request)
        try:
            match = self._router.find(method, segments)
            if match is None and segments[:1] not in (["mobile"], ["api"]):
                # one client asks the feed at the root of the host
                match = self._router.find(method, ["v2", *segments])
        except WrongMethodError:
            call = Call(service, site, request, body, {})
            return _refusal(call, _dress_of(segments), ApiError("methodNotSupported"))
        if match is None:
            call = Call(service, site, request, body, {})
            return _refusal(call, _dress_of(segments), ApiError("apiResourceUnavailable"))
        call = Call(service, site, request, body, match.params)
        try:
            return self._handle(call, match)
        except ApiError as error:
            return _refusal(call, match.route.dress, error)
        except SignInNeededError:
            if match.route.dress is Dress.WEB_JSON:
                return partner_error(ApiError("tokenRequired"), wants_json=True)
            return RedirectResponse(login_address(site, _own_address(call)), 302)

    def _handle(self, call: Call, match: Match) -> Response:
        route = match.route
        if not route.cached:
            return _dressed(call, route.dress, route.handler(call))
        grant, request = call.grant, call.request
        address = (request.scope["path"], request.scope["query_string"])
        kept = self._kept.once(
            (call.site, grant.account_key, grant.scope.words, *address),
            lambda: bytes(_dressed(call, route.dress, route.handler(call)).body),
        )
        return Response(kept, media_type=JSON)


def segments_of(path: str) -> list[str]:
    """Segments of a request's path with the version of the partner interface made one.

    The most copied client asks some paths with the whole address doubled in the middle; the
    second one is taken.
    """
    segments = split(_DOUBLED.sub("", path))
    if segments and segments[0].lower() in _PARTNER_ROOTS:
        segments[0] = "v2"
    elif segments and segments[0].lower() in ("mobile", "api"):
        segments[0] = segments[0].lower()
    return segments


def _dressed(call: Call, dress: Dress, answer: object) -> Response:
    if isinstance(answer, Response):
        return answer
    if dress is Dress.MOBILE:
        answer = envelope(call, answer)
    return Response(encode(answer), media_type=JSON)


def _refusal(call: Call, dress: Dress, error: ApiError) -> Response:
    if dress is Dress.MOBILE:
        return mobile_error(as_mobile(error))
    if dress is Dress.PAGE:
        return error_page(error.description, error.status)
    return partner_error(error, wants_json=call.wants_json or dress is Dress.WEB_JSON)


def _dress_of(segments: list[str]) -> Dress:
    """How a path that is not served is refused."""
    root = segments[0].lower() if segments else ""
    return {"v2": Dress.PARTNER, "mobile": Dress.MOBILE, "api": Dress.WEB_JSON}.get(
        root, Dress.PAGE
    )


def _own_address(call: Call) -> str:
    """The address of the page that was asked for."""
    url = call.request.url
    tail = f"?{url.query}" if url.query else ""
    return f"{call.site.web}{url.path}{tail}"
