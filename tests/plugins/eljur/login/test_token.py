"""A token that the person brings."""

from typing import Any

import pytest

from gateway.core.errors import (
    ClientRejected,
    LoginError,
    MissingSetting,
    SchoolUnknown,
    ServerFailure,
    TokenRejected,
)
from gateway_eljur.login import words
from tests.plugins.eljur.login.play import Play, Reply, code_of, query_of
from tests.plugins.eljur.login.samples import RULES, TOKEN, USERS, V_TOKEN, bad, rules, user

OPENED = (200, {"result": [user("sch1")]})


async def test_a_token_of_the_interface_needs_its_school() -> None:
    play = Play().on(RULES, rules())
    step = await play.begin("token")
    assert [(f.name, f.required, f.secret) for f in step.fields] == [
        ("school", False, False),
        ("token", True, True),
    ]
    step = await play.submit({"token": TOKEN})
    assert code_of(step) == SchoolUnknown.code
    assert step.error.words.ru == words.NAME_SCHOOL.ru

    assert await play.submit({"school": "sch1", "token": f' "{TOKEN}___12"\n'}) is None

    (asked,) = play.sent(RULES)
    assert query_of(asked)["auth_token"] == f"{TOKEN}___12"
    session = await play.session()
    assert session.account == "eljur@cloud.sch1:account:2000"
    assert session.method == "token"
    assert session.credentials["auth_token"].expires_at is None


@pytest.mark.parametrize(
    ("where", "own"), [({"instance": "cloud.sch1"}, {}), ({}, {"vendor": "sch1"})]
)
async def test_a_known_school_is_not_asked_for(where: dict[str, Any], own: dict[str, Any]) -> None:
    play = Play(**own).on(RULES, rules())
    step = await play.begin("token", **where)
    assert [field.name for field in step.fields] == ["token"]
    assert await play.submit({"token": TOKEN}) is None


async def test_an_address_names_the_school_and_holds_the_token() -> None:
    play = Play().on(RULES, rules())
    await play.begin("token")
    address = f"https://api.eljur.ru/apiv3/getrules?vendor=sch2&auth_token={TOKEN}"
    assert await play.submit({"token": address}) is None
    assert (await play.session()).instance == "cloud.sch2"


async def test_a_host_of_several_schools_is_asked_for_the_schools_key() -> None:
    play = Play().on(RULES, bad(403, "Неверный токен"), rules())
    await play.begin("token", region="48")
    step = await play.submit({"token": TOKEN})
    assert [field.name for field in step.fields] == ["school_key"]

    step = await play.submit({"school_key": "lpsk1"})
    assert code_of(step) == TokenRejected.code
    assert [field.name for field in step.fields] == ["school", "token"]
    assert await play.submit({"school": "lpsk12", "token": TOKEN}) is None

    assert (await play.session()).instance == "lipetsk.lpsk12"


@pytest.mark.parametrize(
    "answer",
    [
        {"school": "sch1", "token": V_TOKEN},
        {"token": f"https://sch1.eljur.ru/journal-app?v_token={V_TOKEN}"},
        {"school": "sch1", "token": f"https://sch1.eljur.ru/journal-app?x=1&v_token={V_TOKEN}"},
    ],
)
async def test_a_token_of_gosuslugi_tells_its_users(answer: dict[str, str]) -> None:
    play = Play().on(USERS, OPENED).on(RULES, rules())
    await play.begin("token")

    assert await play.submit(answer) is None

    (asked,) = play.sent(USERS)
    assert str(asked.origin) == "https://sch1.eljur.ru"
    assert query_of(asked)["v_token"] == V_TOKEN
    session = await play.session()
    assert session.secret("auth_token") == "token-sch1-1"
    assert session.credentials["auth_token"].expires_at is not None


async def test_at_a_regions_host_it_needs_no_school() -> None:
    play = Play().on(USERS, (200, {"result": [user("lpsk1"), user("lpsk2")]}))
    await play.begin("token", region="48")
    step = await play.submit({"token": V_TOKEN})
    assert [item.key for item in step.options] == ["lpsk1:u1", "lpsk2:u1"]
    assert (await play.record()).instance == "lipetsk"
    play.on(RULES, rules(), rules())
    assert await play.submit(("lpsk1:u1", "lpsk2:u1")) is None
    assert len(await play.sessions()) == 2


@pytest.mark.parametrize(
    ("token", "says"),
    [
        ("два слова", words.NO_TOKEN),
        ("short", words.NO_TOKEN),
        ("https://sch1.eljur.ru/journal-app?token=x", words.NO_TOKEN),
        ("https://sch1.eljur.ru/journal-app?v_token=abc", words.NO_TOKEN),
        ("https://[x", words.NO_TOKEN),
    ],
)
async def test_what_is_no_token_is_not_sent(token: str, says: Any) -> None:
    play = Play()
    await play.begin("token")
    step = await play.submit({"school": "sch1", "token": token})
    assert code_of(step) == TokenRejected.code
    assert step.error.words.ru == says.ru
    assert play.script.sent == []


@pytest.mark.parametrize("reply", [bad(403, "Неверный токен"), (401, {})])
async def test_a_dead_token_is_sent_once_and_asked_for_again(reply: Reply) -> None:
    play = Play().on(RULES, reply, rules())
    await play.begin("token")
    step = await play.submit({"school": "sch1", "token": TOKEN})
    assert code_of(step) == TokenRejected.code
    assert TOKEN not in step.model_dump_json()
    assert len(play.sent(RULES)) == 1
    assert await play.submit({"school": "sch1", "token": "another-token"}) is None


async def test_a_key_of_the_application_that_is_refused_ends_it() -> None:
    play = Play().on(RULES, bad(400, "не удалось авторизовать разработчика"))
    await play.begin("token")
    assert await play.submit({"school": "sch1", "token": TOKEN}) is None
    assert type(play.login.error) is ClientRejected


async def test_a_school_that_is_not_there_can_be_mended() -> None:
    play = Play().on(RULES, *[bad(500, "Внутренняя ошибка")] * 3, rules())
    await play.begin("token")
    step = await play.submit({"school": "sch9", "token": TOKEN})
    assert code_of(step) == SchoolUnknown.code
    assert await play.submit({"school": "sch1", "token": TOKEN}) is None


async def test_a_known_school_is_not_blamed_for_a_fault() -> None:
    play = Play().on(RULES, *[bad(500, "Внутренняя ошибка")] * 3)
    await play.begin("token", instance="cloud.sch1")
    with pytest.raises(ServerFailure):
        await play.submit({"token": TOKEN})


async def test_a_token_of_gosuslugi_that_is_too_old_is_asked_for_again() -> None:
    refused = (400, {"error": "Не удалось проверить токен", "result": False})
    play = Play().on(USERS, refused, OPENED).on(RULES, rules())
    await play.begin("token")
    step = await play.submit({"school": "sch1", "token": V_TOKEN})
    assert code_of(step) == TokenRejected.code
    assert await play.submit({"school": "sch1", "token": V_TOKEN}) is None


async def test_another_token_is_not_answered_with_the_users_of_the_first() -> None:
    play = Play().on(USERS, OPENED, (200, {"result": [user("sch2")]}))
    play.on(RULES, *[(503, {})] * 3, rules())
    await play.begin("token")
    with pytest.raises(ServerFailure):
        await play.submit({"school": "sch1", "token": V_TOKEN})

    assert await play.submit({"school": "sch2", "token": V_TOKEN + "x"}) is None

    assert (await play.session()).instance == "cloud.sch2"


async def test_a_choice_that_was_not_offered_is_refused() -> None:
    play = Play().on(USERS, (200, {"result": [user("sch1"), user("sch2")]}))
    await play.begin("token")
    await play.submit({"school": "sch1", "token": V_TOKEN})
    with pytest.raises(LoginError):
        await play.submit(("sch3:u1",))
    assert play.login.step is not None


async def test_without_a_key_of_an_application_nothing_begins() -> None:
    with pytest.raises(MissingSetting):
        await Play(devkey=None).begin("token")
