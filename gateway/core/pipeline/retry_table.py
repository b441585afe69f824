"""What is repeated: the table of outcomes and request kinds, as data (resilience notes 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gateway.core.errors import (
    GatewayError,
    InteractionRequired,
    LoginOutcomeUnknown,
    OutcomeUnknown,
)
from gateway.core.wire import RequestKind


class OutcomeClass(StrEnum):
    """How an attempt failed."""

    NOT_SENT = "not_sent"
    CERTIFICATE = "certificate"
    STALE_CONNECTION = "stale_connection"
    CUT_SHORT = "cut_short"
    SERVER_FAILURE = "server_failure"
    THROTTLED = "throttled"
    SESSION_LOST = "session_lost"
    REFUSED = "refused"
    MAINTENANCE = "maintenance"
    BROKEN_JSON = "broken_json"
    DRIFT = "drift"
    OVER_LIMIT = "over_limit"


class Action(StrEnum):
    """What follows a failed attempt.

    Attributes:
        RETRY: Another attempt after the backoff, as long as attempts are left.
        ONCE: The same, once per call.
        FREE_ONCE: Once per call, at once, outside the budget and the number of attempts.
        AFTER_GATE: As RETRY, but not before the gate of its scope opens.
        AFTER_LOGIN: One new login, then once more; outside budget and number of attempts.
        AFTER_LOGIN_IF_CHECKED: The same, only if the provider checks the session before it writes.
        WITH_KEY: As RETRY, only with an idempotency key of the provider.
        NEVER_BLIND: Not here; the session layer may recover a refresh (resilience notes 3).
        NEVER: The end.
        IMPOSSIBLE: Cannot come about; treated as NEVER.
    """

    RETRY = "retry"
    ONCE = "once"
    FREE_ONCE = "free_once"
    AFTER_GATE = "after_gate"
    AFTER_LOGIN = "after_login"
    AFTER_LOGIN_IF_CHECKED = "after_login_if_checked"
    WITH_KEY = "with_key"
    NEVER_BLIND = "never_blind"
    NEVER = "never"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table.

    Attributes:
        action: What follows.
        raises: The error for the caller when nothing follows, instead of the attempt's own.
    """

    action: Action
    raises: type[GatewayError] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome.

    Attributes:
        cells: What follows for each kind of request.
        breaker: Whether it counts as a failure of the origin.
        gate: Seconds for which nothing is sent to the host afterwards.
        drift: Whether it is reported as a change of the provider's shape.
    """

    cells: Mapping[RequestKind, Cell]
    breaker: bool
    gate: float = 0.0
    drift: bool = False


MAINTENANCE_GATE = 60.0

_RETRY = Cell(Action.RETRY)
_ONCE = Cell(Action.ONCE)
_AFTER_GATE = Cell(Action.AFTER_GATE)
_NEVER = Cell(Action.NEVER)
_NEVER_BLIND = Cell(Action.NEVER_BLIND)
# A write that was sent is done, refused or of unknown outcome, nothing else (resilience notes 11).
_WRITE_UNKNOWN = Cell(Action.NEVER, OutcomeUnknown)


def _row(
    read: Cell,
    auth: Cell,
    refresh: Cell,
    write: Cell,
    *,
    breaker: bool = False,
    gate: float = 0.0,
    drift: bool = False,
) -> Row:
    cells = {
        RequestKind.READ: read,
        RequestKind.AUTH: auth,
        RequestKind.REFRESH: refresh,
        RequestKind.WRITE: write,
    }
    return Row(cells, breaker, gate, drift)


RETRY_TABLE: Mapping[OutcomeClass, Row] = {
    OutcomeClass.NOT_SENT: _row(_RETRY, _ONCE, _RETRY, _RETRY, breaker=True),
    OutcomeClass.CERTIFICATE: _row(_NEVER, _NEVER, _NEVER, _NEVER),
    OutcomeClass.STALE_CONNECTION: _row(
        Cell(Action.FREE_ONCE), Cell(Action.IMPOSSIBLE), _NEVER, _WRITE_UNKNOWN
    ),
    OutcomeClass.CUT_SHORT: _row(
        _RETRY, Cell(Action.NEVER, LoginOutcomeUnknown), _NEVER_BLIND, _WRITE_UNKNOWN, breaker=True
    ),
    OutcomeClass.SERVER_FAILURE: _row(
        _RETRY, _NEVER, _NEVER_BLIND, Cell(Action.WITH_KEY, OutcomeUnknown), breaker=True
    ),
    OutcomeClass.THROTTLED: _row(_AFTER_GATE, _NEVER, _AFTER_GATE, _AFTER_GATE),
    OutcomeClass.SESSION_LOST: _row(
        Cell(Action.AFTER_LOGIN),
        _NEVER,
        Cell(Action.NEVER, InteractionRequired),
        Cell(Action.AFTER_LOGIN_IF_CHECKED),
    ),
    OutcomeClass.REFUSED: _row(_NEVER, _NEVER, _NEVER, _NEVER),
    OutcomeClass.MAINTENANCE: _row(
        _NEVER, _NEVER, _NEVER, _NEVER, breaker=True, gate=MAINTENANCE_GATE
    ),
    OutcomeClass.BROKEN_JSON: _row(_ONCE, _NEVER, _NEVER, _NEVER, breaker=True),
    OutcomeClass.DRIFT: _row(_NEVER, _NEVER, _NEVER, _NEVER, drift=True),
    OutcomeClass.OVER_LIMIT: _row(_NEVER, _NEVER, _NEVER, _NEVER),
}
"""The table; 408, 500, 502, 503, 504 and 52x are SERVER_FAILURE, other 4xx REFUSED.

A login page, with whatever status, is SESSION_LOST; for AUTH it means wrong credentials.
"""
