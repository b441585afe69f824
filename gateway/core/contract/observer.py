"""What an observer learns of calls: facts for metrics, never content."""

from dataclasses import dataclass
from typing import Protocol

from gateway.core.errors import GatewayError
from gateway.core.wire.request import RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent:
    """One finished call of an operation.

    Attributes:
        account: Pseudonym of the account.
        source: `cache`, `stale` or `provider`.
        seconds: Elapsed time.
        issues: Records and fields that could not be read: drift of the provider's shape.
    """

    provider: str
    operation: str
    account: str
    source: str
    seconds: float
    issues: int = 0
    error: GatewayError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptEvent:
    """One time on the wire.

    Attributes:
        template: Path with placeholders.
        outcome: Kind of the outcome, or the error's code.
    """

    provider: str
    origin: str
    template: str
    kind: RequestKind
    number: int
    outcome: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerEvent:
    """A change of state of an origin's breaker."""

    origin: str
    before: str
    after: str


class CallObserver(Protocol):
    """Listens to what the pipeline does; a failing observer is dropped from the call."""

    def on_call(self, event: CallEvent) -> None:
        """A call ended."""
        ...

    def on_attempt(self, event: AttemptEvent) -> None:
        """A request was answered or failed."""
        ...

    def on_breaker(self, event: BreakerEvent) -> None:
        """A breaker changed its state."""
        ...
