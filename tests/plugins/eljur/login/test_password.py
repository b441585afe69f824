"""Login and password."""

from typing import Any

import pytest

from gateway.core.errors import (
    AntiBotPage,
    BadResponse,
    ClientRejected,
    ConfigurationError,
    DiaryMoved,
    EsiaOnly,
    GatewayError,
    KnownWrongSecret,
    LoginError,
    LoginOutcomeUnknown,
    Maintenance,
    MissingSetting,
    NoMembership,
    NoStudents,
    RoleNotServed,
    SchoolUnknown,
    ServerFailure,
    TokenRejected,
    UnexpectedHtml,
    WrongCredentials,
)
from gateway.core.transport.exchange import Sent, TransportFault, faulted
from gateway_eljur.login import words
from tests.plugins.eljur.login.play import DEVKEY, Play, Reply, code_of, form_of, query_of
from tests.plugins.eljur.login.samples import (
    AUTH,
    FIELDS,
    OWN,
    RULES,
    SEARCH,
    TOKEN,
    bad,
    good,
    granted,
    rules,
    wrong,
)

PAGE = b"<html><body><h1>500</h1></body></html>"
UNKNOWN_DEVKEY = bad(400, "не удалось авторизовать разработчика", empty={})


async def asked(play: Play, **where: Any) -> Any:
    return await play.begin("password", **where)


async def test_a_password_opens_the_account_with_one_request_each() -> None:
    play = Play().on(AUTH, granted()).on(RULES, rules())
    step = await asked(play)
    assert [(f.name, f.secret, f.required) for f in step.fields] == [
        ("school", False, True),
        ("login", False, True),
        ("password", True, True),
    ]

    assert await play.submit(FIELDS) is None

    (auth,), (told,) = play.sent(AUTH), play.sent(RULES)
    assert str(auth.origin) == str(told.origin) == "https://api.eljur.ru"
    assert auth.method == "POST"
    assert query_of(auth) == {"vendor": "sch1", "out_format": "json", "devkey": DEVKEY}
    assert form_of(auth) == {"login": "ivanov.test", "password": "fictional password"}
    assert query_of(told) == {**query_of(auth), "auth_token": TOKEN}
    session = await play.session()
    assert session.account == "eljur@cloud.sch1:account:2000"
    assert (session.instance, session.method) == ("cloud.sch1", "password")
    assert session.data == {"vendor": "sch1", "user": "2000", "role": "guardian"}
    assert session.secret("auth_token") == TOKEN
    assert [item.id for item in session.students] == [
        "eljur@cloud.sch1:student:1000",
        "eljur@cloud.sch1:student:1001",
    ]


@pytest.mark.parametrize(
    ("where", "own", "instance"),
    [
        ({"instance": "cloud.sch1"}, {}, "cloud.sch1"),
        ({}, {"vendor": "sch1"}, "cloud.sch1"),
        ({"instance": "lipetsk.lpsk1"}, {}, "lipetsk.lpsk1"),
        ({"instance": "lipetsk"}, {"vendor": "lpsk1"}, "lipetsk.lpsk1"),
        ({"region": "pmr"}, {}, "pmr.eljur"),
    ],
)
async def test_a_known_school_is_not_asked_for(
    where: dict[str, Any], own: dict[str, Any], instance: str
) -> None:
    play = Play(**own).on(AUTH, granted()).on(RULES, rules())
    step = await asked(play, **where)
    assert [field.name for field in step.fields] == ["login", "password"]

    await play.submit(OWN)

    assert (await play.session()).instance == instance
    assert query_of(play.sent(AUTH)[0])["vendor"] == instance.partition(".")[2]


@pytest.mark.parametrize("region", ["48", "RU-LIP"])
async def test_a_region_leads_to_its_own_host(region: str) -> None:
    play = Play().on(AUTH, granted()).on(RULES, rules(regionCode="77"))
    await asked(play, region=region)

    await play.submit({**FIELDS, "school": "lpsk12"})

    (auth,) = play.sent(AUTH)
    assert str(auth.origin) == "https://edu.schools48.ru"
    session = await play.session()
    assert session.account == "eljur@lipetsk.lpsk12:account:2000"
    assert {item.zone for item in session.students} == {"Europe/Moscow"}


@pytest.mark.parametrize("region", ["77", "39", "zz"])
async def test_other_regions_have_schools_in_the_cloud(region: str) -> None:
    play = Play()
    step = await asked(play, region=region)
    assert step.fields[0].name == "school"
    assert (await play.record()).instance == "cloud"


async def test_an_instance_that_was_named_wins_over_the_region() -> None:
    play = Play()
    step = await asked(play, region="48", instance="cloud.sch1")
    assert [field.name for field in step.fields] == ["login", "password"]


async def test_a_host_of_several_schools_is_asked_for_the_schools_key() -> None:
    play = Play().on(AUTH, granted()).on(RULES, rules())
    await asked(play)

    step = await play.submit({**FIELDS, "school": "https://edu.schools48.ru/authorize"})
    assert [field.name for field in step.fields] == ["school_key"]
    assert play.script.sent == []
    record = await play.record()
    assert FIELDS["password"] not in str(record.state)
    assert FIELDS["password"] in record.secrets["answer"].get_secret_value()

    step = await play.submit({"school_key": "Школа 12"})
    assert code_of(step) == SchoolUnknown.code
    assert await play.submit({"school_key": "LPSK12"}) is None

    (auth,) = play.sent(AUTH)
    assert query_of(auth)["vendor"] == "lpsk12"
    assert form_of(auth)["password"] == FIELDS["password"]
    assert (await play.session()).instance == "lipetsk.lpsk12"


async def test_after_the_key_a_wrong_password_leads_back_to_the_form() -> None:
    play = Play().on(AUTH, wrong(), granted()).on(RULES, rules())
    await asked(play)
    await play.submit({**FIELDS, "school": "edu.schools48.ru"})

    step = await play.submit({"school_key": "lpsk12"})
    assert [field.name for field in step.fields] == ["school", "login", "password"]
    assert code_of(step) == WrongCredentials.code
    assert "answer" not in (await play.record()).secrets

    await play.submit({**FIELDS, "school": "edu.schools48.ru", "password": "another"})
    assert await play.submit({"school_key": "lpsk12"}) is None


async def test_after_the_key_a_passing_failure_keeps_the_answer() -> None:
    play = Play().on(AUTH, granted()).on(RULES, *[(503, {})] * 3, rules())
    await asked(play)
    await play.submit({**FIELDS, "school": "edu.schools48.ru"})

    with pytest.raises(ServerFailure):
        await play.submit({"school_key": "lpsk12"})
    assert await play.submit({"school_key": "lpsk12"}) is None

    assert len(play.sent(AUTH)) == 1


async def test_a_wrong_password_is_sent_once() -> None:
    play = Play().on(AUTH, wrong(), granted()).on(RULES, rules())
    await asked(play)

    step = await play.submit(FIELDS)
    assert code_of(step) == WrongCredentials.code
    assert step.error.words.ru == words.WRONG_PASSWORD.ru
    step = await play.submit(FIELDS)
    assert code_of(step) == KnownWrongSecret.code
    assert len(play.sent(AUTH)) == 1
    assert (await play.record()).instance == "cloud"

    assert await play.submit({**FIELDS, "password": "the right one"}) is None


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (UNKNOWN_DEVKEY, ClientRejected),
        (bad(403, "Доступ к API закрыт"), ClientRejected),
        ((403, b"<html>Forbidden</html>"), ClientRejected),
        (bad(400, "Войдите через Госуслуги", {"errorCode": "login"}), EsiaOnly),
        (bad(400, "Что-то ещё", []), LoginError),
        (bad(404, "Метод не найден", []), LoginError),
        ((302, b""), LoginError),
        (granted(token=""), LoginError),
    ],
)
async def test_other_refusals_end_the_login_with_their_own_error(
    reply: Reply, error: type[LoginError]
) -> None:
    play = Play().on(AUTH, reply)
    await asked(play)

    assert await play.submit(FIELDS) is None

    assert type(play.login.error) is error
    assert len(play.script.sent) == 1


@pytest.mark.parametrize(
    "reply", [bad(500, "Внутренняя ошибка сервера"), (500, PAGE), (404, PAGE), (200, PAGE)]
)
async def test_a_school_that_was_named_and_is_not_there_can_be_mended(reply: Reply) -> None:
    play = Play().on(AUTH, reply, granted()).on(RULES, rules())
    await asked(play)

    step = await play.submit(FIELDS)

    assert code_of(step) == SchoolUnknown.code
    assert step.error.words.ru == words.NO_SUCH_SCHOOL.ru
    assert await play.submit({**FIELDS, "school": "sch2"}) is None
    assert len(play.sent(AUTH)) == 2


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (bad(500, "Внутренняя ошибка сервера"), ServerFailure),
        ((200, PAGE), UnexpectedHtml),
        ((503, PAGE), ServerFailure),
    ],
)
async def test_a_known_school_is_not_blamed_for_a_fault(
    reply: Reply, error: type[GatewayError]
) -> None:
    play = Play().on(AUTH, reply)
    await asked(play, instance="cloud.sch1")

    with pytest.raises(error):
        await play.submit(OWN)

    assert len(play.script.sent) == 1


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ((503, b""), ServerFailure),
        ((200, "<html>Ведутся технические работы".encode()), Maintenance),
        ((403, b"<html>ddos-guard"), AntiBotPage),
    ],
)
async def test_nor_is_a_school_that_was_named_blamed_for_an_outage(
    reply: Reply, error: type[GatewayError]
) -> None:
    play = Play().on(AUTH, reply)
    await asked(play)

    with pytest.raises(error):
        await play.submit(FIELDS)

    assert (await play.record()).step is not None
    assert len(play.script.sent) == 1


async def test_a_lost_answer_is_not_asked_for_again() -> None:
    cut = faulted(LoginOutcomeUnknown(), TransportFault.SENT_NO_ANSWER, Sent(started=True))
    play = Play().on(AUTH, cut)
    await asked(play)

    assert code_of(await play.submit(FIELDS)) == LoginOutcomeUnknown.code
    assert code_of(await play.submit(FIELDS)) == LoginOutcomeUnknown.code
    assert len(play.sent(AUTH)) == 1


@pytest.mark.parametrize(
    ("school", "error"),
    [
        ("https://edu.gounn.ru/authorize", EsiaOnly),
        ("https://keo.gov39.ru/", DiaryMoved),
        ("https://eljur.ru/archive?domain=sch1", DiaryMoved),
    ],
)
async def test_a_school_without_passwords_gets_none(school: str, error: type[LoginError]) -> None:
    play = Play()
    await asked(play)

    assert await play.submit({**FIELDS, "school": school}) is None

    assert type(play.login.error) is error
    assert play.script.sent == []


async def test_a_region_without_passwords_says_so_at_once() -> None:
    play = Play()
    assert await asked(play, region="52") is None
    assert isinstance(play.login.error, EsiaOnly)


async def test_a_school_that_cannot_be_is_asked_for_again() -> None:
    play = Play()
    await asked(play)

    step = await play.submit({**FIELDS, "school": "Лицей № 1"})

    assert code_of(step) == SchoolUnknown.code
    assert play.script.sent == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (rules(roles=["teacher"]), RoleNotServed),
        (rules(relations={"students": [], "groups": []}), NoStudents),
        (rules(roles=["student"], relations=[]), NoMembership),
    ],
)
async def test_an_account_without_a_diary_says_why(
    answer: tuple[int, object], error: type[LoginError]
) -> None:
    play = Play().on(AUTH, granted()).on(RULES, answer)
    await asked(play)

    assert await play.submit(FIELDS) is None

    assert type(play.login.error) is error


@pytest.mark.parametrize("answer", [good([]), good({}), rules(id=None, name=None)])
async def test_an_answer_that_names_nobody_opens_nothing(answer: Reply) -> None:
    play = Play().on(AUTH, granted()).on(RULES, answer)
    await asked(play)
    with pytest.raises(BadResponse):
        await play.submit(FIELDS)
    assert (await play.record()).step is not None


async def test_a_token_that_opens_nothing_is_forgotten() -> None:
    play = Play().on(AUTH, granted(), granted()).on(RULES, bad(403, "Неверный токен"), rules())
    await asked(play)

    assert code_of(await play.submit(FIELDS)) == TokenRejected.code
    assert await play.submit(FIELDS) is None
    assert len(play.sent(AUTH)) == 2


async def test_where_the_diary_fails_after_the_password_it_is_not_sent_again() -> None:
    play = Play().on(AUTH, granted()).on(RULES, *[(503, {})] * 3, rules())
    await asked(play)

    with pytest.raises(ServerFailure):
        await play.submit(FIELDS)
    record = await play.record()
    assert TOKEN not in str(record.state)
    assert await play.submit(FIELDS) is None

    assert len(play.sent(AUTH)) == 1
    assert (await play.session()).secret("auth_token") == TOKEN


async def test_another_persons_login_does_not_go_on_from_that_token() -> None:
    play = Play().on(AUTH, granted(), granted("another")).on(RULES, *[(503, {})] * 3, rules())
    await asked(play)
    with pytest.raises(ServerFailure):
        await play.submit(FIELDS)

    assert await play.submit({**FIELDS, "login": "petrov.test"}) is None

    assert (await play.session()).secret("auth_token") == "another"


async def test_without_a_key_of_an_application_nothing_begins() -> None:
    play = Play(devkey=None)
    with pytest.raises(MissingSetting, match="DIARY_ELJUR__DEVKEY"):
        await asked(play)


async def test_the_operators_school_must_be_one() -> None:
    with pytest.raises(ConfigurationError):
        await asked(Play(vendor="Школа 1"))


FOUND = {
    "schools": [
        {"vendor": "sch1", "title": "Школа № 0001", "city": "Образцовск"},
        {"domain": "Gymn2", "title": "Гимназия"},
        {"vendor": "api", "title": "Не школа"},
        {"vendor": "sch1", "title": "Она же"},
        {"vendor": "sch3"},
        {"vendor": 7, "title": 7, "city": []},
        "что-то",
    ]
}


async def test_a_school_is_searched_by_name_where_the_operator_allows_it() -> None:
    play = Play(allow_unverified=True).on(SEARCH, (200, {"response": {"result": FOUND}}))
    play.on(AUTH, granted()).on(RULES, rules())
    await asked(play)

    step = await play.submit({**FIELDS, "school": "Школа, Образцовск"})
    assert [(item.key, item.label, item.note) for item in step.options] == [
        ("sch1", "Школа № 0001", "Образцовск"),
        ("gymn2", "Гимназия", None),
    ]
    (search,) = play.sent(SEARCH)
    assert query_of(search)["value"] == "Школа, Образцовск"
    assert await play.submit("gymn2") is None

    assert (await play.session()).instance == "cloud.gymn2"


@pytest.mark.parametrize("reply", [(200, {"response": []}), (200, PAGE), (404, {}), (400, [])])
async def test_a_search_that_cannot_be_read_asks_for_the_address(reply: Reply) -> None:
    play = Play(allow_unverified=True).on(SEARCH, reply)
    await asked(play)

    step = await play.submit({**FIELDS, "school": "Лицей № 1"})

    assert code_of(step) == SchoolUnknown.code
    assert step.fields[0].name == "school"


@pytest.mark.parametrize("school", ["https://example.test/", "login.dnevnik.ru"])
async def test_addresses_are_never_searched_for(school: str) -> None:
    play = Play(allow_unverified=True)
    await asked(play)

    assert code_of(await play.submit({**FIELDS, "school": school})) == SchoolUnknown.code
    assert play.script.sent == []
