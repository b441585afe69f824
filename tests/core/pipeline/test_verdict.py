from datetime import UTC, datetime

import pytest

from gateway.core.errors import AnswerTooLarge, Maintenance, RateLimited, ServerFailure
from gateway.core.pipeline.retry_table import OutcomeClass
from gateway.core.pipeline.verdict import judge, judge_error
from gateway.core.wire.outcome import Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind
from gateway.core.wire.response import Hop, WireResponse

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
READ = RequestKind.READ


def answer(status: int, *headers: tuple[str, str], body: bytes = b"{}") -> WireResponse:
    return WireResponse(status, headers, body, (Hop("https://api.example/", status),))


@pytest.mark.parametrize(
    "kind, outcome",
    [
        (OutcomeKind.THROTTLED, OutcomeClass.THROTTLED),
        (OutcomeKind.UNAVAILABLE, OutcomeClass.SERVER_FAILURE),
        (OutcomeKind.MAINTENANCE, OutcomeClass.MAINTENANCE),
        (OutcomeKind.ANTI_BOT, OutcomeClass.MAINTENANCE),
    ],
)
def test_the_pause_that_an_answer_asks_for_holds_whoever_named_the_failure(
    kind: OutcomeKind, outcome: OutcomeClass
) -> None:
    failure = judge(Outcome(kind), READ, answer(433, ("retry-after", "90")), now=NOW)
    assert failure is not None
    assert (failure.outcome, failure.gate, failure.error.retry_after) == (outcome, 90, 90)


def test_the_adapters_own_pause_comes_first() -> None:
    told = Outcome(OutcomeKind.THROTTLED, RateLimited(retry_after=7), after=5)
    failure = judge(told, READ, answer(429, ("retry-after", "90")), now=NOW)
    assert failure is not None
    assert (failure.gate, failure.error.retry_after) == (5, 7)


def test_an_answer_that_asks_for_no_pause_closes_no_gate() -> None:
    failure = judge(Outcome(OutcomeKind.THROTTLED), READ, answer(429), now=NOW)
    assert failure is not None
    assert (failure.gate, failure.error.retry_after) == (0, None)


def test_a_refusal_is_no_reason_to_pause() -> None:
    failure = judge(Outcome(OutcomeKind.REFUSED), READ, answer(403, ("retry-after", "9")), now=NOW)
    assert failure is not None
    assert failure.gate == 0


@pytest.mark.parametrize("status", [408, 500, 501, 502, 503, 504, 520, 529, 599])
def test_every_server_error_is_the_servers_failure(status: int) -> None:
    failure = judge(None, READ, answer(status), now=NOW)
    assert failure is not None
    assert failure.outcome is OutcomeClass.SERVER_FAILURE
    assert isinstance(failure.error, ServerFailure)


@pytest.mark.parametrize("status", [200, 401, 403, 503])
def test_a_maintenance_page_is_one_whatever_its_status(status: int) -> None:
    page = "<html>В дневнике ведутся технические работы</html>".encode()
    failure = judge(None, READ, answer(status, body=page), now=NOW)
    assert failure is not None
    assert isinstance(failure.error, Maintenance)
    assert failure.error.http_status == status


def test_what_is_said_inside_data_is_no_page() -> None:
    body = '{"text": "<html>ведутся технические работы</html>"}'.encode()
    assert judge(None, READ, answer(200, body=body), now=NOW) is None


def test_nesting_too_deep_is_over_a_limit_and_never_repeated() -> None:
    assert judge_error(AnswerTooLarge()).outcome is OutcomeClass.OVER_LIMIT
