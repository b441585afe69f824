"""What an answer to a sign-in means to the pipeline, before the adapter's general rules."""

from typing import Final

import msgspec

from gateway.core.wire.outcome import OK, Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse

_FIRST_ERROR: Final = 400
_TIMED_OUT: Final = 408
_THROTTLED: Final = 429
_FIRST_SERVER_ERROR: Final = 500


def sign_in_verdict(_request: WireRequest, response: WireResponse) -> Outcome | None:
    """OK where the flow itself must read the answer; None leaves it to its HTTP status.

    A refusal is a JSON object with a status of its own (notes 2.2, 2.3): 400 stands for a wrong
    password and for a bad key of the application alike, and 403 for a blocked one.
    """
    status = response.status
    if not _FIRST_ERROR <= status < _FIRST_SERVER_ERROR or status in {_TIMED_OUT, _THROTTLED}:
        return None
    return OK if _is_object(response.body) else None


def _is_object(body: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(body), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
