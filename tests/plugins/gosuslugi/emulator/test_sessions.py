"""Who is let in, and what strangers see."""

import re
from datetime import UTC, datetime

import httpx
import pytest

from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.emulator import GosuslugiEmulator

YEAR = "/api/myschool/v1/current_year"


def request_of(page):
    return re.search(r'name="request" value="([^"]+)"', page.text)[1]


async def test_a_browser_comes_back_from_the_state_sign_in_with_three_cookies(client, accounts):
    account = accounts["account-parent-one"]
    page = await client.get("/school/feed", follow_redirects=True)
    answer = await client.post(
        "/__esia__/login",
        data={
            "request": request_of(page),
            "login": account.config["esia_login"],
            "password": account.config["esia_password"],
        },
        follow_redirects=True,
    )
    assert answer.url.path == "/school/feed"
    assert {"u", "sp_session", "acc_t"} <= set(client.cookies)
    told = (await client.get("/api/myschool/v2/auth/student", params={"role": "student"})).json()
    assert [item["student_id"] for item in told] == [item.id for item in account.students]


async def test_a_code_that_nobody_got_opens_nothing(client):
    answer = await client.get("/school/feed/return", params={"code": "x", "state": "y"})
    assert answer.status_code == 400
    assert not client.cookies


async def test_whoever_could_have_signed_in_has_a_session_from_the_start(parent):
    assert (await parent.get(YEAR)).json() == {"current_year": 2025}


async def test_a_stranger_is_sent_to_the_sign_in(client):
    answer = await client.get(YEAR)
    assert answer.status_code == 302
    assert answer.headers["location"].endswith("/login/")


@pytest.mark.parametrize("name", ["u", "sp_session", "acc_t"])
async def test_all_three_cookies_must_fit(parent, accounts, name):
    parent.cookies.set(name, accounts["account-parent-one"].config[name])
    assert (await parent.get(YEAR)).status_code == 401


async def test_sessions_end(world, state, accounts):
    late = GosuslugiEmulator(GOSUSLUGI, now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    app = late.app(world, state, origin="http://sandbox.test")
    config = accounts["account-parent-two"].config
    cookies = {name: config[name] for name in ("u", "sp_session", "acc_t")}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://sandbox.test", cookies=cookies
    ) as client:
        assert (await client.get(YEAR)).status_code == 401


async def test_an_unknown_path_and_a_wrong_method_are_told_apart(parent):
    assert (await parent.get("/api/myschool/v9/nothing")).status_code == 404
    assert (await parent.get("/api/myschool/v1/datamart")).status_code == 405


def test_awkward_accounts_have_their_ways_in(accounts):
    assert accounts["account-no-children"].methods == ("esia", "cookies")
    assert accounts["account-no-children"].students == ()
    assert accounts["account-simplified"].methods == ()
    assert "sp_session" not in accounts["account-simplified"].config


def test_one_person_has_one_account_however_many_diaries(accounts):
    assert "account-two-identities-2" not in accounts
    keys = [item.key for item in accounts["account-two-identities-1"].students]
    assert keys == ["student-1", "student-3"]
