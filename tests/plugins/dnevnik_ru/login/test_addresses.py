"""Addresses of signing in."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.contract.addresses import base_of
from gateway.core.login.record import FlowRecord
from gateway_dnevnik_ru.adapter import DnevnikAdapter
from gateway_dnevnik_ru.declaration import DNEVNIK_RU
from gateway_dnevnik_ru.login.addresses import (
    EsiaTask,
    Sign,
    esia_pattern,
    esia_task,
    oauth_url,
    place_of,
    result_pattern,
    sign_of,
    site_result,
)
from tests.plugins.dnevnik_ru.login.play import LOGIN_HOST, TOKEN, settings
from tests.plugins.dnevnik_ru.login.samples import result_url
from tests.plugins.play import FlowScriptedLink, Script

TASK = "0f0e0d0c-1111-4222-8333-444455556666"
SANDBOX = "http://127.0.0.1:8801"


def link(**changed: object) -> Any:
    record = FlowRecord(
        id="f", provider="dnevnik_ru", instance="main", method="oauth", expires_at=0.0
    )
    adapter = DnevnikAdapter(DNEVNIK_RU, DNEVNIK_RU.instances[0], settings(**changed))
    return FlowScriptedLink(record, adapter, Script())


def test_roles_are_where_the_operator_put_them() -> None:
    assert base_of(link(), "login") == LOGIN_HOST
    assert base_of(link(base_url=f"{SANDBOX}/"), "login") == SANDBOX
    assert (
        base_of(link(hosts={"login": "https://door.example/"}), "login") == "https://door.example"
    )
    assert base_of(link(hosts={"login": "https://door.example"}), "api") == "https://api.dnevnik.ru"


def test_an_address_becomes_role_path_and_parameters() -> None:
    place = place_of(link(), f"{LOGIN_HOST}:443/login/token?token=a%20b&x=1&x=2&empty=#part")

    assert place is not None
    assert (place.role, place.path) == ("login", "/login/token")
    assert place.params == {"token": ["a b"], "x": ["1", "2"], "empty": [""]}


def test_under_one_origin_the_sign_in_pages_come_first() -> None:
    place = place_of(link(base_url=f"{SANDBOX}/mirror"), f"{SANDBOX}/mirror/userfeed")

    assert place is not None
    assert (place.role, place.path) == ("login", "/userfeed")
    assert place_of(link(base_url=f"{SANDBOX}/mirror"), f"{SANDBOX}/elsewhere") is None


@pytest.mark.parametrize(
    "url",
    [
        "https://login.dnevnik.ru.example/login",
        "https://evil.example/https://login.dnevnik.ru/login",
        "http://login.dnevnik.ru/login",
        "https://login.dnevnik.ru:8443/login",
        "https://login.dnevnik.ru@evil.example/login",
        "https://[broken/login",
        "https://login.dnevnik.ru:port/login",
        "/login",
        "",
    ],
)
def test_foreign_and_malformed_addresses_are_nobodys(url: str) -> None:
    assert place_of(link(), url) is None


@pytest.mark.parametrize(
    "url, sign",
    [
        (result_url(), Sign.RESULT),
        (f"{LOGIN_HOST}/OAuth2/authorization/result?result=fail", Sign.RESULT),
        ("https://evil.example/oauth2/Authorization/Result?result=success", Sign.PAGE),
        (f"{LOGIN_HOST}/esia/auth/message/offerlinkingaccounts?x=1", Sign.LINKING_OFFER),
        (f"{LOGIN_HOST}/password?login=a&token=b", Sign.NEW_PASSWORD),
        (f"{LOGIN_HOST}/password/recovery", Sign.PAGE),
        ("https://esia.gosuslugi.ru/login/", Sign.GOSUSLUGI),
        ("https://esia.gosuslugi.ru.example/login/", Sign.PAGE),
        (f"{LOGIN_HOST}/login", Sign.PAGE),
        ("https://[", Sign.PAGE),
    ],
)
def test_an_address_has_one_meaning(url: str, sign: Sign) -> None:
    assert sign_of(link(), settings(), url) is sign


def test_the_operators_own_address_ends_it_too() -> None:
    own = settings(redirect_uri="https://app.example/back")
    here = link(redirect_uri="https://app.example/back")

    assert sign_of(here, own, f"https://app.example/back#access_token={TOKEN}") is Sign.RESULT
    assert sign_of(here, own, f"https://app.example/other#access_token={TOKEN}") is Sign.PAGE


def test_the_final_address_is_taken_apart() -> None:
    result = site_result(result_url(state="abc"))

    assert result is not None
    assert result.token is not None
    assert result.token.get_secret_value() == TOKEN
    assert (result.state, result.outcome) == ("abc", "success")
    assert TOKEN not in repr(result)


def test_the_known_form_of_the_fragment_has_an_empty_state() -> None:
    result = site_result(result_url(state=""))

    assert result is not None
    assert result.state is None
    assert result.token is not None


@pytest.mark.parametrize("token", ["", "short", "with%20blank" * 4, "a" * 257, "знаки" * 7])
def test_what_is_no_token_is_left_out(token: str) -> None:
    result = site_result(result_url(token=token))

    assert result is not None
    assert result.token is None


def test_other_addresses_are_no_result() -> None:
    assert site_result("https://dnevnik.ru/userfeed") is None
    assert site_result("https://[") is None
    assert site_result("not an address") is None


def test_the_oauth_address_escapes_its_own_parameters() -> None:
    url = oauth_url(link(), settings(redirect_uri="https://app.example/back?a=1&b=2"), "s&t")

    assert "redirect_uri=https%3A%2F%2Fapp.example%2Fback%3Fa%3D1%26b%3D2" in url
    assert url.endswith("&state=s%26t")
    assert "scope=CommonInfo,ContactInfo," in url


def test_a_task_is_read_from_its_address() -> None:
    url = f"{LOGIN_HOST}/esia/auth?taskId={TASK}&regionId=141"

    assert esia_task(link(), url) == EsiaTask(TASK, 141)
    assert re.fullmatch(esia_pattern(link()), url)
    assert re.fullmatch(esia_pattern(link()), f"{LOGIN_HOST}/esia/auth?regionId=1&taskId=x")


@pytest.mark.parametrize(
    "url",
    [
        f"{LOGIN_HOST}/esia/auth?taskId={TASK}",
        f"{LOGIN_HOST}/esia/auth?regionId=141",
        f"{LOGIN_HOST}/esia/auth?taskId=1&regionId=141",
        f"{LOGIN_HOST}/esia/auth?taskId={TASK}&regionId=x",
        f"{LOGIN_HOST}/esia/other?taskId={TASK}&regionId=141",
        f"https://evil.example/esia/auth?taskId={TASK}&regionId=141",
    ],
)
def test_anything_else_is_no_task(url: str) -> None:
    assert esia_task(link(), url) is None


def test_patterns_match_nothing_that_only_contains_the_address() -> None:
    final = f"{LOGIN_HOST}/esia/auth?taskId={TASK}&regionId=141"
    evil = f"https://evil.example/?u={final}"

    assert re.search(esia_pattern(link()), evil) is None
    assert re.search(result_pattern(link(), settings()), f"https://evil/{result_url()}") is None
    assert re.search(result_pattern(link(), settings()), result_url())


@given(st.text())
def test_any_text_is_read_without_an_exception(text: str) -> None:
    here = link()
    sign_of(here, settings(), text)
    sign_of(here, settings(), f"{LOGIN_HOST}/{text}")
    esia_task(here, f"{LOGIN_HOST}/esia/auth?taskId={text}&regionId={text}")
    result = site_result(f"{LOGIN_HOST}/oauth2/Authorization/Result?{text}#{text}")
    assert result is None or result.outcome.isascii()
