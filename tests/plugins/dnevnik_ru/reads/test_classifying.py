"""What an answer means, whatever its HTTP status says."""

from datetime import UTC, datetime

import pytest

from gateway.core.errors import (
    AccessDenied,
    InvalidRequest,
    Maintenance,
    NotFound,
    NotSupported,
    OtherFamily,
    RateLimited,
    Refused,
    ServerFailure,
    SessionLost,
)
from gateway.core.pipeline.verdict import judge
from gateway.core.wire.outcome import OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from tests.plugins.dnevnik_ru.support import make_adapter
from tests.plugins.support import response_of

V2 = "/v2/persons/1/groups/2/schedules"
APP = "/mobile/v8.5/persons/1/groups/2/important"
LOGIN_FORM = '<html><form><input name="login"><input name="password"></form></html>'
ERROR_PAGE = '<html><div class="error__description"><p>{}</p></div></html>'
NOW = datetime(2025, 9, 1, tzinfo=UTC)


def verdict(answer, path=V2, role="api", kind=RequestKind.READ, url="https://api.example.test/"):
    request = WireRequest(role, "GET", path, kind)
    return make_adapter().classify(request, response_of(answer, url))


def error_of(answer, path=V2, role="api", **more):
    """What the pipeline raises for an answer, by the adapter's verdict and the status."""
    told = verdict(answer, path, role, **more)
    failure = judge(told, RequestKind.READ, response_of(answer), now=NOW)
    return type(failure.error) if failure is not None else None


WORDS = [
    ("invalidToken", SessionLost),
    ("tokenRequired", SessionLost),
    ("authorizationInvalidToken", SessionLost),
    ("outOfScope", AccessDenied),
    ("authorizationOutOfScope", AccessDenied),
    ("systemForbidden", AccessDenied),
    ("authorizationFailed", AccessDenied),
    ("ownerForbidden", OtherFamily),
    ("notOwner", OtherFamily),
    ("parameterInvalid", NotFound),
    ("resourceUnavailable", NotFound),
    ("apiResourceUnavailable", NotFound),
    ("invalidRequest", InvalidRequest),
    ("methodNotSupported", NotSupported),
    ("apiMethodNotSupported", NotSupported),
    ("requestLimit", RateLimited),
    ("apiRequestLimit", RateLimited),
    ("apiServerError", ServerFailure),
    ("apiUnknownError", ServerFailure),
]


@pytest.mark.parametrize("word, error", WORDS)
@pytest.mark.parametrize("status", [200, 400, 404, 500])
@pytest.mark.parametrize("path", [V2, APP])
def test_the_word_of_a_refusal_outweighs_the_status(word, error, status, path):
    answer = {"status": status, "body": {"type": word, "description": "x"}}
    assert error_of(answer, path) is error


@pytest.mark.parametrize("status", [429, 433])
def test_both_statuses_of_too_many_requests_throttle(status):
    assert error_of({"status": status, "body": {}}) is RateLimited
    assert error_of({"status": status, "text": "<html>slow down</html>"}, APP) is RateLimited


@pytest.mark.parametrize("status", [503, 405, 550])
def test_statuses_of_maintenance_are_maintenance(status):
    assert error_of({"status": status, "text": ERROR_PAGE.format("Server Work")}) is Maintenance
    assert error_of({"status": status, "body": {}}) is Maintenance


def test_an_unknown_word_of_the_app_is_a_refusal():
    assert error_of({"body": {"type": "Error", "description": "нельзя"}}, APP) is Refused


def test_an_unknown_word_with_an_error_status_goes_by_the_status():
    assert error_of({"status": 401, "body": {"type": "novelty"}}) is SessionLost
    assert error_of({"status": 403, "body": {"type": "novelty"}}) is AccessDenied
    assert error_of({"status": 500, "body": {"type": "novelty"}}, APP) is ServerFailure


@pytest.mark.parametrize(
    "body",
    [
        {"type": "Success", "weeks": []},
        {"description": None, "type": "Success"},
        {"weeks": []},
        {"type": None},
    ],
)
def test_a_good_answer_of_the_app_passes(body):
    assert verdict({"body": body}, APP) is None


@pytest.mark.parametrize(
    "body",
    [
        {"days": []},
        {"id": 1, "type": "Mark", "description": "x"},
        {"id": 1, "type": "Group"},
        [{"type": "invalidToken"}],
        "4,57",
        None,
        {"type": 5},
    ],
)
def test_a_good_answer_of_the_partner_interface_passes(body):
    assert verdict({"body": body}) is None


def test_a_dead_token_without_a_body_is_a_lost_session():
    assert error_of({"status": 401, "text": ""}) is SessionLost


@pytest.mark.parametrize("role, path", [("api", V2), ("web", "/userfeed")])
def test_the_sign_in_page_in_place_of_an_answer_is_a_lost_session(role, path):
    assert error_of({"text": LOGIN_FORM}, path, role) is SessionLost
    page = {"text": "<html></html>"}
    assert error_of(page, path, role, url="https://login.example.test/login?x=1") is SessionLost


@pytest.mark.parametrize(
    "location", ["https://login.example.test/login?ReturnUrl=x", "/login/", "https://x.test/Login"]
)
def test_a_redirect_to_the_sign_in_page_is_a_lost_session(location):
    answer = {"status": 302, "location": location, "text": ""}
    assert error_of(answer, "/userfeed", "web") is SessionLost


def test_other_redirects_pass():
    answer = {"status": 302, "location": "https://x.test/userfeed", "text": ""}
    assert verdict(answer, "/", "web") is None


@pytest.mark.parametrize("kind", [RequestKind.AUTH, RequestKind.REFRESH])
def test_a_refused_sign_in_is_for_the_login_flow_to_read(kind):
    answer = {"status": 400, "body": {"type": "authorizationFailed", "description": "x"}}
    path = "/v2/authorizations/bycredentials"
    assert verdict(answer, path, kind=kind).kind is OutcomeKind.OK


def test_a_sign_in_page_is_no_lost_session_while_signing_in():
    redirect = {"status": 302, "location": "https://login.example.test/login?x", "text": ""}
    told = [
        verdict({"text": LOGIN_FORM}, "/login/", "login", kind=RequestKind.AUTH),
        verdict(redirect, "/oauth2", "login"),
    ]
    assert {item.kind for item in told if item is not None} <= {OutcomeKind.OK}


@pytest.mark.parametrize("text", ["{", '{"type":', "\x00", "[" * 100_000])
def test_broken_bodies_are_left_to_the_decoder(text):
    answer = {"status": 200, "text": text}
    assert verdict(answer) is None
    assert verdict(answer, APP) is None
