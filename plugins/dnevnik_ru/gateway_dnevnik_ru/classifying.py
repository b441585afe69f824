"""What an answer means, before anything is read from it (protocol notes 5).

A refusal may come with any HTTP status, HTTP 200 included, so the body is looked at first.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from gateway.core.errors import (
    AccessDenied,
    GatewayError,
    InvalidRequest,
    NotFound,
    NotSupported,
    OtherFamily,
    RateLimited,
    Refused,
    ServerFailure,
)
from gateway.core.wire.outcome import SESSION_LOST, Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_dnevnik_ru.routes import API, LOGIN
from gateway_dnevnik_ru.signing import app_version_of
from gateway_dnevnik_ru.wire.errors import Refusal

_THROTTLED: Final = frozenset({429, 433})
_MAINTENANCE: Final = frozenset({405, 503, 550})
_UNAUTHORIZED: Final = 401
_REDIRECTS: Final = range(300, 400)
_ERRORS: Final = range(400, 600)
_LARGEST_REFUSAL: Final = 4096
_SUCCESS: Final = "success"
_SUCCESS_HEAD: Final = (b'{"type":"Success"', b'{"type": "Success"')

_LOST: Final = frozenset({"invalidtoken", "tokenrequired"})
_REFUSALS: Final[Mapping[str, type[GatewayError]]] = {
    "outofscope": AccessDenied,
    "systemforbidden": AccessDenied,
    "notowner": OtherFamily,
    "ownerforbidden": OtherFamily,
    "parameterinvalid": NotFound,
    "resourceunavailable": NotFound,
    "invalidrequest": InvalidRequest,
    "httpsrequired": InvalidRequest,
    "methodnotsupported": NotSupported,
    "authorizationfailed": AccessDenied,
}
_THROTTLES: Final = frozenset({"requestlimit"})
_FAILURES: Final = frozenset({"servererror", "unknownerror", "unexpectederror"})
_PREFIXES: Final = ("api", "authorization")

_LOGIN_PAGE: Final = (b'name="password"', b'name="login"')


def classified(request: WireRequest, response: WireResponse) -> Outcome | None:
    """The verdict on an answer; None leaves it to its HTTP status.

    What a login flow reads itself is judged before, by the flows' own rules.
    """
    if response.status in _THROTTLED:
        return Outcome(OutcomeKind.THROTTLED)
    if request.role == API:
        word = refusal_word(request, response)
        told = _refusal(word, response.status) if word is not None else None
        if told is not None:
            return told
    if response.status in _MAINTENANCE:
        return Outcome(OutcomeKind.MAINTENANCE)
    if request.role == LOGIN or request.kind in {RequestKind.AUTH, RequestKind.REFRESH}:
        return None
    if response.status == _UNAUTHORIZED or is_login_page(response):
        return SESSION_LOST
    return None


def refusal_word(request: WireRequest, response: WireResponse) -> str | None:
    """The word of a refusal in an answer of the `api` role; None for an answer that is none."""
    body = response.body
    in_app = app_version_of(request.path) is not None
    if response.status not in _ERRORS:
        if in_app and body.startswith(_SUCCESS_HEAD):
            return None
        if not in_app and (len(body) > _LARGEST_REFUSAL or b'"type"' not in body):
            return None
    if not body[:64].lstrip().startswith(b"{"):
        return None
    try:
        word = msgspec.json.decode(body, type=Refusal).type
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if not word or word.lower() == _SUCCESS:
        return None
    if in_app or response.status in _ERRORS or _meaning(word) in _KNOWN:
        return word
    return None


def is_login_page(response: WireResponse) -> bool:
    """Whether the answer is, or leads to, the page that asks for login and password."""
    if response.status in _REDIRECTS and response.location:
        return _asks_to_sign_in(response.location)
    if not response.looks_like_html():
        return False
    return _asks_to_sign_in(response.url) or all(mark in response.body for mark in _LOGIN_PAGE)


def _asks_to_sign_in(url: str) -> bool:
    parts = urlsplit(url)
    path = parts.path.lower()
    return path == "/login" or path.startswith("/login/")


def _meaning(word: str) -> str:
    """A word without its case and prefix: `apiRequestLimit` is `requestlimit`."""
    text = word.lower()
    for prefix in _PREFIXES:
        if text.startswith(prefix) and text[len(prefix) :] in _KNOWN:
            return text[len(prefix) :]
    return text


_KNOWN: Final = _LOST | _THROTTLES | _FAILURES | frozenset(_REFUSALS)


def _refusal(word: str, status: int) -> Outcome | None:
    meaning = _meaning(word)
    context = {"type": word} if meaning in _KNOWN else {}
    if meaning in _LOST:
        return SESSION_LOST
    if meaning in _THROTTLES:
        error: GatewayError = RateLimited(http_status=status, context=context)
        return Outcome(OutcomeKind.THROTTLED, error)
    if meaning in _FAILURES:
        return Outcome(OutcomeKind.UNAVAILABLE, ServerFailure(http_status=status, context=context))
    if meaning not in _REFUSALS and status in _ERRORS:
        return None
    refused = _REFUSALS.get(meaning, Refused)
    return Outcome(OutcomeKind.REFUSED, refused(http_status=status, context=context))
