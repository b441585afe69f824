"""Refusals in every dress that the service gives them."""

from collections.abc import Mapping
from html import escape
from typing import Final

from starlette.responses import HTMLResponse, Response

from gateway_dnevnik_ru.emulator.serialise import JsonObject, encode

JSON_TYPE: Final = "application/json"
HTML_TYPE: Final = "text/html"
"""Sent without a charset on error pages: clients compare the whole header."""

MAINTENANCE: Final = 550
RATE_LIMIT: Final = 433

_KINDS: Final[Mapping[str, tuple[int, str]]] = {
    "tokenRequired": (401, "You must supply valid token to access method"),
    "invalidToken": (401, "The token is invalid or has expired"),
    "outOfScope": (403, "The method is out of the scope of the token"),
    "authorizationFailed": (400, "Can't authorize"),
    "parameterInvalid": (404, "The parameter is invalid"),
    "invalidRequest": (400, "The request is invalid"),
    "resourceUnavailable": (404, "The resource is unavailable"),
    "apiResourceUnavailable": (404, "There is no such resource"),
    "methodNotSupported": (405, "The method is not supported"),
    "requestLimit": (429, "Too many requests"),
    "serverError": (500, "Internal server error"),
    "ownerForbidden": (403, "The owner forbids access to the resource"),
    "notOwner": (403, "You are not the owner of the resource"),
    "systemForbidden": (403, "Access to the resource is forbidden"),
}
_ALWAYS_JSON: Final = frozenset({"tokenRequired", "invalidToken", "authorizationFailed"})


class ApiError(Exception):
    """A refusal of the partner or the app's interface, by its `type` word."""

    def __init__(
        self, kind: str, description: str | None = None, status: int | None = None
    ) -> None:
        default_status, default_text = _KINDS[kind]
        super().__init__(kind)
        self.kind = kind
        self.description = description or default_text
        self.status = status or default_status

    @property
    def body(self) -> JsonObject:
        """The two keys of every refusal."""
        return {"type": self.kind, "description": self.description}

    @property
    def always_json(self) -> bool:
        """Whether even clients that did not ask for JSON get it."""
        return self.kind in _ALWAYS_JSON


def invalid(what: str) -> ApiError:
    """A parameter that names nothing."""
    return ApiError("parameterInvalid", f"Parameter {what} is invalid")


def partner_error(error: ApiError, *, wants_json: bool) -> Response:
    """A refusal of the partner interface: JSON, or a page for those who did not ask for JSON."""
    if wants_json or error.always_json:
        return Response(encode(error.body), error.status, media_type=JSON_TYPE)
    return error_page(error.description, error.status)


def mobile_error(error: ApiError) -> Response:
    """A refusal of the app's interface: always HTTP 200."""
    body = error.body | {"mobileSubscriptionStatus": "NotActive"}
    return Response(encode(body), media_type=JSON_TYPE)


def error_page(text: str, status: int) -> Response:
    """The error page; clients cut the text out, so nothing may follow the paragraph."""
    page = (
        "<!DOCTYPE html><html><head><title>Ошибка</title></head><body>"
        f'<div class="error__description"><p>{escape(text)}</p>'
    )
    return Response(page.encode(), status, {"content-type": HTML_TYPE})


def maintenance() -> Response:
    """«Server Work»: what every host answers during maintenance."""
    page = "<html><head><title>Технические работы</title></head><body>Ведутся работы</body></html>"
    return HTMLResponse(page, MAINTENANCE)


def rate_limited(*, status: int = RATE_LIMIT) -> Response:
    """Too many requests: 433 of the service's own, or 429."""
    error = ApiError("requestLimit", status=status)
    return Response(encode(error.body), status, media_type=JSON_TYPE)
