"""Signing in through Gosuslugi."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest

from gateway.core.contract.flow import StepInput
from gateway.core.contract.identity import IdentityProvider, SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.loading import load
from gateway.core.contract.session import Session
from gateway.core.contract.settings import ProviderSettings
from gateway.core.contract.steps import (
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
    ConfigurationError,
    DiaryMoved,
    EsiaNotOffered,
    FlowError,
    IdentityTooWeak,
    IllegalAnswer,
    LoginError,
    MethodNotOffered,
    NoStudents,
    RoleNotServed,
    SchoolUnknown,
    ServerFailure,
    TokenRejected,
)
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse
from gateway_eljur.adapter import EljurAdapter
from gateway_eljur.declaration import ELJUR
from gateway_eljur.login import words
from gateway_eljur.login.esia import EsiaFlow
from gateway_eljur.settings import EljurSettings
from tests.plugins.eljur.login.play import Play, Reply, code_of, query_of
from tests.plugins.eljur.login.samples import RULES, USERS, V_TOKEN, bad, rules, user

LAST = f"/journal-app?v_token={V_TOKEN}"
NIZHNY = f"https://edu.gounn.ru{LAST}"


async def at_door(*, where: str | None = "52", **own: Any) -> Play:
    """A login whose person stands before the door of a region."""
    play = Play(**own)
    step = await play.begin("esia", region=where)
    assert isinstance(step, Redirect)
    return play


async def test_a_region_has_one_door() -> None:
    play = await at_door()
    step: Any = play.login.step
    assert step.url == "https://edu.gounn.ru/journal-esia-region-action?flow=v2"
    assert step.completes_by is CompletedBy.FINAL_URL
    assert re.match(step.pattern, NIZHNY)
    assert not re.match(step.pattern, f"https://edu.gounn.ru.evil.test{LAST}")
    assert not re.match(step.pattern, "https://edu.gounn.ru/journal-app?x=1#v_token=x")
    play.on(USERS, (200, {"result": [user("edu")]})).on(RULES, rules())

    assert await play.submit(NIZHNY) is None

    (asked,), (told,) = play.sent(USERS), play.sent(RULES)
    assert str(asked.origin) == "https://edu.gounn.ru"
    assert query_of(asked) == {"out_format": "json", "v_token": V_TOKEN, "auth_token": "true"}
    assert query_of(told)["auth_token"] == "token-edu-1"
    session = await play.session()
    assert session.account == "eljur@nizhny.edu:account:2000"
    assert (session.method, session.data["vendor"]) == ("esia", "edu")
    assert len(session.jar) == 0


async def test_a_host_of_many_schools_needs_none_named() -> None:
    play = await at_door(where="48")
    play.on(USERS, (200, {"result": [user("lpsk12")]})).on(RULES, rules())

    await play.submit(f"https://edu.schools48.ru{LAST}")

    assert (await play.session()).instance == "lipetsk.lpsk12"


async def test_every_school_of_the_cloud_has_its_own_door() -> None:
    play = Play().on(USERS, (200, {"result": [user("sch1")]})).on(RULES, rules())
    step = await play.begin("esia")
    assert [field.name for field in step.fields] == ["school"]
    assert code_of(await play.submit({"school": "Лицей 1"})) == SchoolUnknown.code

    step = await play.submit({"school": "https://sch1.eljur.ru/authorize"})
    assert urlsplit(step.url).netloc == "sch1.eljur.ru"
    assert await play.submit(f"https://sch1.eljur.ru{LAST}") is None

    assert str(play.sent(USERS)[0].origin) == "https://sch1.eljur.ru"
    assert str(play.sent(RULES)[0].origin) == "https://api.eljur.ru"
    assert (await play.session()).instance == "cloud.sch1"


@pytest.mark.parametrize("where", [{"instance": "cloud.sch1"}, {"own": "sch1"}])
async def test_a_known_school_is_not_asked_for(where: dict[str, str]) -> None:
    play = Play(vendor=where.pop("own", None))
    step = await play.begin("esia", **where)
    assert step.url.startswith("https://sch1.eljur.ru/")


@pytest.mark.parametrize(
    ("school", "error"),
    [
        ("https://eljur.gospmr.org/", EsiaNotOffered),
        ("https://school.yarcloud.ru/", DiaryMoved),
    ],
)
async def test_a_host_without_a_door_says_so(school: str, error: type[LoginError]) -> None:
    play = Play()
    await play.begin("esia")
    assert await play.submit({"school": school}) is None
    assert type(play.login.error) is error


async def test_so_does_a_region() -> None:
    play = Play()
    assert await play.begin("esia", region="pmr") is None
    assert isinstance(play.login.error, EsiaNotOffered)


async def test_several_users_are_opened_at_once() -> None:
    users = [user("lpsk1"), user("lpsk2", 2), user("lpsk1", 3)]
    play = await at_door(where="48")
    play.on(USERS, (200, {"result": users}))

    step = await play.submit(f"https://edu.schools48.ru{LAST}")
    assert step.multiple
    assert [(item.key, item.label, item.note) for item in step.options] == [
        ("lpsk1:u1", "Пример Иван 1", "Школа lpsk1"),
        ("lpsk2:u2", "Пример Иван 2", "Школа lpsk2"),
        ("lpsk1:u3", "Пример Иван 3", "Школа lpsk1"),
    ]
    record = await play.record()
    assert "token-lpsk1-1" not in step.model_dump_json() + str(record.state)

    play.on(RULES, rules(), rules(id="7", name="7"))
    assert await play.submit(("lpsk2:u2", "lpsk1:u3")) is None

    opened = await play.sessions()
    assert [item.account for item in opened] == [
        "eljur@lipetsk.lpsk2:account:2000",
        "eljur@lipetsk.lpsk1:account:7",
    ]
    assert [query_of(item)["auth_token"] for item in play.sent(RULES)] == [
        "token-lpsk2-2",
        "token-lpsk1-3",
    ]
    assert all(item.credentials["auth_token"].expires_at for item in opened)


async def test_one_that_cannot_be_opened_does_not_spoil_the_others() -> None:
    play = await at_door()
    users = [user("edu"), user("edu", 2, login=None), user("Школа", 3)]
    play.on(USERS, (200, {"result": users}))
    step = await play.submit(NIZHNY)
    assert [item.key for item in step.options] == ["edu:u1", "edu:2", "Школа:u3"]
    play.on(RULES, rules(roles=["teacher"]), rules())

    assert await play.submit([item.key for item in step.options]) is None

    assert (await play.session()).account == "eljur@nizhny.edu:account:2000"


async def test_if_none_can_be_opened_the_first_says_why() -> None:
    play = await at_door()
    play.on(USERS, (200, {"result": [user("edu"), user("edu", 2)]}))
    await play.submit(NIZHNY)
    play.on(RULES, rules(roles=["teacher"]), rules(relations=[]))

    assert await play.submit(("edu:u1", "edu:u2")) is None

    assert isinstance(play.login.error, RoleNotServed)


async def test_tokens_that_died_before_the_choice_end_the_login() -> None:
    play = await at_door()
    play.on(USERS, (200, {"result": [user("edu"), user("edu", 2)]}))
    await play.submit(NIZHNY)
    play.on(RULES, bad(403, "Неверный токен"))

    assert await play.submit("edu:u1") is None

    assert play.login.error is not None
    assert play.login.error.text == words.ESIA_UNFINISHED


async def test_users_without_a_token_are_left_out() -> None:
    play = await at_door()
    users = [user("edu", token=None), user("edu", 2)]
    play.on(USERS, (200, {"result": users})).on(RULES, rules())
    assert await play.submit(NIZHNY) is None
    assert query_of(play.sent(RULES)[0])["auth_token"] == "token-edu-2"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ((400, {"error": "Учетная запись не привязана", "result": False}), AccountNotLinked),
        ((400, {"error": "Нужна подтвержденная запись", "result": False}), IdentityTooWeak),
        ((200, {"result": []}), AccountNotLinked),
        ((200, {"result": [user("edu", token=None)]}), AccountNotLinked),
    ],
)
async def test_a_person_without_a_diary_hears_why(reply: Reply, error: type[LoginError]) -> None:
    play = await at_door()
    play.on(USERS, reply)
    assert await play.submit(NIZHNY) is None
    assert type(play.login.error) is error


async def test_a_token_that_is_too_old_leaves_the_person_at_the_door() -> None:
    play = await at_door()
    refused = (400, {"error": "Не удалось проверить токен", "result": False})
    play.on(USERS, refused, (200, {"result": [user("edu")]})).on(RULES, rules())

    step = await play.submit(NIZHNY)
    assert isinstance(step, Redirect)
    assert code_of(step) == TokenRejected.code
    assert step.error is not None
    assert step.error.words.ru == words.ESIA_UNFINISHED.ru
    assert await play.submit(NIZHNY) is None


@pytest.mark.parametrize(
    "answer",
    [
        f"https://sch1.eljur.ru{LAST}",
        f"http://edu.gounn.ru{LAST}",
        "https://edu.gounn.ru/journal-app?v_token=",
        "https://edu.gounn.ru/journal-app?v_token=abc",
        f"https://edu.gounn.ru/journal?v_token={V_TOKEN}",
        "https://[edu.gounn.ru/",
        "https://edu.gounn.ru/journal-app?" + "x=1&" * 100,
        "https://edu.gounn.ru/journal-app?" + "x" * 40_000,
        "v_token",
        "",
    ],
)
async def test_any_other_address_is_refused_unsent(answer: str) -> None:
    play = await at_door()
    with pytest.raises(IllegalAnswer) as caught:
        await play.submit(answer)
    assert caught.value.text == words.NOT_THE_END
    assert play.script.sent == []


async def test_a_bare_token_does_as_well() -> None:
    play = await at_door()
    play.on(USERS, (200, {"result": [user("edu")]})).on(RULES, rules())
    assert await play.submit(f" {V_TOKEN}\n") is None
    assert play.login.accounts


async def test_where_the_diary_fails_the_token_is_not_used_twice() -> None:
    play = await at_door()
    play.on(USERS, (200, {"result": [user("edu")]})).on(RULES, *[(503, {})] * 3, rules())

    with pytest.raises(ServerFailure):
        await play.submit(NIZHNY)
    assert await play.submit(NIZHNY) is None

    assert len(play.sent(USERS)) == 1


async def test_users_that_open_nothing_are_asked_for_anew() -> None:
    play = await at_door()
    answer = (200, {"result": [user("edu")]})
    play.on(USERS, answer, answer).on(RULES, bad(403, "Неверный токен"), rules())

    assert code_of(await play.submit(NIZHNY)) == TokenRejected.code
    assert await play.submit(NIZHNY) is None

    assert len(play.sent(USERS)) == 2


async def test_an_answer_of_another_shape_is_told_from_a_refusal() -> None:
    play = await at_door()
    play.on(USERS, (200, {"result": "x"}))
    with pytest.raises(BadResponse):
        await play.submit(NIZHNY)


async def test_the_operators_mapping_reaches_the_door() -> None:
    play = await at_door(base_url="http://127.0.0.1:8801/box")
    step: Any = play.login.step
    assert step.url.startswith("http://127.0.0.1:8801/box/journal-esia-region-action")
    play.on(f"/box{USERS}", (200, {"result": [user("edu")]})).on(f"/box{RULES}", rules())
    assert await play.submit(f"http://127.0.0.1:8801/box{LAST}") is None


async def test_so_does_the_mapping_of_one_role() -> None:
    play = await at_door(hosts={"web": "http://127.0.0.1:8802/"})
    step: Any = play.login.step
    assert step.url == "http://127.0.0.1:8802/journal-esia-region-action?flow=v2"


async def test_a_childless_parent_hears_it() -> None:
    play = await at_door()
    play.on(USERS, (200, {"result": [user("edu")]})).on(RULES, rules(relations=[]))
    assert await play.submit(NIZHNY) is None
    assert isinstance(play.login.error, NoStudents)


class Gosuslugi:
    """A sign-in system that asks for a code."""

    name = "esia"
    hosts: Mapping[str, str] = {}

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        return None

    async def start(self, link: LoginLink, request: SignInRequest) -> Step:
        link.state["asked"] = request.start_url
        return OneTimeCode(medium=CodeMedium.SMS, poll_after=1.0, actions=tuple(StepAction))

    async def submit(
        self, link: LoginLink, request: SignInRequest, step: Step, answer: StepInput
    ) -> Step | SignInResult:
        assert request.start_url == link.state["asked"]
        assert request.pattern is not None
        return SignInResult(NIZHNY, link.jar) if answer == "123456" else step

    async def poll(
        self, link: LoginLink, request: SignInRequest, step: Step
    ) -> Step | SignInResult:
        return step

    async def act(
        self, link: LoginLink, request: SignInRequest, step: Step, action: StepAction
    ) -> Step | SignInResult:
        return SignInResult(NIZHNY, link.jar)


class TestSignInSystem:
    @pytest.fixture(autouse=True)
    def installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = EljurAdapter.login_flow
        system: IdentityProvider = Gosuslugi()

        def with_system(adapter: EljurAdapter, method: str) -> Any:
            adapter.identity_providers = {"esia": system}
            return made(adapter, method)

        monkeypatch.setattr(EljurAdapter, "login_flow", with_system)

    async def _opened(self, play: Play) -> Session:
        assert play.login.step is None
        return await play.session()

    def _ready(self) -> Play:
        return Play().on(USERS, (200, {"result": [user("edu")]})).on(RULES, rules())

    async def test_it_is_asked_step_by_step(self) -> None:
        play = self._ready()
        step = await play.begin("esia", region="52")
        assert (await play.submit("000000")).type == step.type
        await play.submit("123456")
        assert (await self._opened(play)).method == "esia"

    async def test_it_can_be_waited_for_and_acted_on(self) -> None:
        play = self._ready()
        await play.begin("esia", region="52")
        async with play.gateway() as gateway:
            await gateway.poll(play.login.id)
        await play.act(StepAction.RESEND)
        assert (await self._opened(play)).instance == "nizhny.edu"


async def test_there_is_nothing_to_wait_for_in_a_browser() -> None:
    play = await at_door()
    async with play.gateway() as gateway:
        with pytest.raises(FlowError):
            await gateway.poll(play.login.id)
        with pytest.raises(FlowError):
            await gateway.act(play.login.id, StepAction.RESEND)
    adapter = EljurAdapter(ELJUR, ELJUR.instance(), EljurSettings())
    assert isinstance(adapter.login_flow("esia"), EsiaFlow)


def test_an_unknown_method_has_no_flow() -> None:
    adapter = EljurAdapter(ELJUR, ELJUR.instance(), EljurSettings())
    with pytest.raises(MethodNotOffered):
        adapter.login_flow("qr")


def test_settings_of_another_provider_do_not_do() -> None:
    adapter = EljurAdapter(ELJUR, ELJUR.instance(), ProviderSettings())
    with pytest.raises(ConfigurationError):
        adapter.login_flow("password")


def test_the_declared_classes_are_there() -> None:
    assert load(ELJUR.adapter, EljurAdapter)
    assert load(ELJUR.settings, EljurSettings)
