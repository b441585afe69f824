"""What an answer means, before anything is read from it (notes 5).

The state stands twice, as HTTP status and in the envelope; success also needs an empty error.
"""

from typing import Final

import msgspec

from gateway.core.errors import GatewayError, InvalidRequest, NotFound, Refused, ServerFailure
from gateway.core.wire.outcome import SESSION_LOST, Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_eljur.routes import API, MESSAGE, NOTICE

_OK: Final = 200
_BAD_REQUEST: Final = 400
_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404
_SERVER_FAILURE: Final = 500
_HEAD: Final = 256
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
    if request.role != API:
        return None
    if response.status in {_UNAUTHORIZED, _FORBIDDEN}:
        return SESSION_LOST
    state = state_of(response)
    if state is None or (state == _OK and response.status == _OK):
        return None
    if state in {_UNAUTHORIZED, _FORBIDDEN}:
        return SESSION_LOST
    if state >= _SERVER_FAILURE:
        return Outcome(OutcomeKind.UNAVAILABLE, ServerFailure(http_status=state))
    return Outcome(OutcomeKind.REFUSED, _refusal(request, state))


def _refusal(request: WireRequest, state: int) -> GatewayError:
    """What a refusal means; what is asked for by its number alone has no other bad parameter."""
    if state == _NOT_FOUND or (state == _BAD_REQUEST and request.path in _BY_NUMBER):
        return NotFound(http_status=state)
    refused = InvalidRequest if state == _BAD_REQUEST else Refused
    return refused(http_status=state)


def state_of(response: WireResponse) -> int | None:
    """The envelope's own state; None for an answer without an envelope.

    An envelope that calls itself good and holds an error has the state 400.
    """
    if b'"response"' not in response.body[:_HEAD]:
        return None
    try:
        told = msgspec.json.decode(response.body, type=_Envelope, strict=False).response
        state = int(told.state) if told is not None and told.state is not None else None
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
        return None
    if state == _OK and told is not None and told.error:
        return _BAD_REQUEST
    return state
