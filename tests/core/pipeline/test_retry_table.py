from collections.abc import Awaitable, Callable
from random import Random

import pytest

from gateway.core.errors import (
    GatewayError,
    InteractionRequired,
    LoginOutcomeUnknown,
    OutcomeUnknown,
    ProviderTimeout,
)
from gateway.core.pipeline.budget import RetryBudget
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.retry import AttemptFailed, RetryPolicy, run_attempts
from gateway.core.pipeline.retry_table import RETRY_TABLE, OutcomeClass
from gateway.core.wire import RequestKind
from gateway.testing.clock import VirtualClock

KINDS = (RequestKind.READ, RequestKind.AUTH, RequestKind.REFRESH, RequestKind.WRITE)

# Outcome: READ, AUTH, REFRESH, WRITE, whether the breaker counts a failure.
TABLE = """
not_sent          retry        once        retry        retry                   fail
certificate       never        never       never        never                   -
stale_connection  free_once    impossible  never        never                   -
cut_short         retry        never       never_blind  never                   fail
server_failure    retry        never       never_blind  with_key                fail
throttled         after_gate   never       after_gate   after_gate              -
session_lost      after_login  never       never        after_login_if_checked  -
refused           never        never       never        never                   -
maintenance       never        never       never        never                   fail
broken_json       once         never       never        never                   fail
drift             never        never       never        never                   -
over_limit        never        never       never        never                   -
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}
CELLS = [
    (outcome, kind, action)
    for outcome, actions in ROWS.items()
    for kind, action in zip(KINDS, actions, strict=False)
]

# What a failure that never heals costs on the wire, by action, with nothing special allowed.
SENDS = {"retry": 3, "after_gate": 3, "once": 2, "free_once": 2, "after_login": 2}

RAISES: dict[tuple[str, RequestKind], type[GatewayError]] = {
    ("stale_connection", RequestKind.WRITE): OutcomeUnknown,
    ("cut_short", RequestKind.AUTH): LoginOutcomeUnknown,
    ("cut_short", RequestKind.WRITE): OutcomeUnknown,
    ("server_failure", RequestKind.WRITE): OutcomeUnknown,
    ("session_lost", RequestKind.REFRESH): InteractionRequired,
}


def test_the_table_has_exactly_these_rows() -> None:
    assert [outcome.value for outcome in RETRY_TABLE] == list(ROWS)
    assert set(RETRY_TABLE) == set(OutcomeClass)


@pytest.mark.parametrize("outcome, kind, action", CELLS)
def test_every_cell_says_what_follows(outcome: str, kind: RequestKind, action: str) -> None:
    cell = RETRY_TABLE[OutcomeClass(outcome)].cells[kind]
    assert cell.action.value == action
    assert cell.raises is RAISES.get((outcome, kind))


@pytest.mark.parametrize("outcome", list(ROWS))
def test_every_row_says_what_the_breaker_counts(outcome: str) -> None:
    row = RETRY_TABLE[OutcomeClass(outcome)]
    assert row.breaker is (ROWS[outcome][4] == "fail")
    assert row.gate == (60 if outcome == "maintenance" else 0)
    assert row.drift is (outcome == "drift")


async def _nothing() -> None:
    pass


async def _sends(
    outcome: str,
    kind: RequestKind,
    policy: RetryPolicy,
    relogin: Callable[[], Awaitable[None]] | None = _nothing,
) -> tuple[int, GatewayError]:
    """Requests on the wire where every attempt fails alike, and the error."""
    clock = VirtualClock(auto=True)
    sent: list[int] = []

    async def attempt(number: int) -> str:
        sent.append(number)
        raise AttemptFailed(OutcomeClass(outcome), ProviderTimeout("synthetic"))

    with pytest.raises(GatewayError) as caught:
        await run_attempts(
            attempt,
            kind=kind,
            clock=clock,
            rng=Random(1),
            budget=RetryBudget(),
            deadline=Deadline.after(clock, 30),
            policy=policy,
            relogin=relogin,
        )
    assert sent == list(range(1, len(sent) + 1))
    return len(sent), caught.value


@pytest.mark.parametrize("outcome, kind, action", CELLS)
async def test_every_cell_sends_as_often_as_it_says(
    outcome: str, kind: RequestKind, action: str
) -> None:
    sends, error = await _sends(outcome, kind, RetryPolicy())
    assert sends == SENDS.get(action, 1)
    assert error.attempts == sends
    if (outcome, kind) in RAISES:
        assert type(error) is RAISES[outcome, kind]
    elif action != "after_login":
        assert type(error) is ProviderTimeout


async def test_a_write_is_repeated_with_the_providers_idempotency_key() -> None:
    allowed = RetryPolicy(idempotency_key=True)
    assert (await _sends("server_failure", RequestKind.WRITE, allowed))[0] == 3
    sends, error = await _sends("cut_short", RequestKind.WRITE, allowed)
    assert (sends, type(error)) == (1, OutcomeUnknown)


async def test_a_write_follows_a_new_login_where_the_session_is_checked_first() -> None:
    allowed = RetryPolicy(session_checked_first=True)
    assert (await _sends("session_lost", RequestKind.WRITE, allowed))[0] == 2
    assert (await _sends("session_lost", RequestKind.WRITE, allowed, relogin=None))[0] == 1


@pytest.mark.parametrize("outcome", list(ROWS))
async def test_a_secret_goes_out_twice_only_if_it_never_left(outcome: str) -> None:
    allowed = RetryPolicy(idempotency_key=True, session_checked_first=True, attempts=10)
    sends, _ = await _sends(outcome, RequestKind.AUTH, allowed)
    assert sends == (2 if outcome == "not_sent" else 1)
