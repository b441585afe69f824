from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from gateway_dnevnik_ru.emulator.png import read_digits
from tests.plugins.dnevnik_ru.emulator.support import ORIGIN, Service

LOGIN, PASSWORD = "demo.student", "demo-student-1"
GUID = "0123456789abcdef0123456789abcdef"
OAUTH = f"{ORIGIN}/oauth2?response_type=token&client_id={GUID}&scope=CommonInfo,EducationalInfo"
WRONG = "Неправильно указан пароль или логин. Попробуйте еще раз."
COOKIES = {
    *("DnevnikAuth_a", "DnevnikAuth_l", "t0", "t1", "t2"),
    *("dnevnik_sst", "a_r_p_i", "c_e_a_p"),
}


def set_cookies(response: httpx.Response) -> dict[str, str]:
    lines = response.headers.get_list("set-cookie")
    return {line.partition("=")[0]: line for line in lines}


def hidden(page: str, name: str) -> str:
    _, _, rest = page.partition(f'name="{name}" value="')
    return rest.partition('"')[0]


async def test_parameters_stand_in_the_query_or_in_the_body(service: Service) -> None:
    fields = {"ReturnUrl": OAUTH, "login": LOGIN, "password": PASSWORD}
    for path in ("/login", "/login/", "/Login/"):
        for how in ("params", "data"):
            kwargs: dict[str, Any] = {how: fields}
            answer = await service.browser().post(path, **kwargs)
            assert answer.status_code == 302
            assert answer.headers["location"] == OAUTH
            assert set(set_cookies(answer)) == COOKIES


async def test_an_inner_address_whose_parameters_spilled_is_put_together(service: Service) -> None:
    url = f"/login/?ReturnUrl={OAUTH}&login={LOGIN}&password={PASSWORD}"
    answer = await service.browser().post(url)
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["client_id"] == [GUID]
    assert asked["scope"] == ["CommonInfo,EducationalInfo"]


async def test_under_a_plain_origin_cookies_have_no_domain_and_are_not_secure(
    service: Service,
) -> None:
    answer = await service.browser().post("/login", data={"login": LOGIN, "password": PASSWORD})
    for line in set_cookies(answer).values():
        assert "Domain" not in line
        assert "Secure" not in line


async def test_a_real_host_gets_real_addresses_and_its_own_domain(service: Service) -> None:
    browser = service.browser("https://login.dnevnik.ru")
    answer = await browser.post("/login", data={"login": LOGIN, "password": PASSWORD})
    assert answer.headers["location"].startswith("https://login.dnevnik.ru/login/token?token=")
    assert all("Domain=.dnevnik.ru; Path=/; Secure" in c for c in set_cookies(answer).values())


async def test_without_a_return_address_the_hand_over_ends_at_the_start_page(
    service: Service,
) -> None:
    browser = service.browser()
    answer = await browser.post("/login", data={"login": LOGIN, "password": PASSWORD})
    path = []
    while answer.is_redirect:
        target = answer.headers["location"]
        path.append(target.removeprefix(ORIGIN).partition("?")[0])
        answer = await browser.get(target)
    assert path == ["/login/token", "/", "/userfeed"]
    assert answer.status_code == 200
    school = service.number("school", "school-1")
    assert set_cookies(answer)["t0"].startswith(f"t0={school};")


async def test_the_token_of_the_hand_over_stands_before_the_return_address(
    service: Service,
) -> None:
    answer = await service.browser().post("/login", data={"login": LOGIN, "password": PASSWORD})
    token = answer.headers["location"].split("token=")[1].split("&returnUrl")[0]
    assert len(token) == 32
    other = service.browser("https://login.xn--b1addnkoc.xn--p1ai")
    url = f"/login/token?token={token}&returnUrl=https://дневник.рф/"
    moved = await other.get(url)
    assert moved.status_code == 302
    assert moved.headers["location"] == "https://xn--b1addnkoc.xn--p1ai/"
    assert (await other.get("https://xn--b1addnkoc.xn--p1ai/userfeed/")).status_code == 200


@pytest.mark.parametrize("login, password", [(LOGIN, "nope"), ("nobody", PASSWORD), (LOGIN, "")])
async def test_a_wrong_password_is_a_page_with_status_200(
    service: Service, login: str, password: str
) -> None:
    answer = await service.browser().post("/login/", data={"login": login, "password": password})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert f'<div class="message">{WRONG}</div>' in answer.text
    assert f'<div class="login__body__hint">{WRONG}</div>' in answer.text
    assert "<title>Войти в Дневник.ру</title>" in answer.text
    assert not set_cookies(answer)


async def test_the_form_has_the_fields_that_browsers_fill_in(service: Service) -> None:
    page = (await service.browser().get("/login", params={"ReturnUrl": OAUTH})).text
    assert hidden(page, "exceededAttempts") == "False"
    assert hidden(page, "ReturnUrl") == OAUTH.replace("&", "&amp;")
    for name in ("FingerprintId", "login", "password"):
        assert f'name="{name}"' in page
    assert "Captcha" not in page


async def test_after_three_failures_a_captcha_is_asked_and_its_answer_lets_in(
    service: Service,
) -> None:
    browser = service.browser()
    for _ in range(3):
        page = await browser.post("/login", data={"login": LOGIN, "password": "no"})
    assert hidden(page.text, "exceededAttempts") == "True"
    assert 'alt="captcha image"' in page.text
    assert 'class="input_captcha-validation" type="text" name="Captcha.Input"' in page.text
    fields = {"login": LOGIN, "password": PASSWORD}
    unsolved = await browser.post("/login", data=fields)
    assert unsolved.status_code == 200
    captcha = hidden(unsolved.text, "Captcha.Id")
    picture = await browser.get(f"/captcha/true/{captcha}")
    assert picture.headers["content-type"] == "image/png"
    digits = read_digits(picture.content)
    wrong = await browser.post(
        "/login", data=fields | {"Captcha.Id": captcha, "Captcha.Input": "x"}
    )
    assert "символы" in wrong.text
    again = await browser.post(
        "/login", data=fields | {"Captcha.Id": captcha, "Captcha.Input": digits}
    )
    assert again.status_code == 200, "a captcha may be answered once"
    captcha = hidden(again.text, "Captcha.Id")
    digits = read_digits((await browser.get(f"/captcha/true/{captcha}")).content)
    good = await browser.post(
        "/login", data=fields | {"Captcha.Id": captcha, "Captcha.Input": digits}
    )
    assert good.status_code == 302


async def test_some_accounts_see_the_captcha_at_once_with_the_answer_of_the_world(
    service: Service,
) -> None:
    browser = service.browser()
    fields = {"login": "demo.captcha", "password": "demo-captcha-1"}
    page = await browser.post("/login", data=fields)
    captcha = hidden(page.text, "Captcha.Id")
    picture = (await browser.get(f"/captcha/true/{captcha}")).content
    assert read_digits(picture) == service.world.account("account-captcha").captcha_answer
    good = await browser.post(
        "/login", data=fields | {"Captcha.Id": captcha, "Captcha.Input": "24680"}
    )
    assert good.status_code == 302


async def test_an_unknown_captcha_has_no_picture(service: Service) -> None:
    assert (await service.browser().get("/captcha/true/00000000")).status_code == 404


async def test_a_locked_account_says_so_only_to_who_knows_the_password(service: Service) -> None:
    right = {"login": "demo.locked", "password": "demo-locked-1"}
    locked = await service.browser().post("/login", data=right)
    assert "заблокирована" in locked.text
    assert not set_cookies(locked)
    assert WRONG in (await service.browser().post("/login", data=right | {"password": "x"})).text


async def test_a_temporary_password_must_be_changed_before_the_cookies_come(
    service: Service,
) -> None:
    browser = service.browser()
    login = {"login": "demo.temporary-password", "password": "demo-temporary-password-1"}
    answer = await browser.post("/login", data=login | {"ReturnUrl": OAUTH})
    target = urlsplit(answer.headers["location"])
    assert target.path == "/password"
    assert set(parse_qs(target.query)) == {"login", "token"}
    assert not set_cookies(answer)
    url = answer.headers["location"]
    assert 'name="RepeatedPassword"' in (await browser.get(url)).text
    for first, second, word in (
        ("Novyi-parol-2", "other", "не совпадают"),
        ("short1", "short1", "8 символов"),
        ("123456789", "123456789", "буква"),
        ("abcdefghi", "abcdefghi", "цифра"),
        (login["password"], login["password"], "отличаться"),
    ):
        page = await browser.post(url, data={"Password": first, "RepeatedPassword": second})
        assert page.status_code == 200
        assert word in page.text
    new = {"Password": "Novyi-parol-2", "RepeatedPassword": "Novyi-parol-2"}
    changed = await browser.post(url, data=new)
    assert changed.headers["location"] == OAUTH
    assert set(set_cookies(changed)) == COOKIES
    old = await service.browser().post("/login", data=login)
    assert WRONG in old.text
    with_new = await service.browser().post("/login", data=login | {"password": "Novyi-parol-2"})
    assert set(set_cookies(with_new)) == COOKIES


async def test_signing_out_ends_the_session(service: Service) -> None:
    browser = service.web("student")
    assert (await browser.get("/userfeed")).status_code == 200
    left = await browser.post("/logout")
    assert left.headers["location"] == f"{ORIGIN}/login"
    assert "1970" in set_cookies(left)["DnevnikAuth_a"]
    again = await service.web("student").get("/userfeed")
    assert (
        again.headers["location"]
        == f"{ORIGIN}/login?ReturnUrl={ORIGIN.replace(':', '%3A').replace('/', '%2F')}%2Fuserfeed"
    )


async def test_a_browser_that_is_signed_in_goes_straight_on(service: Service) -> None:
    answer = await service.web("student").get("/login/", params={"ReturnUrl": OAUTH})
    assert answer.headers["location"] == OAUTH


async def test_one_cookie_of_the_two_is_not_enough(service: Service) -> None:
    browser = service.web("student")
    del browser.cookies["DnevnikAuth_l"]
    assert (await browser.get("/userfeed")).status_code == 302


async def test_nobody_is_sent_to_a_foreign_address(service: Service) -> None:
    fields = {"login": LOGIN, "password": PASSWORD, "ReturnUrl": "https://evil.example.org/x"}
    answer = await service.browser().post("/login", data=fields)
    assert answer.headers["location"].startswith(f"{ORIGIN}/login/token?")


async def test_a_return_address_of_a_real_host_is_served_under_the_origin(service: Service) -> None:
    fields = {"login": LOGIN, "password": PASSWORD, "ReturnUrl": "https://dnevnik.ru/userfeed"}
    answer = await service.browser().post("/login", data=fields)
    assert answer.headers["location"] == f"{ORIGIN}/userfeed"


async def test_an_old_regional_door_takes_the_same_form(service: Service) -> None:
    fields = {"login": LOGIN, "password": PASSWORD}
    answer = await service.browser().post("/login/esia/irkutsk", data=fields)
    assert answer.status_code == 302
    assert set(set_cookies(answer)) == COOKIES
    assert (await service.browser().post("/login/esia/atlantis", data=fields)).status_code == 404


async def test_staff_land_on_their_own_page(service: Service) -> None:
    answer = await service.web("teacher").get("/userfeed")
    assert answer.headers["location"] == f"{ORIGIN}/teacher"
    assert (await service.web("teacher").get("/teacher")).status_code == 200
