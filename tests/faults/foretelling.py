"""What a case must come to, by the rules of the retry table and nothing of the code behind it."""

from dataclasses import dataclass, field
from typing import Final

from gateway.core.contract.session import SessionStatus
from gateway.core.errors import (
    AccessDenied,
    DeadlineExceeded,
    GatewayError,
    InteractionRequired,
    KnownWrongSecret,
    LoginOutcomeUnknown,
    OutcomeUnknown,
    SessionLost,
    WrongCredentials,
)
from gateway.core.pipeline.retry_table import OutcomeClass
from tests.faults.calls import Call, CallKind
from tests.faults.catalogue import CALL_SECONDS, FILE_SECONDS, Fault, Group, Row
from tests.faults.lanes import Plan

OUTCOME = OutcomeClass

READ_ATTEMPTS: Final = 3
MOST_REDIRECTS: Final = 5
LONGEST_WAIT: Final = 30.0

_RETRIED: Final = {
    CallKind.READ: {OUTCOME.NOT_SENT, OUTCOME.CUT_SHORT, OUTCOME.SERVER_FAILURE, OUTCOME.THROTTLED},
    CallKind.AUTH: set(),
    CallKind.REFRESH: {OUTCOME.NOT_SENT, OUTCOME.THROTTLED},
    CallKind.WRITE: {OUTCOME.NOT_SENT, OUTCOME.THROTTLED},
}
_ONCE_MORE: Final = {
    CallKind.READ: {OUTCOME.STALE_CONNECTION, OUTCOME.BROKEN_JSON},
    CallKind.AUTH: {OUTCOME.NOT_SENT},
    CallKind.REFRESH: set(),
    CallKind.WRITE: set(),
}
_UNKNOWN_WRITE: Final = {OUTCOME.CUT_SHORT, OUTCOME.STALE_CONNECTION, OUTCOME.SERVER_FAILURE}
_UNREADABLE: Final = {OUTCOME.BROKEN_JSON, OUTCOME.DRIFT, OUTCOME.OVER_LIMIT}
_KEEPS_REFRESH_TOKEN: Final = {
    OUTCOME.NOT_SENT,
    OUTCOME.CERTIFICATE,
    OUTCOME.THROTTLED,
    OUTCOME.MAINTENANCE,
}


@dataclass
class Expected:
    """What one call must come to.

    Attributes:
        error: Class of the error; None for a result.
        least: Fewest times that the struck request reaches the wire.
        most: Most times.
        altered: Whether the result differs from the good one.
    """

    error: type[GatewayError] | None
    least: int
    most: int
    altered: bool = False


@dataclass
class Foretelling:
    """Follows a case call by call.

    Attributes:
        call: The call.
        fault: The fault.
        plan: Which of its requests are struck.
        status: What the account's session must be like now.
    """

    call: Call
    fault: Fault
    plan: Plan
    status: SessionStatus = SessionStatus.ACTIVE
    _requests: int = 0
    _shut: bool = False
    _refused: bool = False
    _dead_refresh: bool = False
    _settled: bool = False
    _again: set[OutcomeClass] = field(default_factory=set)

    @property
    def row(self) -> Row:
        """What the fault comes to for this very call."""
        return self.call.rows.get(self.fault.name, self.fault.row)

    @property
    def kind(self) -> CallKind:
        """The class as the table has it: a file is a READ."""
        return CallKind.READ if self.call.kind is CallKind.FILE else self.call.kind

    def next_call(self) -> Expected:
        """What the next call must come to."""
        if self.status is SessionStatus.NEEDS_LOGIN:
            return Expected(InteractionRequired, 0, 0)
        if self._shut:
            return Expected(self.row.error, 0, 0)
        if self._refused:
            return Expected(KnownWrongSecret, 0, 0)
        if self._dead_refresh:
            self.status = SessionStatus.NEEDS_LOGIN
            return Expected(InteractionRequired, 1, 1)
        if self._settled:
            return Expected(None, 0, 0)
        self._again = set()
        return self._attempts()

    def pause_over(self) -> None:
        """More than a day has passed."""
        self._shut = self._refused = False

    def left(self) -> None:
        """Its caller left, and it went on without them."""
        self._settled = self.call.settles

    def calmed(self) -> None:
        """Nothing is struck any more."""
        self.plan = Plan()

    def _attempts(self) -> Expected:
        sent, attempts, spent = 0, 0, 0.0
        while True:
            struck, hops = self._next_request(first=attempts == 0)
            attempts += 1
            row = self.row
            if not struck or row.outcome is None:
                return self._succeeded(sent + hops, altered=struck and row.altered)
            sent += hops if self.fault.group is not Group.CONNECT else 0
            spent += self.fault.seconds
            if self.fault.gate > LONGEST_WAIT:
                self._shut = True
            if not self._more(row.outcome, attempts, spent):
                return self._failed(row, sent, late=spent >= self._seconds)

    def _next_request(self, *, first: bool) -> tuple[bool, int]:
        """Whether the next request is struck, and how often it is sent."""
        hops = 0
        while True:
            struck = self.plan.fault is not None and self.plan.strikes(self._requests)
            if self.fault.name == "stale keep-alive":
                # Only a connection that was used before is stale: never that of a secret.
                struck = struck and first and self.kind is not CallKind.AUTH
            self._requests += 1
            hops += 1
            # Redirects that lead back to the request are walked within one attempt.
            walks_on = self.fault.name == "redirect loop" and self.call.kind is CallKind.FILE
            if not struck or not walks_on or hops > MOST_REDIRECTS:
                return struck, hops

    @property
    def _seconds(self) -> float:
        return FILE_SECONDS if self.call.kind is CallKind.FILE else CALL_SECONDS

    def _more(self, outcome: OutcomeClass, attempts: int, spent: float) -> bool:
        if self.call.kind is CallKind.FILE and self.fault.in_body:
            return False  # pieces of it are in use already
        if spent >= self._seconds or self._shut:
            return False
        if outcome in _RETRIED[self.kind]:
            return attempts < READ_ATTEMPTS
        if outcome in _ONCE_MORE[self.kind] and outcome not in self._again:
            self._again.add(outcome)
            return True
        return False

    def _succeeded(self, sent: int, *, altered: bool) -> Expected:
        if self.call.kind is CallKind.REFRESH:
            self.status = SessionStatus.ACTIVE
        self._settled = self.call.settles and not altered
        return Expected(None, *self._range(sent), altered=altered)

    def _failed(self, row: Row, sent: int, *, late: bool) -> Expected:
        error = DeadlineExceeded if late and self.kind is CallKind.READ else row.error
        self._settled = self.call.settles and self.fault.taken
        match self.kind:
            case CallKind.READ if row.outcome is OUTCOME.SESSION_LOST:
                error = InteractionRequired
                self.status = SessionStatus.NEEDS_LOGIN
            case CallKind.AUTH if row.outcome is OUTCOME.CUT_SHORT:
                error = LoginOutcomeUnknown
            case CallKind.AUTH:
                self._refused = issubclass(error, WrongCredentials)
            case CallKind.WRITE if row.outcome in _UNKNOWN_WRITE:
                error = OutcomeUnknown
            case CallKind.WRITE if row.outcome in _UNREADABLE and not self.call.signs_in:
                error = OutcomeUnknown
            case CallKind.REFRESH:
                error = self._refresh_failed(row, error)
        return Expected(error, *self._range(sent))

    def _refresh_failed(self, row: Row, error: type[GatewayError]) -> type[GatewayError]:
        if issubclass(error, InteractionRequired):
            self.status = SessionStatus.NEEDS_LOGIN
        elif row.outcome not in _KEEPS_REFRESH_TOKEN:
            self.status = SessionStatus.REFRESHING
            self._dead_refresh = self.fault.taken
        return SessionLost if issubclass(error, AccessDenied) else error

    def _range(self, sent: int) -> tuple[int, int]:
        """A reset before any byte looks like a stale connection where one was used before."""
        loose = self.fault.name == "reset after sending" and self.kind is CallKind.READ
        return sent, sent + 1 if loose else sent
