import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import httpx
import pytest

from gateway.core.contract.steps import (
    Captcha,
    Choice,
    CodeMedium,
    CompletedBy,
    Confirm,
    Form,
    FormField,
    OneTimeCode,
    Option,
    Question,
    Redirect,
    ShowQr,
    Step,
    WaitForApproval,
    Words,
)
from gateway.core.errors import IllegalAnswer
from gateway.sandbox.server import Sandbox
from tests.plugins.emulation import TODAY
from tests.plugins.mos_ru.emulator.login.support import (
    APP,
    BACK,
    ORIGIN,
    XHR,
    Service,
    opens,
    registered,
)

WORDS = Words(ru="", en="")


def play(service: Service, step: Step, slug: str = "student") -> object:
    return service.emulator.answer(step, service.account(slug), origin=ORIGIN)


def form(*names: str) -> Form:
    return Form(fields=tuple(FormField(name=name, label=WORDS) for name in names))


def test_forms_are_filled_in_by_the_names_of_their_fields(moscow: Service) -> None:
    account = moscow.account("student")
    names = ("login", "password", "token", "aupd_token", "aupd_refresh_token", "other")
    answers = play(moscow, form(*names))
    assert isinstance(answers, dict)
    assert answers["login"] == account.login
    assert answers["password"] == account.password
    assert answers["token"] == account.token
    assert answers["aupd_token"] == account.config["aupd_token"]
    assert answers["aupd_refresh_token"] == account.config["aupd_refresh_token"]
    assert answers["other"] == ""


def test_small_steps(moscow: Service) -> None:
    assert play(moscow, Confirm(question=WORDS)) is True
    assert play(moscow, Question(question="?")) == ""
    assert play(moscow, WaitForApproval()) == ""
    assert play(moscow, OneTimeCode(medium=CodeMedium.SMS), "second-factor") == "123456"
    assert play(moscow, OneTimeCode(medium=CodeMedium.CALL), "second-factor") == "3456"
    with pytest.raises(IllegalAnswer):
        play(moscow, Captcha(image=b"x"))


def test_people_choose_their_own_account_or_child(moscow: Service) -> None:
    child = moscow.account("parent-two").students[1].id
    options = tuple(Option(key=key, label="") for key in ("x", child))
    assert play(moscow, Choice(options=options), "parent-two") == child
    assert play(moscow, Choice(options=options, multiple=True), "parent-two") == (child,)
    assert play(moscow, Choice(options=options), "student") == "x"


async def test_every_token_and_pair_of_cookies_works_from_the_start(moscow: Service) -> None:
    for account in moscow.emulator.accounts(moscow.world):
        if "token" not in account.methods or not account.students:
            continue
        assert await opens(moscow, account.token or "") == 200
        step = Redirect(
            url=f"{ORIGIN}/", completes_by=CompletedBy.COOKIES, cookie_names=("aupd_token",)
        )
        cookies = moscow.emulator.answer(step, account, origin=ORIGIN)
        assert isinstance(cookies, dict)
        assert set(cookies) == {"aupd_token"}
        assert await opens(moscow, cookies["aupd_token"]) == 200


async def test_a_browser_comes_back_from_mos_ru_with_a_code_for_its_challenge(
    moscow: Service,
) -> None:
    device = await registered(moscow)
    url = f"{ORIGIN}/sps/oauth/ae?{urlencode(device.asked(prompt='login', state='s 1'))}"
    step = Redirect(url=url, completes_by=CompletedBy.APP_SCHEME_URL)
    final = play(moscow, step, "esia-only")
    assert isinstance(final, str)
    assert final.startswith(f"{BACK}?code=")
    assert final.endswith("&state=s%201")
    code = final.split("code=")[1].split("&")[0]
    assert (await device.exchange(code, code_verifier="w" * 80)).status_code == 400
    assert (await device.exchange(code, redirect_uri="http://localhost")).status_code == 400
    pair = (await device.exchange(code)).json()
    mesh = (await device.mesh(pair["access_token"])).json()
    assert mesh["user_authentication_for_mobile_response"]["mesh_access_token"]
    assert (await device.exchange(code)).status_code == 400


async def test_an_application_comes_back_from_a_node_with_a_code(oblast: Service) -> None:
    url = f"{ORIGIN}/v3/auth/esia/login?{urlencode({'redirect_url': APP, 'state': 's1'})}"
    final = play(oblast, Redirect(url=url, completes_by=CompletedBy.APP_SCHEME_URL), "esia-only")
    assert isinstance(final, str)
    assert final.startswith(f"{APP}?code=")
    assert final.endswith("&state=s1")
    code = final.split("code=")[1].split("&")[0]
    exchange = oblast.browser()
    answer = await exchange.get("/v3/auth/token", params={"code": code, "state": "s1"})
    assert answer.json()["token"]
    again = await exchange.get("/v3/auth/token", params={"code": code, "state": "s1"})
    assert again.status_code == 401


def test_nobody_is_sent_elsewhere(moscow: Service) -> None:
    step = Redirect(url="https://foreign.example/x", completes_by=CompletedBy.FINAL_URL)
    with pytest.raises(IllegalAnswer):
        play(moscow, step)


@contextmanager
def served() -> Iterator[tuple[Sandbox, str]]:
    sandbox = Sandbox(today=TODAY)
    with sandbox.serving({"mos_ru": 0}) as (place,):
        yield sandbox, place.origin


async def test_a_phone_opens_the_link_of_a_qr_code() -> None:
    pull = "/sps/login/methods/headless/qrCode/pull"
    with served() as (sandbox, origin):
        account = next(
            item for item in sandbox.accounts("mos_ru") if item.key == "account-parent-one"
        )
        async with httpx.AsyncClient(base_url=origin, headers=XHR) as browser:
            page = await browser.get("/v3/auth/sudir/login")
            url = page.text.split("0;url=")[1].split('"')[0].replace("&amp;", "&")
            await browser.get(url, follow_redirects=True)
            shown = (await browser.get(pull)).json()
            step = ShowQr(content=shown["link"])
            emulator = sandbox.emulator("mos_ru")
            assert await asyncio.to_thread(emulator.answer, step, account, origin=origin) == ""
            assert (await browser.get(pull)).json() == {"command": "askForConfirm"}
            assert (await browser.get(pull)).json() == {"command": "needComplete"}
            await browser.post("/sps/login/methods/qrCode/complete", follow_redirects=True)
            login = (await browser.get("/v3/userinfo")).json()["login"]
    assert login == account.login
