import json

import pytest

from gateway_dnevnik_ru.emulator import errors
from gateway_dnevnik_ru.emulator.serialise import encode
from tests.plugins.dnevnik_ru.emulator.support import JSON, Service


async def test_who_does_not_ask_for_json_gets_errors_as_pages(service: Service) -> None:
    token = service.account("student").token or ""
    plain = service.browser(headers={"Access-Token": token, "Accept": "*/*"})
    answer = await plain.get("/v2/persons/1000000000000")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html", "clients compare the whole header"
    text = answer.content.decode()
    cut = text.split('<div class="error__description">')[-1].split("<p>")[1].strip()[:-4]
    assert cut == "Parameter person is invalid"
    good = await plain.get("/v2/users/me")
    assert good.headers["content-type"].startswith("application/json")
    asked = await service.api("student").get("/v2/persons/1000000000000")
    assert asked.json() == {"type": "parameterInvalid", "description": cut}


async def test_unknown_paths_and_methods_are_refused_in_their_familys_words(
    service: Service,
) -> None:
    client = service.api("student")
    assert (await client.get("/v2/nowhere")).json()["type"] == "apiResourceUnavailable"
    wrong = await client.delete("/v2/users/me")
    assert (wrong.status_code, wrong.json()["type"]) == (405, "methodNotSupported")
    assert (await client.get("/mobile/v8.5/nowhere")).status_code == 200
    page = await client.get("/nowhere.aspx")
    assert page.status_code == 404
    assert "error__description" in page.text
    assert (await client.get("/api/nowhere")).json()["type"] == "apiResourceUnavailable"


async def test_school_data_needs_its_scope(service: Service) -> None:
    body = {
        "client_id": "a0000000-0000-4000-8000-000000000001",
        "client_secret": "b0000000-0000-4000-8000-000000000002",
        "username": "demo.student",
        "password": "demo-student-1",
        "scope": "CommonInfo",
    }
    client = service.browser(headers=JSON)
    pair = (await client.post("/v2/authorizations/bycredentials", json=body)).json()
    client.headers["Access-Token"] = pair["accessToken"]
    assert (await client.get("/v2/users/me")).status_code == 200
    answer = await client.get("/v2/schools/person-schools")
    assert (answer.status_code, answer.json()["type"]) == (403, "outOfScope")


async def test_a_body_that_is_no_text_is_an_invalid_request(service: Service) -> None:
    answer = await service.api("student").post("/v2/lessons/many", content=b"\xff\xfe=1")
    assert answer.json()["type"] == "invalidRequest"


def test_an_apostrophe_never_travels_bare() -> None:
    data = encode({"text": "it's", "more": ["'"]})
    assert b"'" not in data
    assert json.loads(data) == {"text": "it's", "more": ["'"]}


def test_keys_keep_their_order() -> None:
    assert encode({"b": 1, "a": 2}) == b'{"b":1,"a":2}'


@pytest.mark.parametrize("status", [429, 433])
def test_the_rate_limit_has_two_numbers(status: int) -> None:
    answer = errors.rate_limited(status=status)
    assert answer.status_code == status
    assert json.loads(bytes(answer.body))["type"] == "requestLimit"


def test_maintenance_has_its_own_status() -> None:
    assert errors.maintenance().status_code == 550
