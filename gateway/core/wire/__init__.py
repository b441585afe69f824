"""What an adapter sends and gets back, as plain data, apart from how it travels."""

from gateway.core.wire.jar import Cookie, CookieJar
from gateway.core.wire.outcome import Outcome, OutcomeKind
from gateway.core.wire.request import Body, RequestKind, WireRequest
from gateway.core.wire.response import Hop, WireResponse

__all__ = [
    "Body",
    "Cookie",
    "CookieJar",
    "Hop",
    "Outcome",
    "OutcomeKind",
    "RequestKind",
    "WireRequest",
    "WireResponse",
]
