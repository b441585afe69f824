"""What an answer of API ЕПГУ means (notes 5)."""

from collections.abc import Mapping
from typing import Final

import msgspec

from gateway.core.errors import (
    AccessDenied,
    CancellationRefused,
    ConfigurationError,
    ConsentMissing,
    FilingNotPermitted,
    GatewayError,
    InvalidRequest,
    NotFound,
    RateLimited,
    Text,
    TooManyApplications,
)
from gateway.core.wire.outcome import SESSION_LOST, Outcome, OutcomeKind
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse
from gateway_gosuslugi.epgu.routes import EPGU
from gateway_gosuslugi.epgu.wire import Fault

ALLOWANCE_SECONDS: Final = 600.0
"""Span in which one person may file so many applications for one service, and no more."""

_NO_CONTENT: Final = 204
_UNAUTHORIZED: Final = 401
_TOO_MANY: Final = 429
_BODIES: Final = frozenset({400, 403, 409, 500})
_LARGEST: Final = 65_536

NO_CONSENT: Final = Text(
    "Вы не дали сервису согласия подавать заявления через Госуслуги. Войдите ещё раз и "
    "подтвердите согласие.",
    "You have not consented to the service filing applications at Gosuslugi. Sign in again and "
    "confirm the consent.",
)

_REFUSALS: Final[Mapping[str, type[GatewayError]]] = {
    "access_denied_person_permissions": ConsentMissing,
    "access_denied_personal_data": AccessDenied,
    "access_denied_service": FilingNotPermitted,
    "access_denied_system": FilingNotPermitted,
    "access_denied_user": FilingNotPermitted,
    "access_denied_user_legal": FilingNotPermitted,
    "bad_delegation": FilingNotPermitted,
    "config_delegation": FilingNotPermitted,
    "push_denied": FilingNotPermitted,
    "bad_request": InvalidRequest,
    "cancel_not_allowed": CancellationRefused,
    "limitation_exception": TooManyApplications,
    "not_found": NotFound,
    "order_access": AccessDenied,
    "service_not_found": ConfigurationError,
}
_DENIED: Final = "access_denied"


def classified(request: WireRequest, response: WireResponse) -> Outcome | None:
    """The verdict on an answer of API ЕПГУ; None leaves it to its HTTP status."""
    if request.role != EPGU:
        return None
    if response.status == _NO_CONTENT:
        return _refused(NotFound("the portal has no such application"), response)
    if response.status == _UNAUTHORIZED:
        return SESSION_LOST
    if response.status == _TOO_MANY:
        return Outcome(OutcomeKind.THROTTLED, RateLimited("too many requests", http_status=429))
    if response.status in _BODIES:
        return _by_code(response)
    return None


def _by_code(response: WireResponse) -> Outcome | None:
    code = (_fault(response).code or "").strip().lower()
    found = _REFUSALS.get(code)
    if found is None:
        # `internal_error` and unknown codes stay what their status says.
        found = AccessDenied if code.startswith(_DENIED) else None
    if found is None:
        return None
    text = NO_CONSENT if found is ConsentMissing else None
    error = found(f"the portal refused: {code}", context={"code": code}, text=text)
    if found is TooManyApplications:
        error.retry_after = ALLOWANCE_SECONDS
    return _refused(error, response)


def _fault(response: WireResponse) -> Fault:
    if len(response.body) > _LARGEST:
        return Fault()
    try:
        return msgspec.json.decode(response.body, type=Fault, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Fault()


def _refused(error: GatewayError, response: WireResponse) -> Outcome:
    error.http_status = response.status
    return Outcome(OutcomeKind.REFUSED, error)
