"""Credentials on requests."""

import pytest

from gateway.core.wire.request import RequestKind, WireRequest
from gateway_dnevnik_ru.signing import app_version_of, major
from tests.plugins.dnevnik_ru.support import TOKEN, make_adapter, make_session
from tests.plugins.support import response_of


def signed(path="/v2/users/me/context", role="api", session=None, headers=()):
    request = WireRequest(role, "GET", path, RequestKind.READ, headers=headers)
    return dict(make_adapter().sign(request, session).headers)


def test_a_request_to_the_interface_carries_the_token_and_wants_json():
    assert signed(session=make_session()) == {
        "Accept": "application/json",
        "Access-Token": TOKEN,
    }


def test_without_a_session_there_is_no_token():
    assert signed() == {"Accept": "application/json"}


def test_a_header_of_the_request_itself_survives_without_a_session():
    assert signed(headers=(("Access-Token", "own"),))["Access-Token"] == "own"


@pytest.mark.parametrize("role", ["web", "login", "schools"])
def test_the_token_goes_to_no_other_host(role):
    assert signed("/userfeed", role, make_session()) == {}


@pytest.mark.parametrize(
    "version, names",
    [
        ("v6.0", {"x-platform"}),
        ("v8.5", {"x-platform"}),
        ("v10.0", {"x-platform", "app-version", "device-details"}),
    ],
)
def test_the_apps_interface_gets_its_headers_by_version(version, names):
    headers = signed(f"/mobile/{version}/users/1/context", session=make_session())
    assert set(headers) == {"Accept", "Access-Token", *names}
    assert headers["x-platform"] == "android"


@pytest.mark.parametrize(
    "path, version",
    [("/mobile/v8.5/users", "v8.5"), ("/mobile/v10/users", "v10"), ("/v2/mobile/v8.5/", None)],
)
def test_the_version_is_read_off_the_path(path, version):
    assert app_version_of(path) == version


@pytest.mark.parametrize("version, number", [("v8.5", 8), ("v10.0", 10), ("", 0), ("vX", 0)])
def test_a_version_has_a_first_number(version, number):
    assert major(version) == number


def test_the_session_is_never_renewed_by_an_answer():
    session = make_session()
    assert make_adapter().renew(response_of({"body": {}}), session) is None
