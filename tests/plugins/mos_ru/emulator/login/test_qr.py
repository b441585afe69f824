import re
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest

from gateway.core.contract.emulator import SandboxAccount
from gateway_mos_ru.emulator.play import phone_visit
from tests.plugins.mos_ru.emulator.login.support import XHR, Service, opens, walk

PULL = "/sps/login/methods/headless/qrCode/pull"
COMPLETE = "/sps/login/methods/qrCode/complete"


async def begun(service: Service) -> httpx.AsyncClient:
    """A browser at the page with the QR code."""
    browser = service.browser()
    page = await browser.get("/v3/auth/sudir/login")
    url = unescape(re.findall(r'url=([^"\'>]+)', page.text)[0])
    last = await walk(browser, await browser.get(url, headers={"Referer": "https://school.mos.ru"}))
    assert last.status_code == 200
    return browser


async def pull(browser: httpx.AsyncClient) -> dict[str, Any]:
    answer = await browser.get(PULL, headers=XHR)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def approve(service: Service, link: str, account: SandboxAccount) -> httpx.Response:
    url, form = phone_visit(link, account)
    return await service.browser().post(url, data=form)


async def approved(service: Service, slug: str) -> tuple[httpx.AsyncClient, httpx.Response]:
    """The page after an approval by an account's phone."""
    browser = await begun(service)
    shown = await pull(browser)
    await approve(service, shown["link"], service.account(slug))
    assert await pull(browser) == {"command": "askForConfirm"}
    assert await pull(browser) == {"command": "needComplete"}
    done = await browser.post(COMPLETE, data={}, headers={"Origin": "https://login.mos.ru"})
    return browser, await walk(browser, done)


async def test_a_phone_opens_the_diary_in_a_browser(moscow: Service) -> None:
    browser, last = await approved(moscow, "parent-two")
    assert last.status_code == 200
    token = browser.cookies["aupd_token"]
    assert browser.cookies["aupd_refresh_token"]
    assert "sps_session" not in browser.cookies
    assert await opens(moscow, token) == 200  # the site activates by itself
    answer = await moscow.browser().get(
        "/v3/userinfo", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.json()["login"] == "demo.parent-two"


async def test_the_sandbox_has_a_phone_of_its_own(moscow: Service) -> None:
    browser = await begun(moscow)
    commands = [(await pull(browser))["command"] for _ in range(5)]
    assert commands == ["showQRCode"] * 3 + ["askForConfirm", "needComplete"]
    await walk(browser, await browser.post(COMPLETE))
    answer = await browser.get("/v3/userinfo")
    assert answer.json()["login"] == "demo.student"


async def test_somebody_who_opens_the_link_says_whose_phone_it_is(moscow: Service) -> None:
    browser = await begun(moscow)
    link = (await pull(browser))["link"]
    page = await moscow.browser().get(link)
    assert "account-parent-one" in page.text
    assert "account-locked" not in page.text
    for _ in range(5):
        assert (await pull(browser))["command"] == "showQRCode"
    assert (await approve(moscow, link, moscow.account("locked"))).status_code == 403
    assert (await approve(moscow, link, moscow.account("student"))).status_code == 200
    assert (await approve(moscow, link, moscow.account("student"))).status_code == 410
    assert (await pull(browser))["command"] == "askForConfirm"


async def test_a_code_that_is_declined_or_old_is_drawn_anew(moscow: Service) -> None:
    browser = await begun(moscow)
    link = (await pull(browser))["link"]
    await moscow.browser().post(link, data={"action": "decline"})
    assert await pull(browser) == {"command": "needRefresh", "cause": "declined"}
    shown = await pull(browser)
    assert shown["link"] != link
    assert shown["expires"] == int(moscow.clock.now.timestamp()) + 120
    moscow.clock.pass_(timedelta(minutes=3))
    assert (await moscow.browser().get(shown["link"])).status_code == 410
    assert await pull(browser) == {"command": "needRefresh", "cause": "expired"}


async def test_a_page_that_is_no_page_is_not_told_anything(moscow: Service) -> None:
    browser = await begun(moscow)
    assert (await browser.get(PULL)).status_code == 400
    assert (await browser.post(COMPLETE)).status_code == 400
    stranger = (await moscow.browser().get(PULL, headers=XHR)).json()
    assert stranger == {"command": "needRefresh", "cause": "sessionNotFound"}


WAYS = [
    ("sms", "/sps/login/methods/sms", "sms-code", "123456"),
    ("email", "/sps/login/methods/email", "email-code", "123456"),
    ("flashCall", "/sps/login/method/flashCall/code", "code", "3456"),
    ("totp", "/sps/login/methods/totp", "otp", "123456"),
]


@pytest.mark.parametrize("way, path, name, code", WAYS)
async def test_every_second_factor_opens(
    moscow: Service, way: str, path: str, name: str, code: str
) -> None:
    browser, page = await approved(moscow, "second-factor")
    assert page.url.path == "/sps/login/methods2/sms"
    back = {"bo": page.url.params["bo"]}
    page = await browser.get(f"/sps/login/methods2/{way}", params=back)
    assert page.status_code == 200
    if way == "flashCall":
        page = await browser.post("/sps/login/method/flashCall", params=back)
    assert re.search(r'"ttl":\s*300,"attemptsLeft":\s*3', page.text)
    wrong = await browser.post(path, params=back, data={name: "9999"})
    assert wrong.status_code == 200
    assert '"error":"Неверный код","ttl":300,"attemptsLeft":2};' in wrong.text
    done = await walk(browser, await browser.post(path, params=back, data={name: code}))
    assert done.status_code == 200
    assert browser.cookies["aupd_token"]


async def test_codes_end_by_time_and_by_tries(moscow: Service) -> None:
    browser, page = await approved(moscow, "second-factor")
    back = {"bo": page.url.params["bo"]}
    url = "/sps/login/methods/sms"
    moscow.clock.pass_(timedelta(seconds=301))
    late = await browser.post(url, params=back, data={"sms-code": "123456"})
    assert re.search(r'"error":"[^"]*истёк","ttl":0', late.text)
    await browser.get("/sps/login/methods2/sms", params=back)
    pages = [await browser.post(url, params=back, data={"sms-code": "1"}) for _ in range(3)]
    assert '"attemptsLeft":0' in pages[-1].text
    over = await browser.post(url, params=back, data={"sms-code": "123456"})
    assert "исчерпаны" in over.text


async def test_a_code_needs_its_way_and_its_sign_in(moscow: Service) -> None:
    browser, page = await approved(moscow, "second-factor")
    back = {"bo": page.url.params["bo"]}
    assert (await browser.get("/sps/login/methods2/pigeon", params=back)).status_code == 404
    other = await browser.post(
        "/sps/login/methods/email", params=back, data={"email-code": "123456"}
    )
    assert other.status_code == 400
    assert (await browser.get("/sps/login/methods2/email?bo=x")).status_code == 400
    foreign = await browser.post("/sps/login/methods/sms?bo=x", data={"sms-code": "123456"})
    assert foreign.status_code == 400
    await browser.get("/sps/login/methods2/flashCall", params=back)
    silent = await browser.post(
        "/sps/login/method/flashCall/code", params=back, data={"code": "3456"}
    )
    assert silent.status_code == 400  # nobody has called


async def test_a_browser_is_offered_trust_after_its_second_factor(moscow: Service) -> None:
    browser, page = await approved(moscow, "linking-offer")
    back = {"bo": page.url.params["bo"]}
    asked = await walk(
        browser,
        await browser.post("/sps/login/methods/sms", params=back, data={"sms-code": "123456"}),
    )
    assert asked.url.path == "/sps/login/ur/askToTrust"
    done = await browser.post(str(asked.url), data={"action": "do_not_trust"})
    assert (await walk(browser, done)).status_code == 200
    assert browser.cookies["aupd_token"]


async def test_the_callback_takes_a_code_once(moscow: Service) -> None:
    browser = moscow.browser()
    assert (await browser.get("/v3/auth/sudir/callback?code=x")).status_code == 401
    assert "aupd_token" not in browser.cookies
