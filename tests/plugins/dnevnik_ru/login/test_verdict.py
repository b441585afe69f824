"""What an answer to a sign-in means before a flow reads it."""

import pytest

from gateway.core.wire.outcome import OK
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import Hop, WireResponse
from gateway_dnevnik_ru.login.verdict import sign_in_verdict
from tests.plugins.dnevnik_ru.login.play import LOGIN_HOST
from tests.plugins.dnevnik_ru.login.samples import WRONG, login_page

SIGN_IN = WireRequest("login", "POST", "/login/", RequestKind.AUTH)
GRANT = WireRequest("api", "POST", "/v2/authorizations/bycredentials", RequestKind.AUTH)
READ = WireRequest("api", "GET", "/v2/users/me/context", RequestKind.READ)


def answer(
    body: str, status: int = 200, media_type: str = "text/html", location: str | None = None
) -> WireResponse:
    hop = Hop(f"{LOGIN_HOST}/login/", status, location)
    return WireResponse(status, (("content-type", media_type),), body.encode(), (hop,))


@pytest.mark.parametrize(
    "body",
    [
        login_page(WRONG),
        login_page("Ведутся работы: ввод вы не робот", "0a0b0c0d-1111"),
        '<input name="is_granted">',
        '<input name="Password"><input name="RepeatedPassword">',
    ],
)
def test_pages_that_a_flow_expects_are_its_own_to_read(body: str) -> None:
    assert sign_in_verdict(SIGN_IN, answer(body)) == OK


def test_a_redirect_of_the_site_is_no_lost_session() -> None:
    led = answer("", 302, location=f"{LOGIN_HOST}/login?ReturnUrl=x")

    assert sign_in_verdict(SIGN_IN, led) == OK


@pytest.mark.parametrize(
    "response",
    [
        answer("<html>Проверка браузера</html>"),
        answer("<html>Технические работы</html>"),
        answer(login_page(), 503),
        answer("{}", media_type="application/json"),
    ],
)
def test_anything_else_of_the_site_is_left_to_the_general_rules(response: WireResponse) -> None:
    assert sign_in_verdict(SIGN_IN, response) is None


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404])
@pytest.mark.parametrize("word", ["authorizationFailed", "Error", "invalidToken", "Success"])
def test_refusals_of_a_grant_are_the_flows_with_any_status(word: str, status: int) -> None:
    response = answer(f'{{"type":"{word}"}}', status, "application/json")

    assert sign_in_verdict(GRANT, response) == OK


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"type":"apiRequestLimit"}', 200),
        ('{"type":"apiServerError"}', 200),
        ('{"type":"authorizationFailed"}', 429),
        ('{"type":"authorizationFailed"}', 433),
        ('{"type":"authorizationFailed"}', 503),
        ("<html></html>", 200),
        ("[]", 200),
        ("{", 200),
        ("", 401),
    ],
)
def test_limits_and_outages_are_not(body: str, status: int) -> None:
    assert sign_in_verdict(GRANT, answer(body, status, "application/json")) is None


def test_reads_are_never_judged_here() -> None:
    dead = answer('{"type":"invalidToken"}', 401, "application/json")

    assert sign_in_verdict(READ, dead) is None
