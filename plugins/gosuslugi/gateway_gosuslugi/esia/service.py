"""What answers of ЕСИА's own interfaces mean, for a relying party."""

from typing import Final, TypeVar

import msgspec

from gateway.core.contract.adapter import Adapter
from gateway.core.errors import GatewayError
from gateway.core.wire.outcome import Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_gosuslugi.esia.oauth.refusals import code_in, refusal_of
from gateway_gosuslugi.esia.rest import wire

_FIRST_ERROR: Final = 400
_FIRST_SERVER_ERROR: Final = 500
_PASSING: Final = frozenset({408, 429})
_SIGN_INS: Final = frozenset({RequestKind.AUTH, RequestKind.REFRESH})

S = TypeVar("S", bound=msgspec.Struct)


class EsiaAdapter(Adapter):
    """The protocol of ЕСИА, without logins and diaries."""

    wire_models = (
        "gateway_gosuslugi.esia.rest.wire",
        "gateway_gosuslugi.esia.oauth.claims",
    )

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """A refusal by its code; whatever has none by its HTTP status."""
        status = response.status
        if status < _FIRST_ERROR or status in _PASSING:
            return None
        if request.kind in _SIGN_INS:
            return _of_sign_in(request, response)
        told = _read(response.body, wire.RestRefusal)
        text = told.code if told is not None else None
        if text is None or code_in(text) is None or status >= _FIRST_SERVER_ERROR:
            return None
        return _refused(refusal_of(None, text, status=status))


def _of_sign_in(request: WireRequest, response: WireResponse) -> Outcome | None:
    told = _read(response.body, wire.OAuthRefusal)
    if told is None or told.error is None:
        return None
    error = refusal_of(
        told.error,
        told.error_description,
        status=response.status,
        refreshing=request.kind is RequestKind.REFRESH,
    )
    unavailable = response.status >= _FIRST_SERVER_ERROR
    return Outcome(OutcomeKind.UNAVAILABLE, error) if unavailable else _refused(error)


def _refused(error: GatewayError) -> Outcome:
    return Outcome(OutcomeKind.REFUSED, error)


def _read(body: bytes, shape: type[S]) -> S | None:
    try:
        return msgspec.json.decode(body, type=shape, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
