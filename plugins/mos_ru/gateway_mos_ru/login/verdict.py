"""What an answer to a sign-in means to the pipeline, before the adapter's general rules."""

from typing import Final

import msgspec

from gateway.core.errors import AntiBotPage, LoginError
from gateway.core.wire.outcome import OK, SESSION_LOST, Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_mos_ru.login import words
from gateway_mos_ru.routes import LOGIN

_FIRST_ERROR: Final = 400
_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403
_TIMED_OUT: Final = 408
_THROTTLED: Final = 429
_DEAD_SESSION: Final = 499
_FIRST_SERVER_ERROR: Final = 500


def sign_in_verdict(request: WireRequest, response: WireResponse) -> Outcome | None:
    """OK where the flow itself must read the answer; None leaves it to its HTTP status.

    A refusal comes as JSON with any status (notes 2.8), and 401 alone says neither that a
    password was wrong nor that a session was lost: only the flow can tell.
    """
    status = response.status
    if not _FIRST_ERROR <= status < _FIRST_SERVER_ERROR or status in {_TIMED_OUT, _THROTTLED}:
        return None
    if request.kind is RequestKind.REFRESH and request.role != LOGIN:
        return SESSION_LOST if status in {_UNAUTHORIZED, _DEAD_SESSION} else None
    if _is_object(response.body):
        return OK
    if status == _FORBIDDEN:
        refused = AntiBotPage("the sign-in refuses this network", text=words.REFUSED_NETWORK)
        return Outcome(OutcomeKind.ANTI_BOT, refused)
    error = LoginError("the sign-in is refused without a reason", http_status=status)
    return Outcome(OutcomeKind.REFUSED, error)


def _is_object(body: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(body), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
