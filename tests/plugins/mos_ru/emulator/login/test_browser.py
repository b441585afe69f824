import re
from html import unescape

import httpx
import pytest

from tests.plugins.mos_ru.emulator.login.support import (
    ORIGIN,
    Service,
    code_of,
    registered,
    walk,
)


async def opened(service: Service, **asked: str) -> tuple[httpx.AsyncClient, httpx.Response]:
    """The page of a sign-in in a browser."""
    device = await registered(service)
    first = await device.browser.get("/sps/oauth/ae", params=device.asked(prompt="login", **asked))
    return device.browser, await walk(device.browser, first)


def action_of(page: httpx.Response) -> str:
    found = re.search(r'<form method="post" action="([^"]+)"', page.text)
    assert found is not None, page.text
    return unescape(found[1])


async def submit(
    browser: httpx.AsyncClient, page: httpx.Response, **fields: str | None
) -> httpx.Response:
    """Send the form of a page and go where that leads."""
    return await walk(browser, await browser.post(action_of(page), data=fields))


async def test_a_form_ends_at_the_application_with_code_and_state(moscow: Service) -> None:
    browser, page = await opened(moscow, redirect_uri="http://localhost:9/x", state="s1")
    assert page.url.path == "/sps/login/methods/password"
    for mark in ('id="login"', 'id="password"', 'id="bind"'):
        assert mark in page.text
    account = moscow.account("student")
    done = await submit(browser, page, login=account.login, password=account.password)
    assert code_of(done, "http://localhost:9/x")
    assert done.headers["location"].endswith("&state=s1")


async def test_wrong_passwords_stay_on_the_page(moscow: Service) -> None:
    browser, page = await opened(moscow)
    account = moscow.account("student")
    wrong = await submit(browser, page, login=account.login, password="no")
    assert "Введены неверные логин или пароль" in wrong.text
    nobody = await submit(browser, wrong, login="nobody", password="no")
    assert "не найдена" in nobody.text
    locked = moscow.account("locked")
    closed = await submit(browser, nobody, login=locked.login, password=locked.password)
    assert "заблокирован" in closed.text
    done = await submit(browser, closed, login=account.login, password=account.password)
    assert code_of(done)


async def test_a_captcha_and_a_consent_are_no_obstacle_to_a_person(moscow: Service) -> None:
    browser, page = await opened(moscow)
    account = moscow.account("captcha")
    assert code_of(await submit(browser, page, login=account.login, password=account.password))
    browser, page = await opened(moscow)
    account = moscow.account("consent")
    asked = await submit(browser, page, login=account.login, password=account.password)
    assert "Предоставить" in asked.text
    assert "Предоставить" in (await browser.get(str(asked.url))).text
    assert code_of(await submit(browser, asked, action="allow"))
    device = await registered(moscow)
    assert code_of(await device.password(account))  # asked once


async def test_a_person_gives_the_second_factor_and_is_offered_trust(moscow: Service) -> None:
    browser, page = await opened(moscow)
    account = moscow.account("linking-offer")
    asked = await submit(browser, page, login=account.login, password=account.password)
    assert asked.url.path == "/sps/login/methods2/sms"
    trust = await submit(browser, asked, **{"sms-code": account.code})
    assert trust.url.path == "/sps/login/ur/askToTrust"
    assert code_of(await submit(browser, trust, action="trust"))


async def test_gosuslugi_open_mos_ru_too(moscow: Service) -> None:
    browser, page = await opened(moscow)
    link = re.search(r'href="([^"]+)">Войти через Госуслуги', page.text)
    assert link is not None
    form = await walk(browser, await browser.get(unescape(link[1])))
    account = moscow.account("esia-only")
    fields = {
        "request": re.findall(r'name="request" value="([^"]+)"', form.text)[0],
        "login": account.config["esia_login"],
        "password": account.config["esia_password"],
    }
    assert code_of(await submit(browser, form, **fields))


@pytest.mark.parametrize(
    "path",
    [
        *("sps/login/methods/password", "sps/login/ur/consent", "sps/login/ur/askToTrust"),
        *("sps/login/methods2/sms", "sps/login/externalIdps/esia"),
    ],
)
async def test_pages_without_their_sign_in_are_stale(moscow: Service, path: str) -> None:
    browser = moscow.browser()
    assert (await browser.get(f"{ORIGIN}/{path}")).status_code == 400
    if not path.endswith(("sms", "esia")):
        assert (await browser.post(f"{ORIGIN}/{path}")).status_code == 400
    device = await registered(moscow)
    await device.proof()
    if "password" not in path and "esia" not in path:
        assert (await device.browser.get(f"{ORIGIN}/{path}")).status_code == 400


async def test_real_host_names_get_real_addresses_and_secure_cookies(moscow: Service) -> None:
    browser = moscow.browser("https://school.mos.ru")
    page = await browser.get("/v3/auth/sudir/login")
    url = unescape(re.findall(r'url=([^"]+)"', page.text)[0])
    assert url.startswith("https://login.mos.ru/sps/oauth/ae?")
    first = await browser.get(url)
    assert first.headers["location"].startswith("https://login.mos.ru/sps/login/methods/password")
    cookies = first.headers.get_list("set-cookie")
    assert all("Domain=.mos.ru; Path=/; Secure" in cookie for cookie in cookies)
    assert any(re.match(r"origin=login\|[^;]+;", cookie) for cookie in cookies)
