"""The way through Gosuslugi, headless and by pages."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from gateway_eljur.emulator.doors import v_token
from tests.plugins.eljur.emulator.support import PLAIN, Service

REGION = "https://edu.gounn.ru"
ESIA = "https://esia.gosuslugi.ru"
LOGIN = f"{ESIA}/aas/oauth2/api/login"


async def to_esia(browser: httpx.AsyncClient) -> httpx.Response:
    """The hops from the school's door to the form of Gosuslugi."""
    answer = await browser.get("/journal-esia-region-action", params={"flow": "v2"})
    for _ in range(2):
        assert answer.status_code == 302
        answer = await browser.get(answer.headers["location"])
    assert answer.status_code == 200
    return answer


async def password(browser: httpx.AsyncClient, login: str, secret: str) -> httpx.Response:
    base = str(browser.base_url)
    url = LOGIN if base.startswith("https") else "/aas/oauth2/api/login"
    return await browser.post(url, json={"login": login, "password": secret})


async def back(browser: httpx.AsyncClient, url: str) -> str:
    """From Gosuslugi to the token of the sign-in."""
    page = await browser.get(url)
    action = re.search(r'<form action="([^"]+)"', page.text)
    code = re.search(r'name="code" value="([^"]+)"', page.text)
    assert action is not None
    assert code is not None
    fields = {"code": (None, code.group(1))}
    watched = await browser.post(action.group(1), files=fields)
    task = re.search(r'esiaTaskId = "(task_\w+)"', watched.text)
    assert task is not None
    looks: list[Any] = []
    while not looks or "link" not in looks[-1]:
        asked = {"taskId": task.group(1)}
        looks.append((await browser.get("/journal-esia-action/action.check", params=asked)).json())
    assert len(looks) == 2
    assert re.search(r"region=[0-9a-f]{32}&", looks[-1]["link"])
    last = await browser.get(looks[-1]["link"])
    location = last.headers["location"]
    assert location.startswith("/journal-app?v_token=")
    assert (await browser.get(location)).status_code == 200
    again = await browser.get(looks[-1]["link"])
    assert again.status_code == 400
    return location.partition("=")[2]


async def users(browser: httpx.AsyncClient, word: str, **params: str) -> httpx.Response:
    asked = {"out_format": "json", "auth_token": "true", "v_token": word, **params}
    return await browser.get("/apiv3/getusersvendors", params=asked)


async def test_a_region_leads_to_the_token_of_its_only_tenant(service: Service) -> None:
    account = service.account("account-student-edu")
    browser = service.browser(REGION)
    await to_esia(browser)
    done = (
        await password(browser, account.config["esia_login"], account.config["esia_password"])
    ).json()
    assert done["action"] == "DONE"
    assert done["redirect_url"].startswith(f"{REGION}/journal-esia-action")
    word = await back(browser, done["redirect_url"])
    answer = await users(browser, word)
    (item,) = answer.json()["result"]
    assert (item["vendor"], item["login"]) == ("edu", "demo.student")
    asked = {"devkey": "0" * 32, "out_format": "json", "vendor": "edu", "auth_token": item["token"]}
    assert (await browser.get("/apiv3/getrules", params=asked)).status_code == 200


@pytest.mark.parametrize("path", ["/apiv3/getusersvendors", "/api/getusersvendors"])
async def test_users_come_with_tokens_for_whoever_names_the_parameter(
    service: Service, path: str
) -> None:
    word = service.account("account-student-edu").config["v_token"]
    browser = service.browser(REGION)
    for given in ("", "true"):
        answer = await browser.get(path, params={"v_token": word, "auth_token": given})
        (item,) = answer.json()["result"]
        asked = {**PLAIN, "vendor": item["vendor"], "auth_token": item["token"]}
        assert (await browser.get("/apiv3/getrules", params=asked)).status_code == 200
    untold = await browser.get(path, params={"v_token": word})
    assert "token" not in untold.json()["result"][0]


async def test_a_second_factor_is_asked(service: Service) -> None:
    account = service.account("account-parent-two-edu")
    browser = service.browser(REGION)
    await to_esia(browser)
    asked = (
        await password(browser, account.config["esia_login"], account.config["esia_password"])
    ).json()
    assert asked["action"] == "ENTER_MFA"
    assert asked["mfa_details"]["type"] == "SMS"
    wrong = await browser.post(f"{LOGIN}/otp/verify", params={"code": "000000"}, json={})
    assert wrong.status_code == 400
    assert wrong.json()["error_description"] == "Неверный код"
    right = await browser.post(f"{LOGIN}/otp/verify", params={"code": account.code or ""}, json={})
    assert right.json()["action"] == "DONE"
    assert await back(browser, right.json()["redirect_url"])


async def test_a_wrong_password_is_told_in_words(service: Service) -> None:
    browser = service.browser(REGION)
    stray = await password(browser, "+79000000000", "x")
    assert stray.status_code == 401
    await to_esia(browser)
    answer = await password(browser, "+79000000000", "wrong")
    assert (answer.status_code, answer.json()["error_description"]) == (
        400,
        "Неверный логин или пароль",
    )


async def test_the_form_leads_back_as_well(service: Service) -> None:
    account = service.account("account-student")
    browser = service.browser()
    page = await to_esia(browser)
    request = re.search(r'name="request" value="([^"]+)"', page.text)
    assert request is not None
    fields = {
        "request": request.group(1),
        "login": account.config["esia_login"],
        "password": account.config["esia_password"],
    }
    wrong = await browser.post("/__esia__/login", data={**fields, "password": "x"})
    assert "Неверный логин или пароль" in wrong.text
    right = await browser.post("/__esia__/login", data=fields)
    word = await back(browser, right.headers["location"])
    vendors = [item["vendor"] for item in (await users(browser, word)).json()["result"]]
    assert vendors == ["sch1", "edu", "eljur"]  # a loopback host stands for all of them


async def test_two_identities_are_two_users(service: Service) -> None:
    word = service.account("account-two-identities-1-edu").config["v_token"]
    answer = await users(service.browser(), word)
    logins = [(item["vendor"], item["login"]) for item in answer.json()["result"]]
    assert logins == [("edu", "demo.two-identities-1"), ("edu", "demo.two-identities-2")]
    word = service.account("account-two-identities-1").config["v_token"]
    answer = await users(service.browser(), word)
    vendors = [item["vendor"] for item in answer.json()["result"]]
    assert vendors == ["sch1", "sch3"]


@pytest.mark.parametrize("key", ["account-unlinked", "account-unlinked-edu", "weak", "foreign"])
async def test_who_is_nobody_here_gets_no_user(service: Service, key: str) -> None:
    words = {
        "weak": v_token("edu.gounn.ru", "esia-student-4", service.clock()),
        "foreign": "a.b.c",
    }
    word = words[key] if key in words else service.account(key).config["v_token"]
    answer = await users(service.browser(), word)
    assert answer.status_code == 400
    assert answer.json()["result"] is False
    assert "response" not in answer.json()


async def test_a_weak_identity_stays_outside(service: Service) -> None:
    identity = service.world.esia_identity("esia-student-4")
    browser = service.browser(REGION)
    await to_esia(browser)
    answer = await password(browser, identity.logins[0], identity.password)
    assert (answer.status_code, answer.json()["failed"]) == (403, "ACCESS_DENIED")


async def test_a_token_of_a_sign_in_ends(service: Service) -> None:
    word = service.account("account-student").config["v_token"]
    assert (await users(service.browser(), word)).status_code == 200
    service.clock.pass_(timedelta(days=2))
    assert (await users(service.browser(), word)).status_code == 400


async def test_words_of_the_way_are_good_once(service: Service) -> None:
    browser = service.browser(REGION)
    assert (await browser.get("/aas/oauth2/v2/ac", params={"state": "x"})).status_code == 400
    answer = await browser.post("/journal-esia-action/action.validate", data={"code": "x"})
    assert answer.status_code == 400
    asked = {"taskId": "task_x"}
    assert (await browser.get("/journal-esia-action/action.check", params=asked)).status_code == 400


async def test_the_older_link_leads_to_gosuslugi_too(service: Service) -> None:
    answer = await service.browser(REGION).get("/journal-esia-action/")
    assert answer.headers["location"].startswith(f"{ESIA}/aas/oauth2/v2/ac?")


async def test_the_form_asks_for_a_second_factor(service: Service) -> None:
    account = service.account("account-second-factor-edu")
    browser = service.browser(REGION)
    page = await to_esia(browser)
    request = re.search(r'name="request" value="([^"]+)"', page.text)
    assert request is not None
    fields = {
        "request": request.group(1),
        "login": account.config["esia_login"],
        "password": account.config["esia_password"],
    }
    asked = await browser.post(f"{ESIA}/__esia__/login", data=fields)
    assert 'name="code"' in asked.text
    given = {"request": request.group(1), "code": account.code or ""}
    done = await browser.post(f"{ESIA}/__esia__/code", data=given)
    assert await back(browser, done.headers["location"])
    stale = await browser.post(f"{ESIA}/__esia__/code", data=given)
    assert stale.status_code == 400


async def test_a_quiz_that_nobody_was_asked_changes_nothing(service: Service) -> None:
    browser = service.browser(REGION)
    await to_esia(browser)
    answer = await browser.post(f"{LOGIN}/quiz-max/skip", json={})
    assert answer.status_code == 400
