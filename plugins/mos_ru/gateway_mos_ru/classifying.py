"""What an answer means, before anything is read from it (protocol notes 5)."""

from typing import Final

import msgspec

from gateway.core.errors import AccessDenied, NotSupported
from gateway.core.wire.outcome import SESSION_LOST, Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_mos_ru.routes import LOGIN

_UNAUTHORIZED: Final = 401
_DEAD_SESSION: Final = 499
_NOT_FOUND: Final = 404
_LARGEST_REFUSAL: Final = 4096
_NO_SUCH_ROUTE: Final = (b"method does not exist", b"no Route matched")


def classified(request: WireRequest, response: WireResponse) -> Outcome | None:
    """The verdict on an answer; None leaves it to its HTTP status."""
    if request.role == LOGIN or request.kind in {RequestKind.AUTH, RequestKind.REFRESH}:
        from gateway_mos_ru.login.verdict import sign_in_verdict  # noqa: PLC0415 - once a week

        return sign_in_verdict(request, response)
    if response.status == _DEAD_SESSION:
        return SESSION_LOST
    if response.status == _UNAUTHORIZED:
        return _unauthorized(response)
    if response.status == _NOT_FOUND and any(text in response.body for text in _NO_SUCH_ROUTE):
        error = NotSupported("this installation has no such route", http_status=_NOT_FOUND)
        return Outcome(OutcomeKind.REFUSED, error)
    return None


def _unauthorized(response: WireResponse) -> Outcome:
    """A service that is not open to this role says 401 too: no new token would help."""
    if lacks_right(response.body):
        error = AccessDenied("the service is not open to this role", http_status=_UNAUTHORIZED)
        return Outcome(OutcomeKind.REFUSED, error)
    return SESSION_LOST


def lacks_right(body: bytes) -> bool:
    """Whether a 401 is the front's `{"apikey":null}`: a missing right, not an old token."""
    if len(body) > _LARGEST_REFUSAL:
        return False
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(answer, dict) and "apikey" in answer and answer["apikey"] is None
