"""The forty faults as data: what they are to the pipeline, and what is raised in the end."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gateway.core.errors import (
    AccessDenied,
    AnswerTooLarge,
    BadResponse,
    CertificateInvalid,
    ConnectFailed,
    ConnectionBroken,
    DeadlineExceeded,
    ForbiddenAddress,
    GatewayError,
    Maintenance,
    NotFound,
    ProviderTimeout,
    RateLimited,
    Refused,
    ServerFailure,
    SessionLost,
    ShapeChanged,
)
from gateway.core.pipeline.retry_table import OutcomeClass


class Group(StrEnum):
    """Where it goes wrong."""

    CONNECT = "connect"
    EXCHANGE = "exchange"
    STATUS = "status"
    PAGES = "pages"
    PAYLOAD = "payload"
    LOCAL = "local"


@dataclass(frozen=True)
class Row:
    """What a fault comes to for a call.

    Attributes:
        outcome: Row of the retry table; None where the call succeeds nevertheless.
        error: What the attempt ends with.
        altered: Whether the call succeeds with an answer unlike the good one.
    """

    outcome: OutcomeClass | None
    error: type[GatewayError] = GatewayError
    altered: bool = False


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes:
        name: As the server, the carrier or `local.py` knows it.
        group: Where it goes wrong.
        row: What it comes to, where neither the call's class nor its provider says otherwise.
        seconds: How long an attempt lasts that it strikes.
        taken: Whether the provider has done what was asked for before it shows.
        in_body: Whether it shows only after a good head.
        gate: Seconds for which the host asks to be left alone.
    """

    name: str
    group: Group
    row: Row
    seconds: float = 0.0
    taken: bool = False
    in_body: bool = False
    gate: float = 0.0

    def __str__(self) -> str:
        return self.name


OUTCOME = OutcomeClass

FINE: Final = Row(None)
ALTERED: Final = Row(None, altered=True)
_NOT_SENT: Final = Row(OUTCOME.NOT_SENT, ConnectFailed)
_CUT: Final = Row(OUTCOME.CUT_SHORT, ConnectionBroken)
_LATE: Final = Row(OUTCOME.CUT_SHORT, ProviderTimeout)
_FAILURE: Final = Row(OUTCOME.SERVER_FAILURE, ServerFailure)
_LOST: Final = Row(OUTCOME.SESSION_LOST, SessionLost)
_BROKEN: Final = Row(OUTCOME.BROKEN_JSON, BadResponse)
_LARGE: Final = Row(OUTCOME.OVER_LIMIT, AnswerTooLarge)

CONNECT_SECONDS, READ_SECONDS, CALL_SECONDS, FILE_SECONDS = 5.0, 15.0, 30.0, 120.0
POLITE_SECONDS, DAY_SECONDS = 2.0, 86_400.0

FAULTS: Final = (
    Fault("DNS", Group.CONNECT, _NOT_SENT),
    Fault("refused", Group.CONNECT, _NOT_SENT),
    Fault("black hole", Group.CONNECT, _NOT_SENT, seconds=CONNECT_SECONDS),
    Fault("certificate", Group.CONNECT, Row(OUTCOME.CERTIFICATE, CertificateInvalid)),
    Fault("handshake reset", Group.CONNECT, _NOT_SENT),
    Fault("reset after sending", Group.EXCHANGE, _CUT, taken=True),
    Fault("stale keep-alive", Group.EXCHANGE, Row(OUTCOME.STALE_CONNECTION, ConnectionBroken)),
    Fault("half headers", Group.EXCHANGE, _CUT, taken=True),
    Fault("bad status line", Group.EXCHANGE, Row(OUTCOME.CUT_SHORT, BadResponse)),
    Fault("cut body", Group.EXCHANGE, _CUT, taken=True, in_body=True),
    Fault("cut chunk", Group.EXCHANGE, _CUT, taken=True, in_body=True),
    Fault("stalled headers", Group.EXCHANGE, _LATE, seconds=READ_SECONDS, taken=True),
    Fault("stall in body", Group.EXCHANGE, _LATE, seconds=READ_SECONDS, taken=True, in_body=True),
    Fault(
        "drip",
        Group.EXCHANGE,
        Row(OUTCOME.CUT_SHORT, DeadlineExceeded),
        seconds=float("inf"),
        taken=True,
        in_body=True,
    ),
    Fault("500", Group.STATUS, _FAILURE),
    Fault("502 HTML", Group.STATUS, _FAILURE),
    Fault("503 + seconds", Group.STATUS, _FAILURE, gate=POLITE_SECONDS),
    Fault("503 + date", Group.STATUS, _FAILURE, gate=POLITE_SECONDS),
    Fault("429 bare", Group.STATUS, Row(OUTCOME.THROTTLED, RateLimited)),
    Fault("429 absurd", Group.STATUS, Row(OUTCOME.THROTTLED, RateLimited), gate=DAY_SECONDS),
    Fault("401", Group.STATUS, _LOST),
    Fault("403", Group.STATUS, Row(OUTCOME.REFUSED, AccessDenied)),
    Fault("404", Group.STATUS, Row(OUTCOME.REFUSED, NotFound)),
    Fault("409", Group.STATUS, Row(OUTCOME.REFUSED, Refused)),
    Fault("maintenance 200", Group.PAGES, Row(OUTCOME.MAINTENANCE, Maintenance)),
    Fault("login page 200", Group.PAGES, _LOST),
    Fault("login redirect", Group.PAGES, _LOST),
    Fault("foreign redirect", Group.PAGES, Row(OUTCOME.OVER_LIMIT, ForbiddenAddress)),
    Fault("redirect loop", Group.PAGES, Row(OUTCOME.OVER_LIMIT, BadResponse)),
    Fault("broken JSON", Group.PAYLOAD, _BROKEN, taken=True),
    Fault("wrong shape", Group.PAYLOAD, Row(OUTCOME.DRIFT, ShapeChanged), taken=True),
    Fault("unknown enum", Group.PAYLOAD, ALTERED, taken=True),
    Fault("oversize", Group.PAYLOAD, _LARGE),
    Fault("gzip bomb", Group.PAYLOAD, _LARGE),
    Fault("deep nesting", Group.PAYLOAD, _LARGE),
    Fault("bad UTF-8", Group.PAYLOAD, _BROKEN, taken=True),
    Fault("cancel while queued", Group.LOCAL, FINE),
    Fault("cancel while connecting", Group.LOCAL, FINE),
    Fault("cancel in body", Group.LOCAL, FINE),
    Fault("clock jump", Group.LOCAL, FINE),
)
"""Every fault."""

BY_NAME: Final = {fault.name: fault for fault in FAULTS}
PATTERNS: Final = ("once", "every second", "always")
