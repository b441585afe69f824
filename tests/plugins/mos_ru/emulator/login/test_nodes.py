import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from gateway_mos_ru.emulator.jwt import claims_of
from gateway_mos_ru.nodes import BY_PROVIDER
from tests.plugins.mos_ru.emulator.login.support import (
    APP,
    ORIGIN,
    Service,
    activate,
    opens,
    walk,
)

STATE = "6f2d4b1e-0000-4000-8000-00000000e51a"
API = "/aas/oauth2/api"


def target_of(page: httpx.Response) -> str:
    """Where a page sends the browser by itself, read without unescaping as a client does."""
    found: list[str] = re.findall(r"0\;url\=(.*?)\">", page.text)
    return found[0]


async def headless(service: Service, **asked: str) -> httpx.AsyncClient:
    """A client at Gosuslugi, as those come there that sign in without a browser."""
    browser = service.browser()
    page = await browser.get("/v3/auth/esia/login", params=asked)
    assert (await browser.get(target_of(page))).status_code == 200
    assert (await browser.get("/aas/oauth2/config")).status_code == 200
    return browser


async def give(browser: httpx.AsyncClient, login: str, password: str) -> dict[str, Any]:
    answer = await browser.post(f"{API}/login", json={"login": login, "password": password})
    found: dict[str, Any] = answer.json()
    return found


async def test_login_and_password_open_a_node(oblast: Service) -> None:
    browser, account = oblast.browser(), oblast.account("parent-two")
    body = {"login": account.login, "password_plain": account.password}
    session = (await browser.post("/lms/api/sessions", json=body)).json()
    assert session["profiles"][0]["type"] == "parent"
    assert session["password_change_required"] is False
    code = session["authentication_token"]
    answer = await browser.get("/v3/auth/kauth/callback", params={"code": code})
    assert answer.status_code == 200
    assert answer.text
    token = answer.cookies["aupd_token"]
    claims = claims_of(token)
    assert claims is not None
    assert (claims["iss"], claims["rgn"]) == ("https://authedu.mosreg.ru", "50")
    assert await opens(oblast, token) == 403
    await activate(oblast, token)
    assert await opens(oblast, token) == 200
    again = await browser.get("/v3/auth/kauth/callback", params={"code": code})
    assert again.status_code == 401


@pytest.mark.parametrize(
    "slug, password", [("student", "wrong"), ("locked", None), ("esia-only", "x")]
)
async def test_a_node_does_not_say_what_is_wrong(
    oblast: Service, slug: str, password: str | None
) -> None:
    account = oblast.account(slug)
    login = f"demo.{slug}"
    body = {"login": login, "password_plain": password or account.password}
    answer = await oblast.browser().post("/lms/api/sessions", json=body)
    assert answer.status_code == 401
    assert answer.json()["type"] == "authentication_error"


async def test_a_temporary_password_is_told_of(oblast: Service) -> None:
    account = oblast.account("temporary-password")
    body = {"login": account.login, "password_plain": account.password}
    session = (await oblast.browser().post("/lms/api/sessions", json=body)).json()
    assert session["password_change_required"] is True


async def test_gosuslugi_open_a_node_without_a_browser(oblast: Service) -> None:
    browser, account = await headless(oblast), oblast.account("parent-one")
    done = await give(browser, account.config["esia_login"], account.config["esia_password"])
    assert done["action"] == "DONE"
    answer = await browser.get(done["redirect_url"])
    assert answer.status_code == 200
    token = answer.cookies["aupd_token"]
    assert (await activate(oblast, token)).json()[0]["type"] == "ParentProfile"


@pytest.mark.parametrize(
    "slug, kind, way", [("parent-two", "SMS", "otp"), ("second-factor", "TTP", "totp")]
)
async def test_gosuslugi_ask_for_a_second_factor(
    oblast: Service, slug: str, kind: str, way: str
) -> None:
    browser, account = await headless(oblast), oblast.account(slug)
    asked = await give(browser, account.config["esia_login"], account.config["esia_password"])
    assert asked["action"] == "ENTER_MFA"
    assert asked["mfa_details"]["type"] == kind
    url = f"{API}/login/{way}/verify"
    wrong = (await browser.post(url, params={"code": "000000"})).json()
    assert wrong == {"failed": "INVALID_OTP"}
    done = (await browser.post(url, params={"code": account.code or ""})).json()
    assert (await browser.get(done["redirect_url"])).cookies["aupd_token"]


async def test_gosuslugi_ask_a_standard_identity_for_consent_once(oblast: Service) -> None:
    account = oblast.account("student")
    login, password = account.config["esia_login"], account.config["esia_password"]
    browser = await headless(oblast)
    assert await give(browser, login, password) == {"action": "GRANT_SCOPE_ACCESS"}
    done = (await browser.post(f"{API}/scope/allow")).json()
    assert done["action"] == "DONE"
    again = await headless(oblast)
    assert (await give(again, login, password))["action"] == "DONE"


async def test_gosuslugi_refuse_in_their_own_words(oblast: Service) -> None:
    browser = await headless(oblast)
    account = oblast.account("parent-one")
    login = account.config["esia_login"]
    right = account.config["esia_password"]
    for _ in range(3):
        assert await give(browser, login, "wrong") == {"failed": "INVALID_PASSWORD"}
    asked = await give(browser, login, right)
    assert asked["action"] == "SOLVE_ANOMALY_REACTION"
    assert asked["reaction_details"]["guid"]
    locked = oblast.world.esia_identity("esia-legal-guardian-d")
    assert await give(browser, locked.logins[0], locked.password) == {"failed": "ACCOUNT_LOCKED"}
    stranger = await give(oblast.browser(), login, "x")
    assert stranger == {"failed": "SESSION_NOT_FOUND"}
    early = (await browser.post(f"{API}/login/otp/verify?code=1")).json()
    assert early == {"failed": "INVALID_PASSWORD"}


async def test_an_identity_that_is_too_weak_stays_outside(oblast: Service) -> None:
    browser = await headless(oblast)
    identity = oblast.world.esia_identity("esia-student-4")
    found = await give(browser, identity.logins[0], identity.password)
    assert found == {"failed": "ACCESS_DENIED"}
    assert oblast.account("simplified").methods == ()


async def through_pages(
    service: Service, slug: str, **asked: str
) -> tuple[httpx.AsyncClient, httpx.Response]:
    """Walk the pages of Gosuslugi as a person does."""
    browser, account = service.browser(), service.account(slug)
    page = await browser.get("/v3/auth/esia/login", params=asked)
    page = await browser.get(unescape(target_of(page)))
    fields = {
        "login": account.config["esia_login"],
        "password": account.config["esia_password"],
        "code": account.code or "",
    }
    for _ in range(3):
        forms = re.findall(r'action="([^"]+)"', page.text)
        if not forms:
            break
        request = re.findall(r'name="request" value="([^"]+)"', page.text)[0]
        page = await walk(
            browser, await browser.post(forms[0], data={"request": request, **fields})
        )
    return browser, page


@pytest.mark.parametrize("slug", ["student", "parent-one", "second-factor", "esia-only"])
async def test_a_browser_ends_with_the_cookies(oblast: Service, slug: str) -> None:
    browser, page = await through_pages(oblast, slug)
    assert page.status_code == 200
    assert browser.cookies["aupd_token"]
    assert browser.cookies["aupd_refresh_token"]


async def test_an_application_ends_with_a_code_for_its_state(oblast: Service) -> None:
    _, page = await through_pages(oblast, "parent-one", redirect_url=APP, state=STATE)
    target = page.headers["location"]
    assert target.startswith(f"{APP}?code=")
    query = parse_qs(urlsplit(target).query)
    assert query["state"] == [STATE]
    browser, code = oblast.browser(), query["code"][0]
    url = "/v3/auth/token"
    other = await browser.get(url, params={"code": code, "state": "other"})
    assert other.status_code == 401
    answer = await browser.get(url, params={"code": code, "state": STATE})
    token = answer.json()["token"]
    assert (await activate(oblast, token)).json()[0]["type"] == "ParentProfile"
    again = await browser.get(url, params={"code": code, "state": STATE})
    assert again.status_code == 401


@pytest.mark.parametrize("door", ["esia", "kauth"])
@pytest.mark.parametrize(
    "asked", [{"redirect_url": "https://foreign.example", "state": "x"}, {"redirect_url": APP}]
)
async def test_strange_addresses_to_return_to_are_refused(
    oblast: Service, door: str, asked: dict[str, str]
) -> None:
    answer = await oblast.browser().get(f"/v3/auth/{door}/login", params=asked)
    assert answer.status_code == 400


async def test_an_application_may_use_the_form_of_the_node(oblast: Service) -> None:
    browser, account = oblast.browser(), oblast.account("student")
    asked = {"redirect_url": APP, "state": STATE}
    page = await browser.get("/v3/auth/kauth/login", params=asked)
    url = unescape(target_of(page))
    form = await browser.get(url)
    assert STATE in form.text
    wrong = await browser.post(url, data={"login": account.login, "password": "x"})
    assert "Неверный логин или пароль" in wrong.text
    fields = {"login": account.login, "password": account.password}
    done = await walk(browser, await browser.post(url, data=fields))
    assert done.headers["location"].startswith(f"{APP}?code=")
    foreign = await browser.post(url.replace(STATE, ""), data={**fields, "state": ""})
    assert foreign.status_code == 400
    plain = await browser.get("/v3/auth/kauth/login")
    url = unescape(target_of(plain))
    await walk(browser, await browser.post(url, data=fields))
    assert browser.cookies["aupd_token"]


@pytest.mark.parametrize(
    "path",
    [
        *("v3/auth/esia/login", "v3/auth/kauth/login", "v3/auth/esia/callback"),
        *("v3/auth/kauth/callback", "v3/auth/token", "v3/auth/kauth/form"),
    ],
)
async def test_moscow_has_no_such_pages(moscow: Service, path: str) -> None:
    assert (await moscow.browser().get(f"{ORIGIN}/{path}")).status_code == 404


async def test_a_state_sign_in_that_is_over_is_stale(oblast: Service) -> None:
    browser = oblast.browser()
    assert (await browser.get("/aas/oauth2/v2/ac?state=x")).status_code == 400
    assert (await browser.post("/__esia__/login", data={"request": "x"})).status_code == 400


async def test_real_hosts_are_led_to_real_gosuslugi(oblast: Service) -> None:
    page = await oblast.browser("https://authedu.mosreg.ru").get("/v3/auth/esia/login")
    assert target_of(page).startswith("https://esia.gosuslugi.ru/aas/oauth2/v2/ac?state=")


@pytest.mark.parametrize("provider", [name for name in BY_PROVIDER if name != "mos_ru"])
async def test_every_node_issues_its_own_tokens(running: Any, provider: str) -> None:
    service = running(provider)
    token = service.account("student").token
    claims = claims_of(token)
    node = BY_PROVIDER[provider]
    assert claims is not None
    assert (claims["iss"], claims["rgn"]) == (node.api, node.region)
    assert await opens(service, token) == 200
    other = running("mos_ru").account("student").token
    assert await opens(service, other) == 401
