"""Login and password at the partner interface."""

from datetime import timedelta

import pytest

from gateway.core.errors import (
    BadResponse,
    ClientRejected,
    LoginError,
    MissingSetting,
    NoMembership,
    NoStudents,
    RateLimited,
    RoleNotServed,
    UnexpectedHtml,
    WrongCredentials,
)
from gateway.core.wire.request import RequestKind
from tests.plugins.dnevnik_ru.login.play import (
    CLIENT,
    CLIENT_SECRET,
    REFRESH,
    TOKEN,
    Play,
    settings,
)
from tests.plugins.dnevnik_ru.login.samples import (
    CREDENTIALS,
    context,
    opened,
    parent_context,
    partner_grant,
    student_context,
)
from tests.plugins.play import NOW, Reply, data, only, page

PATH = "/v2/authorizations/bycredentials"


async def begun(*replies: Reply, **options: object) -> Play:
    play = Play("password:partner", *replies, **options)  # type: ignore[arg-type]  # options of Play
    await play.start()
    return play


async def test_a_right_password_brings_a_pair_of_tokens() -> None:
    play = await begun(data("POST", PATH, partner_grant()), *opened())

    session = only(await play.submit(CREDENTIALS))

    assert session.secret("access_token") == TOKEN
    assert session.secret("refresh_token") == REFRESH
    assert session.credentials["access_token"].expires_at == NOW + timedelta(seconds=2591999)
    assert session.credentials["refresh_token"].expires_at is None
    assert session.data["family"] == "partner"


async def test_the_application_and_the_password_go_in_one_json_body() -> None:
    play = await begun(data("POST", PATH, partner_grant()), *opened())

    await play.submit(CREDENTIALS)

    (sent,) = play.script.of_kind(RequestKind.AUTH)
    scope = sent.body.pop("scope")
    assert sent.body == {
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
        "username": CREDENTIALS["login"],
        "password": CREDENTIALS["password"],
    }
    assert {"EducationalInfo", "ContactInfo", "Files"} <= set(scope.split(","))
    assert sent.params == {}


@pytest.mark.parametrize("status", [200, 400, 401, 403])
async def test_a_refusal_is_a_wrong_password_with_any_status_and_sent_once(status: int) -> None:
    body = {"type": "authorizationFailed", "description": "Can't authorize"}
    play = await begun(data("POST", PATH, body, status))

    with pytest.raises(WrongCredentials) as raised:
        await play.submit(CREDENTIALS)

    assert len(play.script.sent) == 1
    assert "другой способ входа" in raised.value.text.ru
    assert "another way to sign in" in raised.value.text.en


@pytest.mark.parametrize("word", ["invalidRequest", "parameterInvalid", "outOfScope"])
async def test_a_refusal_of_the_application_blames_its_operator(word: str) -> None:
    play = await begun(data("POST", PATH, {"type": word, "description": "no"}, 404))

    with pytest.raises(ClientRejected):
        await play.submit(CREDENTIALS)


async def test_a_limit_is_no_refusal() -> None:
    play = await begun(data("POST", PATH, {"type": "apiRequestLimit", "description": "…"}, 429))

    with pytest.raises(RateLimited):
        await play.submit(CREDENTIALS)


async def test_an_answer_without_a_token_opens_nothing() -> None:
    play = await begun(data("POST", PATH, partner_grant(accessToken=None)))

    with pytest.raises(LoginError):
        await play.submit(CREDENTIALS)


@pytest.mark.parametrize(
    "reply, error",
    [
        (page("POST", PATH, "<html>что-то</html>"), UnexpectedHtml),
        (Reply("POST", PATH, 200, b"{broken", "application/json"), BadResponse),
        (data("POST", PATH, [1]), BadResponse),
    ],
)
async def test_another_protocol_is_told_as_such(reply: Reply, error: type[BadResponse]) -> None:
    play = await begun(reply)

    with pytest.raises(error):
        await play.submit(CREDENTIALS)


@pytest.mark.parametrize(
    "account, error",
    [
        (parent_context(), NoStudents),
        (student_context(roles=["EduStaff"], schools=[], schoolIds=[]), RoleNotServed),
        (student_context(roles=["EduStaff", "EduSchoolAdministrator"]), RoleNotServed),
        (student_context(schools=[], schoolIds=[], groupIds=[]), NoMembership),
        (student_context(roles=[], schools=[], schoolIds=[]), NoMembership),
    ],
)
async def test_an_account_without_diaries_says_who_can_help(
    account: object, error: type[LoginError]
) -> None:
    play = await begun(data("POST", PATH, partner_grant()), context(account))

    with pytest.raises(error):
        await play.submit(CREDENTIALS)


@pytest.mark.parametrize("missing", ["client_id", "client_secret"])
async def test_both_keys_of_the_application_are_needed(missing: str) -> None:
    play = Play("password:partner", configured=settings(**{missing: None}))

    with pytest.raises(MissingSetting, match=missing.upper()):
        await play.start()
