"""A token that the person brings."""

from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.core.contract.steps import CompletedBy, Form, Redirect, StepAction
from gateway.core.errors import (
    FlowError,
    ForgedState,
    ProviderUnavailable,
    ReplayedState,
    TokenRejected,
)
from tests.plugins.dnevnik_ru.login.play import CLIENT, LOGIN_HOST, TOKEN, Play, settings
from tests.plugins.dnevnik_ru.login.samples import CONTEXT_PATH, opened, result_url
from tests.plugins.play import Reply, data, failing, only

WITHOUT = settings(client_id=None, client_secret=None)


async def begun(*replies: Reply, **options: object) -> Play:
    play = Play("token", *replies, **options)  # type: ignore[arg-type]  # options of Play
    step = await play.start()
    assert isinstance(step, Form)
    assert [(item.name, item.secret) for item in step.fields] == [("token", True)]
    return play


@pytest.mark.parametrize(
    "pasted",
    [
        TOKEN,
        f"  {TOKEN}\n",
        result_url(state=""),
        result_url(state="from-another-program"),
        f"https://app.example/#access_token={TOKEN}&state=",
    ],
)
async def test_a_token_or_a_whole_address_opens_a_session(pasted: str) -> None:
    play = await begun(*opened())

    session = only(await play.submit({"token": pasted}))

    assert session.secret("access_token") == TOKEN
    assert session.method == "token"
    assert session.data["family"] == "partner"
    assert play.script.sent[0].headers["Access-Token"] == TOKEN


@pytest.mark.parametrize(
    "pasted",
    [
        "short",
        "with a blank " * 3,
        result_url(outcome="fail"),
        result_url(token=""),
        f"{LOGIN_HOST}/",
    ],
)
async def test_what_is_no_token_is_not_sent(pasted: str) -> None:
    play = await begun()

    with pytest.raises(TokenRejected):
        await play.submit({"token": pasted})

    assert play.script.sent == []


@pytest.mark.parametrize("status", [200, 401])
async def test_a_dead_token_is_rejected(status: int) -> None:
    dead = {"type": "invalidToken", "description": "…"}
    play = await begun(data("GET", CONTEXT_PATH, dead, status))

    with pytest.raises(TokenRejected):
        await play.submit({"token": TOKEN})


async def test_without_an_application_there_is_nothing_to_switch_to() -> None:
    play = await begun(configured=WITHOUT)

    with pytest.raises(FlowError):
        await play.act(StepAction.SWITCH, offered=False)


class TestOwnBrowser:
    async def begun(self, *replies: Reply) -> Play:
        play = await begun(*replies)
        assert StepAction.SWITCH in play.step.actions
        assert isinstance(await play.act(StepAction.SWITCH), Redirect)
        return play

    async def test_the_address_leads_through_the_sign_in_to_the_token(self) -> None:
        play = await self.begun()

        step = play.step
        assert step.completes_by is CompletedBy.FINAL_URL
        assert step.url.startswith(f"{LOGIN_HOST}/login?ReturnUrl=")
        (inner,) = parse_qs(urlsplit(step.url).query)["ReturnUrl"]
        asked = parse_qs(urlsplit(inner).query)
        assert asked["client_id"] == [CLIENT]
        assert asked["state"][0] in play.record.states

    async def test_the_final_address_opens_a_session(self) -> None:
        play = await self.begun(*opened())

        assert only(await play.submit(result_url())).secret("access_token") == TOKEN

    async def test_a_foreign_state_is_refused_unsent(self) -> None:
        play = await self.begun()

        with pytest.raises(ForgedState):
            await play.submit(result_url(state="somebody-elses"))

        assert play.script.sent == []

    async def test_an_address_without_a_state_may_be_anybodys(self) -> None:
        play = await self.begun()

        with pytest.raises(ForgedState):
            await play.submit(result_url(state=""))

    async def test_an_address_is_used_once(self) -> None:
        play = await self.begun(failing("GET", CONTEXT_PATH, ProviderUnavailable()))
        with pytest.raises(ProviderUnavailable):
            await play.submit(result_url())

        with pytest.raises(ReplayedState):
            await play.submit(result_url())

    async def test_a_bare_token_is_no_address(self) -> None:
        play = await self.begun()

        with pytest.raises(TokenRejected):
            await play.submit(TOKEN)

    async def test_the_person_may_switch_back_and_paste(self) -> None:
        play = await self.begun(*opened())
        assert isinstance(await play.act(StepAction.SWITCH), Form)

        assert only(await play.submit({"token": TOKEN})).method == "token"

    async def test_after_switching_back_a_foreign_state_is_still_refused(self) -> None:
        play = await self.begun()
        await play.act(StepAction.SWITCH)

        with pytest.raises(ForgedState):
            await play.submit({"token": result_url(state="somebody-elses")})
