import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.plugins.dnevnik_ru.emulator.support import ORIGIN, Service, token_of, walk

BARE = "0123456789ABCDEF0123456789abcdef"
DASHED = "01234567-89ab-cdef-0123-456789abcdef"
SCOPE = "CommonInfo,ContactInfo,FriendsAndRelatives,EducationalInfo"


async def sign_in(
    service: Service, slug: str, query: str, base: str = ORIGIN
) -> tuple[str, httpx.Response, httpx.AsyncClient]:
    account = service.account(slug)
    browser = service.browser(base)
    fields = {
        "ReturnUrl": f"{base}/oauth2?{query}",
        "login": account.login,
        "password": account.password,
    }
    answer = await browser.post("/login/", params=fields)
    url, last = await walk(browser, answer)
    return url, last, browser


async def test_the_final_address_is_exactly_what_clients_cut(service: Service) -> None:
    query = f"response_type=token&client_id={BARE}&scope={SCOPE}"
    url, last, _ = await sign_in(service, "student", query)
    assert last.status_code == 200
    assert re.fullmatch(
        re.escape(
            f"{ORIGIN}/oauth2/Authorization/Result?response_type=token&client_id={DASHED}"
            f"&scope={SCOPE}&is_granted=False&result=success#access_token="
        )
        + "[0-9A-Za-z]{32}&state=",
        url,
    )
    answer = await service.browser().get("/v2/users/me", headers={"Access-Token": token_of(url)})
    assert answer.json()["personId"] == service.person("student-1")


async def test_redirect_uri_and_state_are_honoured(service: Service) -> None:
    query = (
        f"response_type=token&client_id={DASHED}&scope=CommonInfo"
        "&redirect_uri=http://127.0.0.1:9/back&state=a b"
    )
    account = service.account("student")
    browser = service.browser()
    await browser.post("/login", data={"login": account.login, "password": account.password})
    answer = await browser.get(f"/oauth2/?{query}")
    url = answer.headers["location"]
    assert url.startswith("http://127.0.0.1:9/back#access_token=")
    assert url.endswith("&state=a%20b")


async def test_the_cookies_of_a_browser_are_enough(service: Service) -> None:
    back = f"{ORIGIN}/oauth2?response_type=token&client_id={DASHED}&scope=CommonInfo"
    browser = service.web("esia-only")
    url, _ = await walk(browser, await browser.get("/login/", params={"ReturnUrl": back}))
    assert len(token_of(url)) == 32


async def test_who_is_not_signed_in_is_sent_to_the_login_page(service: Service) -> None:
    answer = await service.browser().get(
        "/oauth2", params={"response_type": "token", "client_id": DASHED, "scope": "CommonInfo"}
    )
    target = urlsplit(answer.headers["location"])
    assert target.path == "/login"
    inner = urlsplit(parse_qs(target.query)["ReturnUrl"][0])
    assert parse_qs(inner.query)["client_id"] == [DASHED]


@pytest.mark.parametrize(
    "query", ["client_id=nonsense&response_type=token", f"client_id={DASHED}&response_type=magic"]
)
async def test_a_bad_request_ends_without_success(service: Service, query: str) -> None:
    answer = await service.web("student").get(f"/oauth2?{query}")
    assert "result=success" not in answer.headers["location"]
    assert "access_token" not in answer.headers["location"]


async def test_a_linking_offer_is_passed_by_repeating_the_address(service: Service) -> None:
    query = f"response_type=token&client_id={DASHED}&scope=CommonInfo"
    for repeat in ("GET", "POST"):
        service.state.settled.clear()
        url, last, browser = await sign_in(service, "linking-offer", query)
        assert "/esia/auth/message/OfferLinkingAccounts?" in url
        assert last.status_code == 200
        url, _ = await walk(browser, await browser.request(repeat, f"/oauth2?{query}"))
        assert "result=success#access_token=" in url
    url, _, _ = await sign_in(service, "linking-offer", query)
    assert "result=success#access_token=" in url, "the offer is made once"


async def test_consent_is_asked_once_and_only_the_form_gives_it(service: Service) -> None:
    query = f"response_type=token&client_id={DASHED}&scope=CommonInfo,EducationalInfo"
    url, last, browser = await sign_in(service, "consent", query)
    assert url.startswith(f"{ORIGIN}/oauth2?")
    assert 'name="is_granted" value="true"' in last.text
    assert "EducationalInfo" in last.text
    denied = await browser.post(f"/oauth2/?access_token=0&{query}", data={"is_granted": "false"})
    assert "access_denied" in denied.headers["location"]
    form = {
        "access_token": "0",
        "response_type": "token",
        "client_id": DASHED,
        "scope": "CommonInfo,EducationalInfo",
        "is_granted": "true",
    }
    url, _ = await walk(browser, await browser.post(f"/oauth2/?access_token=0&{query}", data=form))
    assert "result=success#access_token=" in url
    url, _, _ = await sign_in(service, "consent", query)
    assert "result=success#access_token=" in url


async def test_the_code_flavour_hands_out_a_code_to_be_exchanged_once(service: Service) -> None:
    browser = service.web("student")
    query = f"response_type=code&client_id={DASHED}&scope=CommonInfo&redirect_uri=app://x&state=7"
    answer = await browser.get(f"/oauth2?{query}")
    url = answer.headers["location"]
    assert re.fullmatch(r"app://x\?code=[0-9A-Za-z]{32}&state=7", url)
    body = {
        "grant_type": "AuthorizationCode",
        "code": url.split("code=")[1].split("&")[0],
        "client_id": DASHED,
        "client_secret": DASHED,
        "refreshToken": "",
    }
    pair = await browser.post("/v2/authorizations", json=body)
    assert pair.json()["user"] == service.number("user", "account-student")
    assert (await browser.post("/v2/authorizations", json=body)).json()[
        "type"
    ] == "authorizationFailed"
    as_form = body | {"code": "0" * 32}
    assert (await browser.post("/v2/authorizations", data=as_form)).status_code == 400


async def test_the_portal_of_the_oblast_prints_one_scope_whatever_was_asked(
    service: Service,
) -> None:
    query = f"response_type=token&client_id={BARE}&scope={SCOPE}"
    url, _, _ = await sign_in(service, "student", query, "https://login.school.mosreg.ru")
    assert url.startswith(
        "https://login.school.mosreg.ru/oauth2/Authorization/Result?response_type=token"
        f"&client_id={DASHED}&scope=EducationalInfo&is_granted=False&result=success#"
    )


async def test_the_sisters_have_their_own_hosts_and_cookies(start: Callable[..., Service]) -> None:
    uzbek = start("emaktab_uz")
    assert "api.emaktab.uz" in uzbek.emulator.hosts
    assert "api.dnevnik.ru" not in uzbek.emulator.hosts
    answer = await uzbek.browser().post(
        "/login", data={"login": "demo.student", "password": "demo-student-1"}
    )
    names = {line.partition("=")[0] for line in answer.headers.get_list("set-cookie")}
    assert {"UZDnevnikAuth_a", "UZDnevnikAuth_l"} <= names
    wrong = await uzbek.browser().post("/login", data={"login": "demo.student", "password": "no"})
    assert "Parol yoki login" in wrong.text
    kazakh = start("kundelik_kz")
    assert (await kazakh.api("student").get("/v2/users/me")).status_code == 200
    assert kazakh.account("student").token != uzbek.account("student").token
