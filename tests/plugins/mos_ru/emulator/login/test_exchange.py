from datetime import timedelta
from typing import Any

import pytest

from gateway_mos_ru.emulator.jwt import claims_of
from tests.plugins.mos_ru.emulator.login.support import (
    BACK,
    ORIGIN,
    VERIFIER,
    Device,
    Service,
    code_of,
    registered,
)

TE = "/sps/oauth/te"


async def signed_in(service: Service) -> tuple[Device, str]:
    device = await registered(service)
    return device, code_of(await device.password(service.account("student")))


async def pair_of(service: Service) -> tuple[Device, dict[str, Any]]:
    device, code = await signed_in(service)
    answer = await device.exchange(code)
    assert answer.status_code == 200
    return device, answer.json()


async def test_a_code_is_exchanged_once(moscow: Service) -> None:
    device, code = await signed_in(moscow)
    pair = (await device.exchange(code)).json()
    assert set(pair) == {
        *("access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token")
    }
    assert (pair["token_type"], pair["expires_in"]) == ("Bearer", 3600)
    identity = claims_of(pair["id_token"])
    assert identity is not None
    assert identity["aud"] == device.client_id
    again = await device.exchange(code)
    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})


async def test_fields_may_stand_in_the_query_with_an_empty_body(moscow: Service) -> None:
    device, code = await signed_in(moscow)
    params = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    json_type = {"Content-Type": "application/json"}
    answer = await device.browser.post(TE, params=params, auth=device.auth, headers=json_type)
    assert answer.json()["access_token"]


@pytest.mark.parametrize(
    "changed", [{"code_verifier": "w" * 80}, {"redirect_uri": "http://localhost"}]
)
async def test_what_does_not_fit_a_code_is_refused(
    moscow: Service, changed: dict[str, str]
) -> None:
    device, code = await signed_in(moscow)
    refused = await device.exchange(code, **changed)
    assert (refused.status_code, refused.json()) == (400, {"error": "invalid_grant"})
    assert (await device.exchange("x")).json() == {"error": "invalid_grant"}


async def test_a_code_belongs_to_its_device_and_ends_after_minutes(moscow: Service) -> None:
    device, code = await signed_in(moscow)
    stranger = await registered(moscow)
    assert (await stranger.exchange(code)).json() == {"error": "invalid_grant"}
    code = code_of(await device.password(moscow.account("student")))
    moscow.clock.pass_(timedelta(minutes=6))
    assert (await device.exchange(code)).json() == {"error": "invalid_grant"}


async def test_a_device_must_present_its_secret(moscow: Service) -> None:
    device, code = await signed_in(moscow)
    for bad in (Device(device.browser, device.client_id, "x"), Device(device.browser, "x", "x")):
        answer = await bad.exchange(code)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    for header in ("", "Basic %%%", "Bearer x"):
        answer = await device.browser.post(TE, headers={"Authorization": header})
        assert answer.status_code == 401


@pytest.mark.parametrize(
    "kind, error",
    [("client_credentials", "unauthorized_client"), ("password", "unsupported_grant_type")],
)
async def test_other_grants_are_refused(moscow: Service, kind: str, error: str) -> None:
    device = await registered(moscow)
    answer = await device.browser.post(TE, data={"grant_type": kind}, auth=device.auth)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


async def refresh(device: Device, token: str) -> dict[str, Any]:
    data = {"grant_type": "refresh_token", "refresh_token": token}
    answer = await device.browser.post(TE, data=data, auth=device.auth)
    found: dict[str, Any] = answer.json()
    return found


async def test_refresh_tokens_rotate(moscow: Service) -> None:
    device, pair = await pair_of(moscow)
    second = await refresh(device, pair["refresh_token"])
    assert second["refresh_token"] != pair["refresh_token"]
    assert "id_token" not in second
    mesh = await device.mesh(second["access_token"])
    assert mesh.status_code == 200
    third = await refresh(device, second["refresh_token"])
    assert third["access_token"] != second["access_token"]


async def test_an_old_refresh_token_ends_all_that_came_of_it(moscow: Service) -> None:
    device, pair = await pair_of(moscow)
    second = await refresh(device, pair["refresh_token"])
    third = await refresh(device, second["refresh_token"])
    for _ in range(2):
        assert await refresh(device, pair["refresh_token"]) == {"error": "invalid_grant"}
    assert await refresh(device, third["refresh_token"]) == {"error": "invalid_grant"}
    assert (await device.mesh(third["access_token"])).status_code == 401


async def test_a_refresh_token_belongs_to_its_device(moscow: Service) -> None:
    device, pair = await pair_of(moscow)
    stranger = await registered(moscow)
    assert await refresh(stranger, pair["refresh_token"]) == {"error": "invalid_grant"}
    assert "access_token" in await refresh(device, pair["refresh_token"])


async def test_the_diary_takes_a_token_of_mos_ru(moscow: Service) -> None:
    device, pair = await pair_of(moscow)
    answer = (await device.mesh(pair["access_token"])).json()
    found = answer["user_authentication_for_mobile_response"]
    claims = claims_of(found["mesh_access_token"])
    assert claims is not None
    assert claims["iss"] == "https://school.mos.ru"
    assert claims["rgn"] == "77"
    assert claims["sso"] == found["sso_id"]
    lasts = timedelta(seconds=int(str(claims["exp"])) - int(moscow.clock.now.timestamp()))
    assert timedelta(days=7) < lasts < timedelta(days=10)
    assert isinstance(found["obr_id"], int)
    assert found["mesh_id"] == str(found["obr_id"])
    assert found["request_parameters"]["mos_access_token"] == pair["access_token"]


async def test_the_diary_refuses_other_tokens(moscow: Service) -> None:
    device, pair = await pair_of(moscow)
    assert (await device.mesh("x")).status_code == 401
    moscow.clock.pass_(timedelta(hours=2))
    assert (await device.mesh(pair["access_token"])).status_code == 401
    other = await device.browser.post(f"{ORIGIN}/v3/auth/sudir/auth", json={})
    assert other.status_code == 401
