"""Signing in through Gosuslugi."""

import re
from typing import Any

import pytest

from gateway.core.contract.flow import StepInput
from gateway.core.contract.identity import SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import (
    Choice,
    CodeMedium,
    CompletedBy,
    OneTimeCode,
    Redirect,
    Step,
    StepAction,
)
from gateway.core.errors import (
    AccountNotLinked,
    BadResponse,
    ClientRejected,
    EsiaNotOffered,
    FlowError,
    ForgedState,
    IdentityTooWeak,
    IllegalAnswer,
    LoginError,
    MissingSetting,
    NoMembership,
    ProviderUnavailable,
)
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.request import RequestKind
from tests.plugins.dnevnik_ru.login.play import (
    CLIENT,
    CLIENT_SECRET,
    LOGIN_HOST,
    REFRESH,
    TOKEN,
    Play,
    settings,
)
from tests.plugins.dnevnik_ru.login.samples import USER, mobile_context, mobile_person
from tests.plugins.play import Reply, data, only

ROOT = "/mobile/v8.5/authorizations/esia"
LINKED = f"{ROOT}/users/linked"
TASK = "0f0e0d0c-1111-4222-8333-444455556666"
OMSK, KIROV = 153, 141
DOOR = "https://login.dnevnik.ru/login/esia/omsk"


def door(number: int, name: str, url: str | None = DOOR) -> dict[str, Any]:
    return {"regionId": number, "name": name, "esiaUrl": url, "logoUrl": "https://x.example/1.jpg"}


def regions(*doors: dict[str, Any]) -> Reply:
    known = doors or (door(KIROV, "Кировская область"), door(OMSK, "Омская область"))
    return data("GET", f"{ROOT}/regions", {"type": "Success", "regions": list(known)})


def user(number: int, school: str | None = "Школа песка") -> dict[str, Any]:
    return {
        "userId": number,
        "firstName": "Анна",
        "middleName": "Ильинична",
        "lastName": "Песочникова",
        "avatarUrl": "",
        "school": None if school is None else {"id": 1, "name": school},
    }


def linked(*users: dict[str, Any], **changed: Any) -> Reply:
    return data("POST", LINKED, {"type": "Success", "users": list(users), **changed})


def granted(number: int = USER, **changed: Any) -> Reply:
    tokens = {
        "accessToken": TOKEN,
        "refreshToken": REFRESH,
        "userId": number,
        "scope": "marks",
        "expiresDate": "2026-11-04T12:00:00+03:00",
    }
    status = {"code": "Success", "description": None}
    body = {"type": "Success", "status": status, "authorization": tokens, **changed}
    return data("POST", f"{ROOT}/", body)


def final(region: int = OMSK, task: str = TASK) -> str:
    return f"{LOGIN_HOST}/esia/auth?taskId={task}&regionId={region}"


async def at_browser(*replies: Reply, **options: Any) -> Play:
    play = Play("esia", regions(), *replies, **options)
    await play.start()
    play.will(regions())
    await play.submit(str(OMSK))
    return play


class TestRegion:
    async def test_the_person_chooses_it_by_name(self) -> None:
        play = Play("esia", regions())

        step = await play.start()

        assert isinstance(step, Choice)
        assert not step.multiple
        found = [(option.key, option.label) for option in step.options]
        assert found == [(str(KIROV), "Кировская область"), (str(OMSK), "Омская область")]

    async def test_a_named_region_with_one_door_is_not_asked_for(self) -> None:
        play = Play("esia", regions(), region="55")

        step = await play.start()

        assert isinstance(step, Redirect)
        assert step.url == DOOR

    async def test_a_named_region_with_two_doors_is_narrowed_down(self) -> None:
        two = (door(1, "Омская область"), door(2, "Омская область"), door(KIROV, "Киров"))
        play = Play("esia", regions(*two), region="55")

        step = await play.start()

        assert [option.key for option in step.options] == ["1", "2"]

    async def test_a_region_without_a_door_leaves_the_choice(self) -> None:
        play = Play("esia", regions(), region="77")

        assert len((await play.start()).options) == 2

    async def test_doors_without_an_address_are_not_shown(self) -> None:
        play = Play("esia", regions(door(1, "Омская область", None), door(KIROV, "Киров")))

        assert [option.key for option in (await play.start()).options] == [str(KIROV)]

    async def test_without_any_door_there_is_no_such_way(self) -> None:
        play = Play("esia", data("GET", f"{ROOT}/regions", {"type": "Success", "regions": []}))

        with pytest.raises(EsiaNotOffered):
            await play.start()

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "http://esia.example/", ""])
    async def test_a_door_that_is_no_address_is_not_opened(self, url: str) -> None:
        play = Play("esia", regions(door(1, "Омская область", url or "x")), region="55")

        with pytest.raises(BadResponse):
            await play.start()

    async def test_a_region_that_is_gone_cannot_be_chosen(self) -> None:
        play = Play("esia", regions())
        await play.start()
        play.will(regions(door(KIROV, "Кировская область")))

        with pytest.raises(IllegalAnswer):
            await play.submit(str(OMSK))

    async def test_both_keys_of_the_application_are_needed(self) -> None:
        play = Play("esia", configured=settings(client_secret=None))

        with pytest.raises(MissingSetting, match="MOBILE_CLIENT_SECRET"):
            await play.start()


class TestBrowser:
    async def test_the_person_opens_the_services_own_door(self) -> None:
        play = await at_browser()

        step = play.step
        assert isinstance(step, Redirect)
        assert step.url == DOOR
        assert step.completes_by is CompletedBy.FINAL_URL
        assert re.fullmatch(step.pattern or "", final())

    async def test_one_linked_account_is_opened_at_once(self) -> None:
        play = await at_browser()
        play.will(linked(user(USER)), granted(), mobile_context())

        session = only(await play.submit(final()))

        assert session.secret("access_token") == TOKEN
        assert session.secret("refresh_token") == REFRESH
        assert session.data["family"] == "mobile"
        assert session.method == "esia"

    async def test_task_region_and_application_are_sent_in_the_body(self) -> None:
        play = await at_browser()
        play.will(linked(user(USER)), granted(), mobile_context())

        await play.submit(final())

        asked, opened = play.script.of_kind(RequestKind.AUTH)
        assert asked.body == {"taskId": TASK, "regionId": OMSK}
        assert opened.body == {
            "taskId": TASK,
            "userId": USER,
            "regionId": OMSK,
            "clientId": CLIENT,
            "clientSecret": CLIENT_SECRET,
            "scope": "Schools,Relatives,EduGroups,Lessons,marks,EduWorks,Avatar",
        }

    async def test_the_chosen_region_gives_the_time_zone_without_asking(self) -> None:
        play = await at_browser()
        play.will(linked(user(USER)), granted(), mobile_context())

        session = only(await play.submit(final()))

        assert session.students[0].zone == "Asia/Omsk"
        assert "/v2/users/me" not in [item.path for item in play.script.sent]

    async def test_an_older_answer_does_as_well(self) -> None:
        older = granted(
            status={"type": "Success"},
            authorization=None,
            loginResponse={"accessToken": TOKEN, "userId": None},
        )
        play = await at_browser()
        play.will(linked(user(USER)), older, mobile_context())

        session = only(await play.submit(final()))

        assert session.data["user_id"] == str(USER)
        assert session.secret("refresh_token") is None

    async def test_another_regions_address_is_refused_unsent(self) -> None:
        play = await at_browser()

        with pytest.raises(ForgedState):
            await play.submit(final(region=KIROV))

        assert play.script.of_kind(RequestKind.AUTH) == []

    @pytest.mark.parametrize(
        "url",
        ["", "https://evil.example/esia/auth?taskId=1&regionId=153", f"{LOGIN_HOST}/login", TASK],
    )
    async def test_any_other_address_is_no_answer(self, url: str) -> None:
        play = await at_browser()

        with pytest.raises(IllegalAnswer):
            await play.submit(url)

        assert play.script.of_kind(RequestKind.AUTH) == []

    @pytest.mark.parametrize(
        ("reply", "error"),
        [
            (linked(), AccountNotLinked),
            (linked(description="Нужна подтвержденная учетная запись"), IdentityTooWeak),
            (linked(type="Error", description="Задача устарела"), LoginError),
            (data("POST", LINKED, {"type": "invalidRequest"}, 400), LoginError),
        ],
    )
    async def test_a_task_that_opens_nothing_says_why(
        self, reply: Reply, error: type[LoginError]
    ) -> None:
        play = await at_browser()
        play.will(reply)

        with pytest.raises(error) as raised:
            await play.submit(final())

        assert type(raised.value) is error

    @pytest.mark.parametrize(
        ("code", "error"),
        [
            ("EsiaUserNotLinked", AccountNotLinked),
            ("UnexpectedError", ProviderUnavailable),
            ("FirstSign", LoginError),
            ("Unheard", LoginError),
        ],
    )
    async def test_every_status_has_its_error(self, code: str, error: type[Exception]) -> None:
        play = await at_browser()
        status = {"code": code, "description": "…"}
        play.will(linked(user(USER)), granted(status=status, authorization=None))

        with pytest.raises(error):
            await play.submit(final())

    async def test_a_first_sign_in_is_sent_to_the_site(self) -> None:
        play = await at_browser()
        play.will(linked(user(USER)), granted(status={"code": "FirstSign"}, authorization=None))

        with pytest.raises(LoginError) as raised:
            await play.submit(final())

        assert "на сайте дневника" in raised.value.text.ru

    async def test_refused_keys_blame_the_operator(self) -> None:
        play = await at_browser()
        play.will(linked(user(USER)), data("POST", f"{ROOT}/", {"type": "authorizationFailed"}))

        with pytest.raises(ClientRejected):
            await play.submit(final())


class TestAccounts:
    async def begun(self) -> Play:
        play = await at_browser()
        play.will(linked(user(11), user(12, None)))
        step = await play.submit(final())
        assert isinstance(step, Choice)
        return play

    async def test_several_may_be_chosen(self) -> None:
        play = await self.begun()

        assert play.step.multiple
        first, second = play.step.options
        assert (first.key, first.label) == ("11", "Песочникова Анна Ильинична")
        assert first.note == "Школа песка"
        assert second.note is None

    async def test_all_chosen_are_opened(self) -> None:
        play = await self.begun()
        play.will(
            granted(11),
            mobile_context(mobile_person(21), user=11, person=21),
            granted(12),
            mobile_context(mobile_person(22), user=12, person=22),
        )

        sessions = await play.submit(["11", "12"])

        assert [item.account for item in sessions] == [
            "dnevnik_ru:account:11",
            "dnevnik_ru:account:12",
        ]

    async def test_one_alone_may_be_chosen(self) -> None:
        play = await self.begun()
        play.will(granted(12), mobile_context(mobile_person(22), user=12, person=22))

        assert only(await play.submit("12")).account == "dnevnik_ru:account:12"

    async def test_one_that_fails_does_not_spoil_the_other(self) -> None:
        play = await self.begun()
        failed = granted(status={"code": "EsiaUserNotLinked"}, authorization=None)
        play.will(failed, granted(12), mobile_context(mobile_person(22), user=12, person=22))

        assert only(await play.submit(["11", "12"])).account == "dnevnik_ru:account:12"

    async def test_all_that_fail_tell_the_first_reason(self) -> None:
        play = await self.begun()
        no_school = mobile_context({**mobile_person(22), "school": None}, user=12, person=22)
        failed = granted(status={"code": "EsiaUserNotLinked"}, authorization=None)
        play.will(granted(12), no_school, failed)

        with pytest.raises(NoMembership):
            await play.submit(["12", "11"])

    async def test_nobody_elses_account_may_be_chosen(self) -> None:
        play = await self.begun()

        with pytest.raises(IllegalAnswer):
            await play.submit("999")

    async def test_the_task_stays_out_of_the_open_state(self) -> None:
        play = await self.begun()

        assert TASK not in repr(play.record)
        assert TASK not in str(play.record.state)


class FictionalEsia:
    """A sign-in system that asks one code and then ends where it was told to."""

    name = "esia"

    async def start(self, link: LoginLink, request: SignInRequest) -> Step:
        link.state["seen"] = request.start_url
        return OneTimeCode(medium=CodeMedium.SMS)

    async def submit(
        self, link: LoginLink, request: SignInRequest, step: Step, answer: StepInput
    ) -> Step | SignInResult:
        assert request.start_url == link.state["seen"]
        assert request.completes_by is CompletedBy.FINAL_URL
        if answer != "123456":
            return OneTimeCode(medium=CodeMedium.SMS, attempts_left=2)
        assert re.fullmatch(request.pattern or "", final())
        return SignInResult(final(), CookieJar())


class TestIdentityProvider:
    async def test_its_steps_stand_in_for_the_browser(self) -> None:
        play = Play("esia", regions(), region="55", identity=FictionalEsia())
        assert isinstance(await play.start(), OneTimeCode)
        assert (await play.submit("000000")).attempts_left == 2

        play.will(linked(user(USER)), granted(), mobile_context())
        assert only(await play.submit("123456")).method == "esia"

    async def test_a_flow_that_it_began_does_not_go_on_without_it(self) -> None:
        play = Play("esia", regions(), region="55", identity=FictionalEsia())
        await play.start()
        play.identity = None

        with pytest.raises(FlowError):
            await play.submit("123456")

    async def test_nothing_is_waited_for(self) -> None:
        play = await at_browser()

        with pytest.raises(FlowError):
            await play.act(StepAction.RESEND, offered=False)
