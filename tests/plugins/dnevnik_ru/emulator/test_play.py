import re
from collections.abc import Callable

import pytest

from gateway.core.contract.emulator import SandboxAccount
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
    Redirect,
    ShowQr,
    Step,
    Words,
)
from gateway.core.errors import IllegalAnswer
from gateway.sandbox.world import World
from gateway_dnevnik_ru.emulator.png import draw_digits
from tests.plugins.dnevnik_ru.emulator.support import ORIGIN, Service, token_of

WORDS = Words(ru="", en="")


def play(service: Service, step: Step, slug: str = "student") -> object:
    return service.emulator.answer(step, service.account(slug), origin=ORIGIN)


def form(*names: str) -> Form:
    return Form(fields=tuple(FormField(name=name, label=WORDS) for name in names))


def test_every_account_of_the_world_is_listed_with_its_ways_in(
    service: Service, world: World
) -> None:
    accounts = {item.key: item for item in service.emulator.accounts(world)}
    assert set(accounts) == {item.key for item in world.accounts}
    methods = {key.removeprefix("account-"): item.methods for key, item in accounts.items()}
    every = ("oauth", "password:partner", "password:mobile", "esia", "token", "cookies")
    assert methods["student"] == every
    assert methods["esia-only"] == ("esia", "token", "cookies")
    assert methods["locked"] == ()
    assert methods["temporary-password"] == ("oauth", "password:mobile")
    assert methods["teacher"] == ("oauth", "password:partner", "token", "cookies")
    assert "esia" not in methods["unlinked"]
    assert accounts["account-parent-two"].students[0].gateway_id == (
        f"dnevnik_ru:student:{service.person('student-1')}"
    )
    assert set(accounts["account-captcha"].config) == {"client_id", "client_secret"}


def test_a_sister_lists_only_what_it_declares(start: Callable[..., Service]) -> None:
    uzbek = start("emaktab_uz")
    found = {name for item in uzbek.emulator.accounts(uzbek.world) for name in item.methods}
    declared = {method.name for method in uzbek.emulator.declaration.login_methods}
    assert found <= declared
    assert "esia" not in declared


def test_settings_point_at_the_sandbox(service: Service) -> None:
    settings = service.emulator.settings(ORIGIN)
    config = service.account("student").config
    assert settings["base_url"] == ORIGIN
    assert settings["client_id"] == config["client_id"]


async def test_every_pasted_token_and_pair_of_cookies_works_from_the_start(
    service: Service,
) -> None:
    for account in service.emulator.accounts(service.world):
        if "token" not in account.methods:
            assert account.token is None
            continue
        answer = await service.browser().get(
            "/v2/users/me", headers={"Access-Token": account.token or ""}
        )
        assert answer.json()["id"] == service.number("user", account.key)
        step = Redirect(url=f"{ORIGIN}/login", completes_by=CompletedBy.COOKIES)
        cookies = service.emulator.answer(step, account, origin=ORIGIN)
        assert isinstance(cookies, dict)
        page = await service.browser(cookies=cookies).get("/userfeed")
        assert page.status_code == (302 if account.roles == ("teacher",) else 200)


def test_forms_are_filled_in_by_the_names_of_their_fields(service: Service) -> None:
    account = service.account("student")
    answers = play(service, form("login", "password", "token", "DnevnikAuth_a", "client_id"))
    assert isinstance(answers, dict)
    assert answers["login"] == account.login
    assert answers["password"] == account.password
    assert answers["token"] == account.token
    assert len(answers["DnevnikAuth_a"]) == 96
    assert answers["client_id"] == account.config["client_id"]
    fresh = play(service, form("new_password", "newPasswordRepeat", "email", "phone", "other"))
    assert isinstance(fresh, dict)
    assert fresh["new_password"] == fresh["newPasswordRepeat"] != account.password
    assert "@" in fresh["email"]
    assert fresh["other"] == ""


async def test_the_new_password_of_a_person_is_accepted(service: Service) -> None:
    answers = play(service, form("password_new"), "temporary-password")
    assert isinstance(answers, dict)
    account = service.account("temporary-password")
    browser = service.browser()
    first = await browser.post(
        "/login", data={"login": account.login, "password": account.password}
    )
    new = answers["password_new"]
    changed = await browser.post(
        first.headers["location"], data={"Password": new, "RepeatedPassword": new}
    )
    assert "DnevnikAuth_a" in changed.headers["set-cookie"]


def test_small_steps(service: Service) -> None:
    assert play(service, Captcha(image=draw_digits("13579"))) == "13579"
    assert play(service, Confirm(question=WORDS)) is True
    assert play(service, OneTimeCode(medium=CodeMedium.SMS), "parent-two") == "123456"
    with pytest.raises(IllegalAnswer):
        play(service, ShowQr(content="x"))


def option(key: str, label: str = "") -> Option:
    return Option(key=key, label=label)


def test_people_choose_their_own_region_account_and_child(service: Service) -> None:
    regions = Choice(options=(option("141", "Киров"), option("136", "Иркутск"), option("175", "М")))
    assert play(service, regions, "parent-one") == "136"
    by_name = Choice(options=(option("a", "Кировская область"), option("b", "Иркутская область")))
    assert play(service, by_name, "parent-one") == "b"
    users = [str(service.number("user", f"account-two-identities-{n}")) for n in (1, 2)]
    accounts = Choice(options=tuple(option(number) for number in users))
    assert play(service, accounts, "two-identities-2") == users[1]
    children = Choice(
        options=(option("1"), option(str(service.person("student-3")))), multiple=True
    )
    assert play(service, children, "parent-two") == (str(service.person("student-3")),)
    assert play(service, Choice(options=(option("x"), option("y")))) == "x"


async def test_a_browser_comes_back_with_a_token_that_works(service: Service) -> None:
    inner = f"{ORIGIN}/oauth2?response_type=token&client_id={'0' * 32}&scope=CommonInfo&state=s1"
    url = f"{ORIGIN}/login?ReturnUrl={inner.replace('&', '%26')}"
    step = Redirect(url=url, completes_by=CompletedBy.FINAL_URL, pattern=".*result=success.*")
    final = play(service, step, "esia-only")
    assert isinstance(final, str)
    assert "client_id=00000000-0000-0000-0000-000000000000" in final
    assert final.endswith("&state=s1")
    token = final.split("#access_token=")[1].split("&")[0]
    answer = await service.browser().get("/v2/users/me", headers={"Access-Token": token})
    assert answer.json()["personId"] == service.person("student-3")
    back = Redirect(
        url=f"{ORIGIN}/oauth2?response_type=token&redirect_uri=http://localhost/x",
        completes_by=CompletedBy.LOOPBACK,
    )
    answer_url = play(service, back)
    assert isinstance(answer_url, str)
    assert answer_url.startswith("http://localhost/x#access_token=")
    assert len(token_of(answer_url)) == 32


async def test_a_browser_comes_back_with_a_code_that_can_be_exchanged(service: Service) -> None:
    url = f"{ORIGIN}/oauth2?response_type=code&redirect_uri=app://x&state=q"
    final = play(service, Redirect(url=url, completes_by=CompletedBy.APP_SCHEME_URL))
    assert isinstance(final, str)
    found = re.fullmatch(r"app://x\?code=(\w{32})&state=q", final)
    assert found is not None
    account: SandboxAccount = service.account("student")
    body = {
        "grant_type": "AuthorizationCode",
        "code": found[1],
        "client_id": account.config["client_id"],
        "client_secret": account.config["client_secret"],
    }
    pair = (await service.browser().post("/v2/authorizations", json=body)).json()
    assert pair["user"] == service.number("user", "account-student")


async def test_a_state_sign_in_ends_at_a_task_that_the_service_knows(service: Service) -> None:
    step = Redirect(url=f"{ORIGIN}/login/esia/kaliningrad", completes_by=CompletedBy.FINAL_URL)
    final = play(service, step, "esia-only")
    assert isinstance(final, str)
    found = re.fullmatch(rf"{ORIGIN}/esia/auth\?taskId=([0-9a-f-]{{36}})&regionId=137", final)
    assert found is not None
    users = await service.browser().post(
        "/mobile/v8.5/authorizations/esia/users/linked", json={"taskId": found[1], "regionId": 137}
    )
    assert [item["userId"] for item in users.json()["users"]] == [
        service.number("user", "account-esia-only")
    ]
    assert (await service.browser().get(final)).status_code == 200
