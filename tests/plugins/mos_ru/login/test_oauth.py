"""Sign-in at the page of mos.ru, in the person's own browser."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.core.contract.steps import CompletedBy, Redirect
from gateway.core.errors import (
    ClientRejected,
    ForgedState,
    IllegalAnswer,
    LoginError,
    MissingSetting,
    ReplayedState,
    SignInCancelled,
)
from gateway_mos_ru.login import words
from tests.plugins.mos_ru.login.play import Play, settings
from tests.plugins.mos_ru.login.samples import (
    CLIENT,
    EXCHANGE,
    REFRESH,
    TOKEN,
    exchanged,
    registered,
    to_mesh,
    welcomed,
)
from tests.plugins.play import data, only

LINK = "dnevnik-mes://oauth2redirect"


async def opened(**options: str) -> tuple[Play, Redirect, dict[str, str]]:
    """A login whose page is open: the step, and the query of its address."""
    play = Play("oauth", registered(), configured=settings(**options))
    step = await play.start()
    assert isinstance(step, Redirect)
    query = {name: values[0] for name, values in parse_qs(urlsplit(step.url).query).items()}
    return play, step, query


async def test_the_person_goes_to_the_page_of_mos_ru() -> None:
    _, step, query = await opened()

    assert step.url.startswith("https://login.mos.ru/sps/oauth/ae?")
    assert "display" not in query
    assert query["prompt"] == "login"
    assert query["client_id"] == CLIENT
    assert query["redirect_uri"] == LINK
    assert query["code_challenge"] == "challenge-1"
    assert step.completes_by is CompletedBy.APP_SCHEME_URL
    assert step.pattern is not None
    assert re.match(step.pattern, f"{LINK}?code=x&state={query['state']}")
    assert step.title is not None
    assert "Госуслуги" in step.title.ru


async def test_the_link_of_the_application_opens_the_account() -> None:
    play, _, query = await opened()
    play.will(exchanged(), to_mesh(), *welcomed())

    session = only(await play.submit(f"{LINK}?code=code-1&state={query['state']}"))

    assert play.script.to(EXCHANGE)[0].body == {
        "grant_type": "authorization_code",
        "code": "code-1",
        "redirect_uri": LINK,
        "code_verifier": "verifier-1",
    }
    assert session.method == "oauth"
    assert session.data["family"] == "mobile"
    assert session.secret("access_token") == TOKEN
    assert session.secret("refresh_token") == REFRESH


@pytest.mark.parametrize("address", ["http://localhost:8765", "http://127.0.0.1:8765/back"])
async def test_an_address_of_this_machine_is_listened_at(address: str) -> None:
    play, step, query = await opened(redirect_uri=address)

    assert step.completes_by is CompletedBy.LOOPBACK
    assert step.pattern == address
    play.will(exchanged(), to_mesh(), *welcomed())
    path = "" if address.endswith("back") else "/"
    await play.submit(f"{address}{path}?code=code-1&state={query['state']}")
    assert play.script.to(EXCHANGE)[0].body["redirect_uri"] == address


async def test_an_address_without_a_port_is_pasted() -> None:
    _, step, _ = await opened(redirect_uri="http://localhost")

    assert step.completes_by is CompletedBy.FINAL_URL
    assert re.match(step.pattern or "", "http://localhost/?code=x&state=y")


@pytest.mark.parametrize("state", ["&state=another", ""])
async def test_a_foreign_link_is_not_taken(state: str) -> None:
    play, _, _ = await opened()

    with pytest.raises(ForgedState):
        await play.submit(f"{LINK}?code=code-1{state}")


async def test_a_link_serves_once() -> None:
    play, _, query = await opened()
    link = f"{LINK}?code=code-1&state={query['state']}"
    play.will(data("POST", EXCHANGE, {"error": "invalid_grant"}, 400))
    with pytest.raises(LoginError) as raised:
        await play.submit(link)
    assert raised.value.text == words.CODE_SPENT

    with pytest.raises(ReplayedState):
        await play.submit(link)


@pytest.mark.parametrize(
    "answer", ["https://school.mos.ru/?code=x", LINK, "rubbish", "http://[", f"{LINK}2?code=x"]
)
async def test_what_is_no_such_link_is_said_so(answer: str) -> None:
    play, _, _ = await opened()

    with pytest.raises(IllegalAnswer):
        await play.submit(answer)


@pytest.mark.parametrize(
    ("word", "error"), [("access_denied", SignInCancelled), ("invalid_scope", ClientRejected)]
)
async def test_a_refusal_at_the_page(word: str, error: type[LoginError]) -> None:
    play, _, query = await opened()

    with pytest.raises(error):
        await play.submit(f"{LINK}?error={word}&state={query['state']}")


async def test_registration_data_are_needed() -> None:
    play = Play("oauth", configured=settings(registration_token=None))

    with pytest.raises(MissingSetting, match="REGISTRATION_TOKEN"):
        await play.start()
