"""A sign-in that was made in a browser."""

import json
from typing import Any

import pytest

from gateway.core.contract.steps import CompletedBy, Confirm, Redirect
from gateway.core.errors import (
    BadResponse,
    IllegalAnswer,
    LoginError,
    NoStudents,
    RoleNotServed,
    TokenRejected,
)
from gateway.core.model.people import Role
from gateway_dnevnik_ru.declaration import EMAKTAB_UZ
from gateway_dnevnik_ru.settings import EmaktabSettings
from tests.plugins.dnevnik_ru.login.play import LOGIN_HOST, TOKEN, Play, settings
from tests.plugins.dnevnik_ru.login.samples import login_page, opened, result_url
from tests.plugins.play import Reply, only, page, redirect

OAUTH = f"{LOGIN_HOST}/oauth2?response_type=token"
GIVEN = {"DnevnikAuth_a": "opaque-a", "DnevnikAuth_l": " opaque-l "}
WITHOUT = settings(client_id=None, client_secret=None)


def membership(person: int = 7, school: int = 50, kind: str = "Regular") -> dict[str, Any]:
    return {
        "personId": str(person),
        "schoolId": str(school),
        "firstName": "Анна",
        "lastName": "Песочникова",
        "schoolType": kind,
        "studyYear": 2026,
        "groups": [{"groupId": str(school + 1), "groupName": "7А"}],
        "groupHistory": [],
    }


def marks_page(*memberships: dict[str, Any], role: str = "Parent") -> Reply:
    state = {
        "apiUrl": "https://dnevnik.ru/api",
        "context": {"userId": "11", "role": role, "schoolMemberships": list(memberships)},
    }
    script = f"<script>window.__MARKS__INITIAL__STATE__ = {json.dumps(state)};\r\n</script>"
    return page("GET", "/marks", f"<!DOCTYPE html><html><body>{script}</body></html>")


async def begun(*replies: Reply, **options: object) -> Play:
    play = Play("cookies", *replies, **options)  # type: ignore[arg-type]  # options of Play
    await play.start()
    return play


async def test_the_two_cookies_of_the_site_are_asked_for() -> None:
    play = await begun()

    step = play.step
    assert isinstance(step, Redirect)
    assert step.completes_by is CompletedBy.COOKIES
    assert step.cookie_domain == "dnevnik.ru"
    assert step.cookie_names == ("DnevnikAuth_a", "DnevnikAuth_l")
    assert step.url.startswith(f"{LOGIN_HOST}/login?ReturnUrl=https%3A%2F%2Fdnevnik.ru")


async def test_emaktab_calls_them_otherwise() -> None:
    configured = EmaktabSettings()
    play = await begun(declaration=EMAKTAB_UZ, configured=configured)

    assert play.step.cookie_names == ("UZDnevnikAuth_a", "UZDnevnikAuth_l")


@pytest.mark.parametrize("missing", ["DnevnikAuth_a", "DnevnikAuth_l"])
async def test_both_are_needed(missing: str) -> None:
    play = await begun()

    with pytest.raises(IllegalAnswer):
        await play.submit({**GIVEN, missing: " "})

    assert play.script.sent == []


class TestWithApplication:
    async def test_they_lead_to_a_token(self) -> None:
        play = await begun(
            redirect("GET", "/login/", OAUTH), redirect("GET", "/oauth2", result_url()), *opened()
        )

        session = only(await play.submit(GIVEN))

        assert session.secret("access_token") == TOKEN
        assert session.method == "cookies"
        assert session.jar.value("DnevnikAuth_l", domain="dnevnik.ru") == "opaque-l"
        assert play.script.sent[0].cookies == "DnevnikAuth_a=opaque-a; DnevnikAuth_l=opaque-l"
        assert play.script.sent[0].params["ReturnUrl"].startswith(f"{LOGIN_HOST}/oauth2?")

    async def test_dead_ones_lead_to_the_form(self) -> None:
        play = await begun(page("GET", "/login/", login_page()))

        with pytest.raises(TokenRejected):
            await play.submit(GIVEN)

    async def test_the_offer_to_link_may_stand_between(self) -> None:
        offer = f"{LOGIN_HOST}/esia/auth/message/OfferLinkingAccounts?x=1"
        play = await begun(
            redirect("GET", "/login/", offer),
            page("GET", "/esia/auth/message/OfferLinkingAccounts", "<html></html>"),
        )
        assert isinstance(await play.submit(GIVEN), Confirm)

        play.will(redirect("GET", "/oauth2", result_url()), *opened())
        assert only(await play.submit(False)).method == "cookies"


class TestWithoutApplication:
    async def test_they_open_the_site_alone(self) -> None:
        play = await begun(marks_page(membership()), configured=WITHOUT)

        session = only(await play.submit(GIVEN))

        assert session.credentials == {}
        assert session.data["family"] == "web"
        assert session.account == "dnevnik_ru:account:11"
        assert session.role is Role.GUARDIAN
        (student,) = session.students
        assert student.id == "dnevnik_ru:student:7"
        assert dict(student.native) == {"person": "7", "school": "50", "group": "51"}
        assert student.name == "Песочникова Анна"

    async def test_the_region_gives_the_zone(self) -> None:
        play = await begun(marks_page(membership()), configured=WITHOUT, region="38")

        assert only(await play.submit(GIVEN)).students[0].zone == "Asia/Irkutsk"

    async def test_a_student_and_their_two_schools(self) -> None:
        two = (membership(school=40, kind="Additional"), membership(school=50))
        play = await begun(marks_page(*two, role="Student"), configured=WITHOUT)

        session = only(await play.submit(GIVEN))

        assert session.role is Role.STUDENT
        assert {item.id for item in session.students} == {
            "dnevnik_ru:student:7",
            "dnevnik_ru:student:7/40",
        }

    @pytest.mark.parametrize(
        ("replies", "error"),
        [
            ([redirect("GET", "/marks", f"{LOGIN_HOST}/login?ReturnUrl=x")], TokenRejected),
            ([page("GET", "/marks", login_page())], TokenRejected),
            ([marks_page(membership(), role="Staff")], RoleNotServed),
            ([marks_page()], NoStudents),
            ([page("GET", "/marks", "<html>нет состояния</html>")], BadResponse),
            (
                [
                    redirect("GET", "/marks", "https://dnevnik.ru/teacher"),
                    page("GET", "/teacher", "<html></html>"),
                ],
                RoleNotServed,
            ),
            (
                [
                    redirect("GET", "/marks", "https://dnevnik.ru/billing"),
                    page("GET", "/billing", "<html></html>"),
                ],
                LoginError,
            ),
        ],
    )
    async def test_a_site_that_does_not_open_says_why(
        self, replies: list[Reply], error: type[Exception]
    ) -> None:
        play = await begun(*replies, configured=WITHOUT)

        with pytest.raises(error):
            await play.submit(GIVEN)


async def test_a_mapped_site_gets_the_cookies_too() -> None:
    configured = settings(client_id=None, hosts={"web": "http://127.0.0.1:8801"})
    play = await begun(marks_page(membership()), configured=configured)
    assert play.step.cookie_domain == "127.0.0.1"

    session = only(await play.submit(GIVEN))

    domains = {(cookie.domain, cookie.secure) for cookie in session.jar}
    assert domains == {
        ("127.0.0.1", False),
        ("login.dnevnik.ru", True),
        ("schools.dnevnik.ru", True),
    }
