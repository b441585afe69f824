"""What an answer of the diary means."""

import pytest

from gateway.core.wire.outcome import OutcomeKind
from gateway_gosuslugi.myschool.verdict import judged
from tests.plugins.support import response_of

PAGE = "<!DOCTYPE html><html><title>Вход</title></html>"


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 401, "body": {}},
        {"status": 403, "body": {}},
        {"status": 302, "body": None, "location": "https://esia.gosuslugi.ru/login/"},
        {"status": 200, "text": PAGE},
        {"status": 403, "text": PAGE},
    ],
)
def test_a_dead_session_is_known_by_status_redirect_or_page(answer):
    assert judged(response_of(answer)).kind is OutcomeKind.SESSION_LOST


def test_an_answer_that_is_not_ready_is_asked_for_again():
    verdict = judged(response_of({"status": 202, "body": None}))
    assert verdict.kind is OutcomeKind.NOT_READY
    assert verdict.after > 0


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 200, "body": []},
        {"status": 404, "body": {}},
        {"status": 429, "body": {}},
        {"status": 502, "text": PAGE},
        {"status": 200, "text": "<html>Ведутся технические работы</html>"},
        {"status": 403, "text": "<html><title>Just a moment...</title></html>"},
    ],
)
def test_everything_else_is_left_to_the_usual_rules(answer):
    assert judged(response_of(answer)) is None
