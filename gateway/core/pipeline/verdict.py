"""What came of an attempt: the adapter's word first, then pages, then the HTTP status."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gateway.core.errors import (
    AccessDenied,
    AnswerTooLarge,
    AntiBotPage,
    BadResponse,
    CertificateInvalid,
    ForbiddenAddress,
    GatewayError,
    Maintenance,
    NotFound,
    ProviderUnavailable,
    RateLimited,
    Refused,
    ServerFailure,
    SessionDisplaced,
    SessionLost,
    ShapeChanged,
    WrongCredentials,
)
from gateway.core.pipeline.pages import recognise
from gateway.core.pipeline.retry_table import OutcomeClass
from gateway.core.transport.exchange import TransportFault, fault_of
from gateway.core.transport.retry_after import parse_retry_after
from gateway.core.wire.outcome import Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind
from gateway.core.wire.response import WireResponse


@dataclass(frozen=True, slots=True)
class Failure:
    """An attempt that did not do.

    Attributes:
        outcome: Its row of the retry table; None where nothing is repeated or counted.
        error: What the caller gets if it was the last.
        gate: Seconds for which the scope must not be sent to.
    """

    outcome: OutcomeClass
    error: GatewayError
    gate: float = 0.0


_KINDS: Final[dict[OutcomeKind, tuple[OutcomeClass, type[GatewayError]]]] = {
    OutcomeKind.SESSION_LOST: (OutcomeClass.SESSION_LOST, SessionLost),
    OutcomeKind.DISPLACED: (OutcomeClass.REFUSED, SessionDisplaced),
    OutcomeKind.REFUSED: (OutcomeClass.REFUSED, Refused),
    OutcomeKind.THROTTLED: (OutcomeClass.THROTTLED, RateLimited),
    OutcomeKind.UNAVAILABLE: (OutcomeClass.SERVER_FAILURE, ProviderUnavailable),
    OutcomeKind.MAINTENANCE: (OutcomeClass.MAINTENANCE, Maintenance),
    OutcomeKind.ANTI_BOT: (OutcomeClass.MAINTENANCE, AntiBotPage),
    OutcomeKind.BAD: (OutcomeClass.DRIFT, BadResponse),
}

_FAULTS: Final[dict[TransportFault, OutcomeClass]] = {
    TransportFault.NOT_SENT: OutcomeClass.NOT_SENT,
    TransportFault.CERTIFICATE: OutcomeClass.CERTIFICATE,
    TransportFault.STALE_CONNECTION: OutcomeClass.STALE_CONNECTION,
    TransportFault.SENT_NO_ANSWER: OutcomeClass.CUT_SHORT,
    TransportFault.TOO_LARGE: OutcomeClass.OVER_LIMIT,
    TransportFault.PROTOCOL: OutcomeClass.CUT_SHORT,
}

_PAUSING: Final = frozenset(
    {OutcomeKind.THROTTLED, OutcomeKind.UNAVAILABLE, OutcomeKind.MAINTENANCE, OutcomeKind.ANTI_BOT}
)
_TIMED_OUT: Final = 408
_FIRST_ERROR: Final = 400
_FIRST_SERVER_ERROR: Final = 500
_UNAUTHORIZED: Final = 401
_TOO_MANY: Final = 429


def judge(
    verdict: Outcome | None, kind: RequestKind, response: WireResponse, *, now: datetime
) -> Failure | None:
    """Why an answer does not do; None if it does.

    Args:
        verdict: The adapter's own, which overrides everything.
        kind: Kind of the request.
        response: The answer.
        now: The present, for `Retry-After` dates.
    """
    if verdict is not None:
        if verdict.kind is OutcomeKind.OK:
            return None
        return _from_adapter(verdict, kind, response, now)
    if response.status < _FIRST_ERROR:
        page = recognise(response) if response.body[:1] in b"<\xef \r\n" else None
    else:
        page = recognise(response)
    if page is not None:
        return _from_adapter(Outcome(page), kind, response, now)
    if response.status < _FIRST_ERROR:
        return None
    return _from_status(kind, response, now)


def _from_adapter(
    verdict: Outcome, kind: RequestKind, response: WireResponse, now: datetime
) -> Failure:
    outcome, error_class = _KINDS[verdict.kind]
    if verdict.kind is OutcomeKind.SESSION_LOST and kind is RequestKind.AUTH:
        outcome, error_class = OutcomeClass.REFUSED, WrongCredentials
    error = verdict.error or error_class(verdict.kind.value, http_status=response.status)
    if error.http_status is None:
        error.http_status = response.status
    after = None
    if verdict.kind in _PAUSING:
        # What the answer itself asks for holds also where the adapter only said what it is.
        after = verdict.after if verdict.after is not None else _asked_pause(response, now)
        error.retry_after = error.retry_after or after
    return Failure(outcome, error, after or 0.0)


def _from_status(kind: RequestKind, response: WireResponse, now: datetime) -> Failure:
    status = response.status
    after = _asked_pause(response, now)
    if status == _TOO_MANY:
        error: GatewayError = RateLimited(http_status=status, retry_after=after)
        return Failure(OutcomeClass.THROTTLED, error, after or 0.0)
    if status == _TIMED_OUT or status >= _FIRST_SERVER_ERROR:
        error = ServerFailure(http_status=status, retry_after=after)
        return Failure(OutcomeClass.SERVER_FAILURE, error, after or 0.0)
    if status == _UNAUTHORIZED and kind is RequestKind.AUTH:
        return Failure(OutcomeClass.REFUSED, WrongCredentials(http_status=status))
    if status == _UNAUTHORIZED:
        return Failure(OutcomeClass.SESSION_LOST, SessionLost(http_status=status))
    refusals: dict[int, type[GatewayError]] = {403: AccessDenied, 404: NotFound, 410: NotFound}
    return Failure(OutcomeClass.REFUSED, refusals.get(status, Refused)(http_status=status))


def _asked_pause(response: WireResponse, now: datetime) -> float | None:
    return parse_retry_after(
        response.header("retry-after"), now=now, date_header=response.header("date")
    )


def judge_error(error: GatewayError) -> Failure:
    """The row of an error that the transport or the decoding raised."""
    fault = fault_of(error)
    if fault is not None:
        return Failure(_FAULTS[fault], error)
    if isinstance(error, CertificateInvalid):
        return Failure(OutcomeClass.CERTIFICATE, error)
    if isinstance(error, AnswerTooLarge | ForbiddenAddress):
        return Failure(OutcomeClass.OVER_LIMIT, error)
    if isinstance(error, ShapeChanged):
        return Failure(OutcomeClass.DRIFT, error)
    if isinstance(error, BadResponse):
        return Failure(OutcomeClass.BROKEN_JSON, error)
    return Failure(OutcomeClass.REFUSED, error)
