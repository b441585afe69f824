from datetime import timedelta

import httpx
import pytest

from gateway_mos_ru.emulator.jwt import claims_of
from tests.plugins.mos_ru.emulator.login.support import (
    Service,
    activate,
    mobile_token,
    opens,
)

PAIR, TEXT, LOGOUT = "/v3/token/refresh", "/v2/token/refresh", "/v3/auth/logout"


async def web_pair(service: Service, slug: str = "student") -> tuple[str, str]:
    """The first pair that comes of the cookies that an account's person holds."""
    held = service.account(slug).config["aupd_refresh_token"]
    answer = await service.browser().post(PAIR, data={"refresh_token": held})
    assert answer.status_code == 200, answer.text
    return answer.json()["access_token"], answer.json()["refresh_token"]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def ends(token: str) -> int:
    claims = claims_of(token)
    assert claims is not None
    return int(str(claims["exp"]))


async def test_a_refresh_token_is_taken_from_its_cookie_once(moscow: Service) -> None:
    held = moscow.account("student").config["aupd_refresh_token"]
    browser = moscow.browser(cookies={"aupd_refresh_token": held})
    headers = {"Origin": "https://school.mos.ru"}
    first = await browser.post(PAIR, data={}, headers=headers)
    token = first.json()["access_token"]
    assert await opens(moscow, token) == 200
    assert first.headers.get_list("set-cookie")[0].startswith(f"aupd_token={token};")
    second = await browser.post(PAIR, headers=headers)  # with the new cookie
    assert second.json()["refresh_token"] != first.json()["refresh_token"]


async def test_an_old_refresh_token_ends_the_sign_in(moscow: Service) -> None:
    token, refresh = await web_pair(moscow)
    browser = moscow.browser()
    newer = (await browser.post(PAIR, data={"refresh_token": refresh})).json()
    reused = await browser.post(PAIR, data={"refresh_token": refresh})
    assert reused.status_code == 401
    last = await moscow.browser().post(PAIR, data={"refresh_token": newer["refresh_token"]})
    assert last.status_code == 401
    for dead in (token, newer["access_token"]):
        assert await opens(moscow, dead) == 401
    held = moscow.account("student").token
    assert held is not None
    assert await opens(moscow, held) == 200  # another sign-in


async def test_unknown_refresh_tokens_are_refused(moscow: Service) -> None:
    assert (await moscow.browser().post(PAIR)).status_code == 401
    assert (await moscow.browser().post(PAIR, data={"refresh_token": "x"})).status_code == 401


async def test_moscow_gives_a_token_that_ends_when_the_old_one_did(moscow: Service) -> None:
    token = await mobile_token(moscow)
    moscow.clock.pass_(timedelta(days=3))
    answer = await moscow.browser().get(
        TEXT, params={"roleId": 1, "subsystem": 2}, headers=bearer(token)
    )
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text != token
    assert ends(answer.text) == ends(token)


async def test_a_node_gives_a_token_that_lives_longer_and_is_not_activated(
    oblast: Service,
) -> None:
    token = oblast.account("student").token
    assert token is not None
    assert await opens(oblast, token) == 200
    oblast.clock.pass_(timedelta(days=5))
    fresh = (await oblast.browser().get(TEXT, headers=bearer(token))).text
    assert ends(fresh) > ends(token)
    assert await opens(oblast, fresh) == 403
    assert (await activate(oblast, fresh)).json()[0]["type"] == "StudentProfile"
    assert await opens(oblast, fresh) == 200


@pytest.mark.parametrize("token", ["", "x.y.z"])
async def test_a_dead_session_has_a_status_of_its_own(oblast: Service, token: str) -> None:
    answer = await oblast.browser().get(TEXT, headers=bearer(token))
    assert (answer.status_code, answer.text) == (499, "Something went wrong")


async def test_a_token_ends_after_its_eight_days(oblast: Service) -> None:
    token = oblast.account("student").token
    assert token is not None
    oblast.clock.pass_(timedelta(days=9, hours=12))
    assert await opens(oblast, token) == 401
    assert (await oblast.browser().get(TEXT, headers=bearer(token))).status_code == 499


async def test_signing_out_ends_the_sign_in_and_takes_the_cookies(moscow: Service) -> None:
    token, refresh = await web_pair(moscow)
    browser = httpx.Cookies({"aupd_token": token, "aupd_refresh_token": refresh})
    client = moscow.browser(cookies=browser)
    answer = await client.get(LOGOUT)
    assert answer.status_code == 200
    assert all("1970" in cookie for cookie in answer.headers.get_list("set-cookie"))
    assert await opens(moscow, token) == 401
    late = await moscow.browser().post(PAIR, data={"refresh_token": refresh})
    assert late.status_code == 401


async def test_signing_out_leaves_the_doors_of_the_sandbox_open(moscow: Service) -> None:
    token = moscow.account("student").token
    assert token is not None
    assert (await moscow.browser().get(LOGOUT, headers=bearer(token))).status_code == 200
    assert await opens(moscow, token) == 200
    assert (await moscow.browser().get(LOGOUT)).status_code == 200
