"""What an answer means, before anything is read from it (notes 5).

The state stands twice, as HTTP status and in the envelope; success also needs an empty error.
"""

import re
from typing import Final, NamedTuple

import msgspec

from gateway.core.errors import (
    AccessDenied,
    ClientRejected,
    GatewayError,
    InvalidRequest,
    NotFound,
    Refused,
    ServerFailure,
    Text,
)
from gateway.core.wire.outcome import SESSION_LOST, Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_eljur.routes import (
    ABSENCES,
    API,
    CONTROL_WORKS,
    COURSE_TASKS,
    MESSAGE,
    NOTICE,
    WEB,
)

_OK: Final = 200
_BAD_REQUEST: Final = 400
_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404
_SERVER_FAILURE: Final = 500
_HEAD: Final = 256
_BAD_KEY: Final = "авторизовать разработчика"
# Nearly every answer begins so: its state is then known without reading all of it.
_GOOD: Final = re.compile(
    rb'\s*\{\s*"response"\s*:\s*\{\s*"state"\s*:\s*"?200"?\s*,\s*"error"\s*:\s*(?:null|"")\s*,'
)
_PAGES: Final = (ABSENCES.partition("{")[0], CONTROL_WORKS, COURSE_TASKS)
_AWAY: Final = frozenset({301, 302, 303, 307, 308, _UNAUTHORIZED, _FORBIDDEN})
_SIGN_IN_AGAIN: Final = Text(
    "Вход на сайт школы закончился. Чтобы снова видеть то, что есть только там, войдите в дневник "
    "заново; остальное работает.",
    "The sign-in to the school's site is over. Sign in to the diary again to see what stands only "
    "there; everything else works.",
)
_BY_NUMBER: Final = frozenset({MESSAGE, NOTICE})


class _State(msgspec.Struct):
    state: int | str | None = None
    error: str | None = None


class _Envelope(msgspec.Struct):
    response: _State | None = None


def classified(request: WireRequest, response: WireResponse) -> Outcome | None:
    """The verdict on an answer; None leaves it to its HTTP status."""
    if request.kind is RequestKind.AUTH:
        from gateway_eljur.login.verdict import sign_in_verdict  # noqa: PLC0415 - every 3 months

        return sign_in_verdict(request, response)
    if request.role == WEB and request.path.startswith(_PAGES):
        return _site_verdict(response)
    if request.role != API:
        return None
    if response.status in {_UNAUTHORIZED, _FORBIDDEN}:
        return SESSION_LOST
    told = told_of(response)
    if told is None or (told.state == _OK and response.status == _OK):
        return None
    if told.state in {_UNAUTHORIZED, _FORBIDDEN}:
        return SESSION_LOST
    if told.state >= _SERVER_FAILURE:
        return Outcome(OutcomeKind.UNAVAILABLE, ServerFailure(http_status=told.state))
    return Outcome(OutcomeKind.REFUSED, _refusal(request, told))


def _site_verdict(response: WireResponse) -> Outcome | None:
    """The verdict on a page of the site: its cookies end on their own, the token lives on."""
    if response.status not in _AWAY:
        return None
    left = AccessDenied("the site does not know the account any more", text=_SIGN_IN_AGAIN)
    return Outcome(OutcomeKind.REFUSED, left)


def _refusal(request: WireRequest, told: "Told") -> GatewayError:
    """What a refusal means; what is asked for by its number alone has no other bad parameter."""
    if _BAD_KEY in told.error.casefold():
        return ClientRejected(http_status=told.state)
    if told.state == _NOT_FOUND or (told.state == _BAD_REQUEST and request.path in _BY_NUMBER):
        return NotFound(http_status=told.state)
    refused = InvalidRequest if told.state == _BAD_REQUEST else Refused
    return refused(http_status=told.state)


class Told(NamedTuple):
    """What an envelope says of itself.

    Attributes:
        state: Its state; 400 for one that calls itself good and holds an error.
        error: Its error, empty where there is none.
    """

    state: int
    error: str = ""


def told_of(response: WireResponse) -> Told | None:
    """What the envelope of an answer says; None for an answer without one."""
    if b'"response"' not in response.body[:_HEAD]:
        return None
    if _GOOD.match(response.body, 0, _HEAD):
        return Told(_OK)
    try:
        told = msgspec.json.decode(response.body, type=_Envelope, strict=False).response
        state = int(told.state) if told is not None and told.state is not None else None
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
        return None
    if told is None or state is None:
        return None
    error = told.error or ""
    return Told(_BAD_REQUEST if state == _OK and error else state, error)
