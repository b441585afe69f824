"""Canaries are found in every spelling, in errors and in what they came from."""

import json
import logging
from urllib.parse import quote, quote_plus

import pytest

from gateway.core.errors import GatewayError
from gateway.testing.canaries import Canaries, all_logs

PASSWORD = "Пароль & ключ+100%"


@pytest.fixture
def canaries() -> Canaries:
    made = Canaries()
    made.add("password", PASSWORD)
    made.add("code", "123456")
    return made


@pytest.mark.parametrize(
    "text",
    [
        f"login failed for {PASSWORD}",
        f"https://x.example/?password={quote(PASSWORD)}",
        f"password={quote_plus(PASSWORD)}&x=1",
        json.dumps({"password": PASSWORD}),
    ],
)
def test_a_password_is_found_however_it_is_written(canaries: Canaries, text: str) -> None:
    assert canaries.found_in(text) == ("password",)


@pytest.mark.parametrize("text", ["port 51234567", "0.1234567", "nothing"])
def test_a_code_inside_a_longer_number_is_not_meant(canaries: Canaries, text: str) -> None:
    assert canaries.found_in(text) == ()


def test_an_error_gives_away_what_it_came_from(canaries: Canaries) -> None:
    error = GatewayError("something failed")
    error.__cause__ = ValueError(PASSWORD)
    assert canaries.found_in_error(error) == ("password",)


def test_an_error_gives_away_its_context(canaries: Canaries) -> None:
    assert canaries.found_in_error(GatewayError(context={"code": "123456"})) == ("code",)
    assert canaries.found_in_error(GatewayError("harmless")) == ()


def test_logs_are_trapped_with_arguments_and_attachments(canaries: Canaries) -> None:
    log = logging.getLogger("somebody.elses")
    with all_logs() as trap:
        log.debug("sending %s", PASSWORD)
        log.info("harmless", extra={"code": "123456"})
    assert [canaries.found_in(line) for line in trap.lines] == [("password",), ("code",)]
    assert logging.getLogger().level != logging.DEBUG


def test_no_canaries_find_nothing() -> None:
    assert Canaries().found_in("anything") == ()
