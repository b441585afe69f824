"""What an answer of the diary means, before anything is read from it (notes 2.4, 5)."""

from typing import Final

from gateway.core.pipeline.pages import recognise
from gateway.core.wire.outcome import SESSION_LOST, Outcome, OutcomeKind
from gateway.core.wire.response import WireResponse

NOT_READY_PAUSE: Final = 1.0
"""Seconds after which the same is asked again; the service names none."""

_NOT_READY: Final = 202
_REDIRECTS: Final = range(300, 400)
_DEAD: Final = frozenset({401, 403})
_FIRST_SERVER_ERROR: Final = 500


def judged(response: WireResponse) -> Outcome | None:
    """The verdict on an answer; None leaves it to its HTTP status.

    A page in place of JSON is the sign-in page, unless it says that it is something else.
    """
    status = response.status
    if status == _NOT_READY:
        return Outcome(OutcomeKind.NOT_READY, after=NOT_READY_PAUSE)
    if status >= _FIRST_SERVER_ERROR or recognise(response) is not None:
        return None
    if status in _REDIRECTS or status in _DEAD or response.looks_like_html():
        return SESSION_LOST
    return None
