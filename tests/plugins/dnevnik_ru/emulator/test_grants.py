from datetime import timedelta
from typing import Any

import pytest

from tests.plugins.dnevnik_ru.emulator.support import JSON, Service

PAIR = {
    "client_id": "A0000000-0000-4000-8000-000000000001",
    "client_secret": "b0000000000040008000000000000002",
}
LOGIN = {"username": "demo.student", "password": "demo-student-1", "scope": "Schools,CommonInfo"}
KEYS = ["accessToken", "expiresIn", "expiresIn_str", "refreshToken", "scope", "user", "user_str"]
FAILED = {"type": "authorizationFailed", "description": "Can't authorize"}


async def grant(service: Service, how: str = "json", **fields: str) -> Any:
    body: dict[str, Any] = {how: PAIR | LOGIN | fields}
    client = service.browser(headers=JSON)
    return await client.post("/v2/authorizations/bycredentials", **body)


@pytest.mark.parametrize("how", ["json", "data", "params"])
async def test_the_password_grant_gives_a_pair(service: Service, how: str) -> None:
    answer = await grant(service, how)
    assert answer.status_code == 200
    pair = answer.json()
    assert list(pair) == KEYS
    assert pair["expiresIn"] == 2591999
    assert pair["expiresIn_str"] == "2591999"
    assert len(pair["accessToken"]) == len(pair["refreshToken"]) == 32
    assert pair["scope"] == "schools,commoninfo"
    assert pair["user_str"] == str(pair["user"])


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "wrong"},
        {"username": "nobody"},
        {"client_id": "my-app"},
        {"client_secret": ""},
        {"username": "demo.locked", "password": "demo-locked-1"},
        {"username": "demo.temporary-password", "password": "demo-temporary-password-1"},
        {"username": "demo.esia-only", "password": ""},
    ],
)
async def test_what_does_not_do_is_refused_in_one_word(
    service: Service, fields: dict[str, str]
) -> None:
    answer = await grant(service, **fields)
    assert answer.status_code == 400
    assert answer.json() == FAILED


async def test_a_refusal_of_a_grant_is_json_even_unasked(service: Service) -> None:
    answer = await service.browser().post("/v2/authorizations/bycredentials", data={})
    assert answer.json() == FAILED


async def test_a_password_with_awkward_signs_arrives_whole(service: Service) -> None:
    account = service.account("parent-two")
    answer = await grant(service, username=account.login or "", password=account.password or "")
    assert answer.status_code == 200


async def test_a_refresh_rotates_the_pair_and_the_old_one_dies(service: Service) -> None:
    old = (await grant(service)).json()
    client = service.browser(headers=JSON)
    body = PAIR | {"grant_type": "RefreshToken", "refreshToken": old["refreshToken"]}
    new = (await client.post("/v2/authorizations", json=body)).json()
    assert list(new) == KEYS
    assert new["accessToken"] != old["accessToken"]
    assert new["scope"] == old["scope"]
    assert (await client.post("/v2/authorizations", json=body)).json() == FAILED
    dead = await client.get("/v2/users/me", headers={"Access-Token": old["accessToken"]})
    assert dead.status_code == 401
    assert dead.json()["type"] == "invalidToken"
    alive = await client.get("/v2/users/me", headers={"Access-Token": new["accessToken"]})
    assert alive.status_code == 200


async def test_an_unknown_kind_of_grant_is_an_invalid_request(service: Service) -> None:
    client = service.browser(headers=JSON)
    answer = await client.post("/v2/authorizations", json=PAIR | {"grant_type": "Magic"})
    assert answer.json()["type"] == "invalidRequest"


async def test_a_token_lives_for_thirty_days(service: Service) -> None:
    token = (await grant(service)).json()["accessToken"]
    client = service.browser(headers=JSON | {"Access-Token": token})
    service.clock.pass_(timedelta(days=29, hours=23))
    assert (await client.get("/v2/users/me")).status_code == 200
    service.clock.pass_(timedelta(hours=2))
    assert (await client.get("/v2/users/me")).json()["type"] == "invalidToken"


@pytest.mark.parametrize(
    "place", ["Access-Token", "Access-token", "accessToken", "query", "query2"]
)
async def test_the_token_is_read_wherever_clients_put_it(service: Service, place: str) -> None:
    token = (await grant(service)).json()["accessToken"]
    client = service.browser(headers=JSON)
    if place == "query":
        answer = await client.get("/v2/users/me/roles", params={"access_token": token})
    elif place == "query2":
        answer = await client.get("/v2/users/me/roles", params={"accessToken": token})
    else:
        answer = await client.get("/v2/users/me/roles", headers={place: token})
    assert answer.json() == ["EduStudent"]


async def test_a_missing_token_is_told_apart_from_a_dead_one(service: Service) -> None:
    client = service.browser()
    missing = await client.get("/v2/users/me")
    assert missing.status_code == 401
    assert missing.json() == {
        "type": "tokenRequired",
        "description": "You must supply valid token to access method",
    }
    dead = await client.get("/v2/users/me", headers={"Access-Token": "0" * 32})
    assert dead.json()["type"] == "invalidToken"
