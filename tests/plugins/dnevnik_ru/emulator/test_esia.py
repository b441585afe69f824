import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.plugins.dnevnik_ru.emulator.support import ORIGIN, Service, token_of, walk

APP = {
    "clientId": "a0000000-0000-4000-8000-000000000001",
    "clientSecret": "b0000000-0000-4000-8000-000000000002",
    "scope": "Schools,Relatives",
}
BASE = "/mobile/v8.5/authorizations/esia"


async def through_gosuslugi(
    service: Service, identity_key: str, url: str, browser: httpx.AsyncClient | None = None
) -> tuple[str, httpx.Response]:
    """Walk the pages of the stand-in as a person does; the last address."""
    identity = service.world.esia_identity(identity_key)
    browser = browser or service.browser()
    url, page = await walk(browser, await browser.get(url))
    assert "/__esia__/login?request=" in url
    fields = {"login": identity.logins[-1], "password": identity.password}
    url, page = await walk(browser, await browser.post(url, data=fields))
    if identity.second_factor is not None:
        assert "/__esia__/code?request=" in url
        wrong = await browser.post(url, data={"code": "000000"})
        assert "Неверный код" in wrong.text
        url, page = await walk(browser, await browser.post(url, data={"code": identity.code}))
    return url, page


async def task_of(service: Service, identity_key: str) -> dict[str, Any]:
    url, _ = await through_gosuslugi(service, identity_key, f"{ORIGIN}/login/esia/irkutsk")
    found = re.fullmatch(rf"{ORIGIN}/esia/auth\?taskId=([0-9a-f-]{{36}})&regionId=(\d+)", url)
    assert found is not None, url
    return {"taskId": found[1], "regionId": int(found[2])}


async def test_regions_are_listed_without_a_token(service: Service) -> None:
    for path in (f"{BASE}/regions", "/authorizations/esia/v2.0/regions"):
        body = (await service.browser().get(path)).json()
        assert body["type"] == "Success"
        assert list(body["regions"][0]) == ["regionId", "name", "esiaUrl", "logoUrl"]
    by_name = {item["name"]: item for item in body["regions"]}
    assert by_name["Кировская область"]["regionId"] == 141
    assert by_name["Иркутская область"]["esiaUrl"] == f"{ORIGIN}/login/esia/irkutsk"


async def test_a_person_signs_in_chooses_and_gets_credentials(service: Service) -> None:
    task = await task_of(service, "esia-mother-a")  # asks a second factor
    client = service.browser()
    users = (await client.post(f"{BASE}/users/linked", json=task)).json()["users"]
    assert len(users) == 1
    assert list(users[0]) == [
        *("userId", "firstName", "middleName", "lastName", "avatarUrl", "school")
    ]
    body = APP | task | {"userId": users[0]["userId"]}
    answer = (await client.post(f"{BASE}/", json=body)).json()
    assert answer["status"] == {"code": "Success", "description": None}
    token = answer["authorization"]["accessToken"]
    me = await client.get("/v2/users/me", headers={"Access-Token": token})
    assert me.json()["id"] == users[0]["userId"] == service.number("user", "account-parent-two")


async def test_older_versions_name_the_answer_otherwise(service: Service) -> None:
    task = await task_of(service, "esia-student-1")
    user = service.number("user", "account-student")
    body = APP | task | {"userId": user}
    answer = (await service.browser().post("/mobile/v6.0/authorizations/esia/", json=body)).json()
    assert answer["status"] == {"type": "Success", "description": None}
    assert list(answer["loginResponse"]) == ["accessToken", "userId"]


async def test_the_partner_twins_take_pascal_case(service: Service) -> None:
    task = await task_of(service, "esia-student-1")
    client = service.browser()
    pascal = {"TaskId": task["taskId"], "RegionId": task["regionId"]}
    twin = "/authorizations/esia/v2.0"
    users = (await client.post(f"{twin}/users/linked", json=pascal)).json()["users"]
    body = pascal | {"UserId": users[0]["userId"]}
    body |= {"ClientId": APP["clientId"], "ClientSecret": APP["clientSecret"], "Scope": "Schools"}
    answer = (await client.post(f"{twin}/", json=body)).json()
    assert answer["status"]["code"] == "Success"


async def test_two_accounts_of_one_person_are_offered_and_both_open(service: Service) -> None:
    task = await task_of(service, "esia-father-a")
    client = service.browser()
    users = (await client.post(f"{BASE}/users/linked", json=task)).json()["users"]
    assert [item["userId"] for item in users] == [
        service.number("user", f"account-two-identities-{number}") for number in (1, 2)
    ]
    for item in users:
        answer = await client.post(f"{BASE}/", json=APP | task | {"userId": item["userId"]})
        assert answer.json()["status"]["code"] == "Success"


@pytest.mark.parametrize(
    "identity, code",
    [
        ("esia-unlinked", "EsiaUserNotLinked"),
        ("esia-unregistered", "EsiaUserNotLinked"),
        ("esia-student-4", "UnexpectedError"),  # a simplified identity
    ],
)
async def test_who_has_no_diary_is_told_why(service: Service, identity: str, code: str) -> None:
    task = await task_of(service, identity)
    client = service.browser()
    users = (await client.post(f"{BASE}/users/linked", json=task)).json()
    assert users["users"] == []
    assert users["description"]
    answer = (await client.post(f"{BASE}/", json=APP | task | {"userId": 1})).json()
    assert answer["status"]["code"] == code
    assert answer["authorization"] is None


async def test_somebody_elses_account_cannot_be_chosen(service: Service) -> None:
    task = await task_of(service, "esia-student-1")
    body = APP | task | {"userId": service.number("user", "account-parent-one")}
    answer = (await service.browser().post(f"{BASE}/", json=body)).json()
    assert answer["status"]["code"] == "EsiaUserNotLinked"


async def test_an_unknown_task_opens_nothing(service: Service) -> None:
    task: dict[str, Any] = {"taskId": "00000000-0000-4000-8000-000000000000", "regionId": 1}
    client = service.browser()
    assert (await client.post(f"{BASE}/users/linked", json=task)).json()["type"] == "Error"
    answer = (await client.post(f"{BASE}/", json=APP | task | {"userId": 1})).json()
    assert answer["status"]["code"] == "UnexpectedError"
    refused = await client.post(f"{BASE}/", json=task | {"userId": 1, "clientId": "x"})
    assert refused.json()["type"] == "authorizationFailed"
    assert (await client.get("/esia/auth", params=task)).status_code == 400


async def test_the_state_of_a_task_can_be_polled(service: Service) -> None:
    task = await task_of(service, "esia-student-1")
    client = service.browser()
    known = (await client.get("/task/status", params={"taskId": task["taskId"]})).json()
    assert (known["type"], known["error"], known["taskStatus"]) == ("Success", None, 2)
    other = (await client.get("/task/status", params={"taskId": "x"})).json()
    assert other["error"]
    assert other["taskStatus"] == 0


async def test_a_wrong_password_and_a_locked_identity_stay_on_the_page(service: Service) -> None:
    browser = service.browser()
    url, _ = await walk(browser, await browser.get("/login/esia/msk"))
    for login in ("+79000000000", "nobody@example.org"):
        page = await browser.post(url, data={"login": login, "password": "no"})
        assert "Неверный логин или пароль" in page.text
    locked = service.world.esia_identity("esia-legal-guardian-d")
    fields = {"login": locked.logins[0], "password": locked.password}
    assert "заблокирована" in (await browser.post(url, data=fields)).text
    for _ in range(5):
        page = await browser.post(url, data={"login": "+79000000000", "password": "no"})
    assert "заблокирована" in page.text


@pytest.mark.parametrize("path", ["login", "code"])
async def test_a_page_without_its_request_is_stale(service: Service, path: str) -> None:
    browser = service.browser()
    assert (await browser.get(f"/__esia__/{path}?request=x")).status_code == 400
    assert (await browser.post(f"/__esia__/{path}?request=x")).status_code == 400


async def test_a_browser_signs_in_through_gosuslugi_and_goes_on_to_its_token(
    service: Service,
) -> None:
    client_id = "01234567-89ab-cdef-0123-456789abcdef"
    back = f"{ORIGIN}/oauth2?response_type=token&client_id={client_id}&scope=CommonInfo"
    start = httpx.URL(f"{ORIGIN}/login/esia/kaliningrad", params={"ReturnUrl": back})
    browser = service.browser()
    url, _ = await through_gosuslugi(service, "esia-student-3", str(start), browser)
    answer = await browser.get("/v2/users/me", headers={"Access-Token": token_of(url)})
    assert answer.json()["personId"] == service.person("student-3")


async def test_a_browser_with_two_diaries_chooses_on_a_page(service: Service) -> None:
    browser = service.browser()
    _, page = await through_gosuslugi(service, "esia-father-a", f"{ORIGIN}/login/esia/msk", browser)
    links = re.findall(r'href="([^"]+userId=\d+)"', page.text)
    assert len(links) == 2
    chosen = await browser.get(links[1].replace("&amp;", "&"))
    assert "Вход выполнен" in chosen.text
    assert (await browser.get("/userfeed")).status_code == 200


async def test_doors_lead_to_the_stand_in_only_for_known_regions(service: Service) -> None:
    browser = service.browser()
    assert "irkutsk" in (await browser.get("/login/esia/")).text
    assert (await browser.get("/login/esia/atlantis")).status_code == 404
    door = await browser.get("/login/esia/irkutsk")
    assert set(parse_qs(urlsplit(door.headers["location"]).query)) == {"request"}
