"""What an answer means to the pipeline."""

from dataclasses import dataclass
from enum import StrEnum

from gateway.core.errors import GatewayError


class OutcomeKind(StrEnum):
    """The kinds of answers that the pipeline treats differently."""

    OK = "ok"
    NOT_READY = "not_ready"
    SESSION_LOST = "session_lost"
    DISPLACED = "displaced"
    REFUSED = "refused"
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"
    MAINTENANCE = "maintenance"
    ANTI_BOT = "anti_bot"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An adapter's verdict on one answer; it overrides the table by HTTP status.

    Attributes:
        kind: What it is.
        error: What to raise for anything but OK; made from `kind` if absent.
        after: Seconds to wait for NOT_READY and THROTTLED, where the provider told.
    """

    kind: OutcomeKind
    error: GatewayError | None = None
    after: float | None = None


OK = Outcome(OutcomeKind.OK)
SESSION_LOST = Outcome(OutcomeKind.SESSION_LOST)
