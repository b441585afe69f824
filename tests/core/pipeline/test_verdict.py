from datetime import UTC, datetime

import pytest

from gateway.core.errors import (
    AccessDenied,
    AnswerTooLarge,
    BadResponse,
    CertificateInvalid,
    ConnectFailed,
    ForbiddenAddress,
    GatewayError,
    Maintenance,
    NotFound,
    RateLimited,
    Refused,
    ServerFailure,
    SessionLost,
    ShapeChanged,
    WrongCredentials,
)
from gateway.core.pipeline.retry_table import OutcomeClass
from gateway.core.pipeline.verdict import judge, judge_error
from gateway.core.transport.exchange import TransportFault, faulted
from gateway.core.wire.outcome import SESSION_LOST, Outcome, OutcomeKind
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


@pytest.mark.parametrize("status", [429, 500, 503])
def test_without_a_pause_asked_for_no_gate_closes(status: int) -> None:
    failure = judge(None, READ, answer(status), now=NOW)
    assert failure is not None
    assert failure.gate == 0


def test_a_date_is_taken_relative_to_the_answers_own_clock() -> None:
    headers = (
        ("date", "Mon, 16 Nov 2020 10:00:00 GMT"),
        ("retry-after", "Mon, 16 Nov 2020 10:00:07 GMT"),
    )
    failure = judge(None, READ, answer(503, *headers), now=NOW)
    assert failure is not None
    assert (failure.gate, failure.error.retry_after) == (7, 7)


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("told", [None, SESSION_LOST])
def test_a_lost_session_is_a_wrong_secret_for_who_sent_one(
    kind: RequestKind, told: Outcome | None
) -> None:
    failure = judge(told, kind, answer(401), now=NOW)
    assert failure is not None
    if kind is RequestKind.AUTH:
        assert (failure.outcome, type(failure.error)) == (OutcomeClass.REFUSED, WrongCredentials)
    else:
        assert (failure.outcome, type(failure.error)) == (OutcomeClass.SESSION_LOST, SessionLost)


@pytest.mark.parametrize("own, status", [(None, 418), (409, 409)])
def test_the_adapters_error_learns_the_status_unless_it_knows(own: int | None, status: int) -> None:
    error = Refused(http_status=own)
    failure = judge(Outcome(OutcomeKind.REFUSED, error), READ, answer(418), now=NOW)
    assert failure is not None
    assert failure.error is error
    assert error.http_status == status


@pytest.mark.parametrize(
    "status, error", [(400, Refused), (403, AccessDenied), (404, NotFound), (410, NotFound)]
)
def test_other_refusals_are_told_apart(status: int, error: type[GatewayError]) -> None:
    failure = judge(None, READ, answer(status), now=NOW)
    assert failure is not None
    assert (failure.outcome, type(failure.error)) == (OutcomeClass.REFUSED, error)


@pytest.mark.parametrize(
    "error, outcome",
    [
        (CertificateInvalid(), OutcomeClass.CERTIFICATE),
        (ForbiddenAddress(), OutcomeClass.OVER_LIMIT),
        (ShapeChanged(), OutcomeClass.DRIFT),
        (BadResponse(), OutcomeClass.BROKEN_JSON),
        (Refused(), OutcomeClass.REFUSED),
        (faulted(BadResponse(), TransportFault.PROTOCOL), OutcomeClass.CUT_SHORT),
        (faulted(ConnectFailed(), TransportFault.NOT_SENT), OutcomeClass.NOT_SENT),
        (faulted(ConnectFailed(), TransportFault.CERTIFICATE), OutcomeClass.CERTIFICATE),
        (faulted(ConnectFailed(), TransportFault.SENT_NO_ANSWER), OutcomeClass.CUT_SHORT),
        (faulted(ConnectFailed(), TransportFault.STALE_CONNECTION), OutcomeClass.STALE_CONNECTION),
        (faulted(BadResponse(), TransportFault.TOO_LARGE), OutcomeClass.OVER_LIMIT),
    ],
)
def test_every_error_of_an_attempt_has_its_row(error: GatewayError, outcome: OutcomeClass) -> None:
    failure = judge_error(error)
    assert (failure.outcome, failure.error, failure.gate) == (outcome, error, 0)


def test_what_is_said_inside_data_is_no_page() -> None:
    body = '{"text": "<html>ведутся технические работы</html>"}'.encode()
    assert judge(None, READ, answer(200, body=body), now=NOW) is None


def test_nesting_too_deep_is_over_a_limit_and_never_repeated() -> None:
    assert judge_error(AnswerTooLarge()).outcome is OutcomeClass.OVER_LIMIT
