"""A password that also opens the school's own site, where the operator wants that."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.session import SessionStatus
from gateway.core.errors import AccessDenied, LoginOutcomeUnknown, NotSupported
from gateway.core.transport.exchange import Exchange, RawAnswer, Sent, TransportFault, faulted
from gateway_eljur.capabilities import NEEDS_SITE
from tests.core.scripted import ScriptedCarrier
from tests.plugins.eljur.login.play import Play, form_of
from tests.plugins.eljur.login.samples import AUTH, FIELDS, RULES, TOKEN, granted, rules, wrong

SITE = "/ajaxauthorize"
OPEN = {
    "result": True,
    "errors": [],
    "actions": [{"type": "redirect", "url": "/?user=ivanov.test&domain=sch1"}],
}
WRONG = {"result": False, "error": "Нет", "errors": [{"text": "Нет"}], "actions": []}
COOKIES = ("ej_session=example-cookie; path=/; secure; httponly", "school_domain=sch1; path=/")
CUT = faulted(LoginOutcomeUnknown(), TransportFault.SENT_NO_ANSWER, Sent(started=True))


class SiteCarrier(ScriptedCarrier):
    """The site sets cookies."""

    async def send(self, exchange: Exchange) -> RawAnswer:
        answer = await super().send(exchange)
        if exchange.target == SITE and answer.status == 200:
            cookies = tuple(("set-cookie", cookie) for cookie in COOKIES)
            answer = replace(answer, headers=(*answer.headers, *cookies))
        return answer


def play(site: Any = None, **own: Any) -> Play:
    made = Play(SiteCarrier(), **{"web_session": True, **own})
    made.on(AUTH, granted()).on(RULES, rules())
    if site is not None:
        made.on(SITE, site)
    return made


async def signed_in(made: Play) -> Any:
    await made.begin("password")
    assert await made.submit(FIELDS) is None
    return await made.session()


async def test_the_site_is_opened_after_the_diary_at_the_schools_own_host() -> None:
    made = play((200, OPEN))
    session = await signed_in(made)

    (asked,) = made.sent(SITE)
    assert [item.target.partition("?")[0] for item in made.script.sent] == [AUTH, RULES, SITE]
    assert str(asked.origin) == "https://sch1.eljur.ru"
    assert asked.target == SITE
    assert form_of(asked) == {
        "username": "ivanov.test",
        "password": "fictional password",
        "return_uri": "/",
    }
    assert session.data["web"] == "1"
    assert {item.name: item.value for item in session.jar} == {"ej_session": "example-cookie"}
    assert Capability.EVENTS not in session.capabilities
    assert session.secret("auth_token") == TOKEN


async def test_a_password_goes_nowhere_else_unless_the_operator_wants_it() -> None:
    made = play(web_session=False)
    session = await signed_in(made)
    assert made.sent(SITE) == []
    assert "web" not in session.data
    assert len(session.jar) == 0
    assert session.capabilities[Capability.EVENTS] is Support.UNSUPPORTED


async def test_a_password_that_the_diary_refuses_does_not_reach_the_site() -> None:
    made = Play(web_session=True).on(AUTH, wrong())
    await made.begin("password")
    assert (await made.submit(FIELDS)).error is not None
    assert made.sent(SITE) == []


@pytest.mark.parametrize(
    "site",
    [
        (200, WRONG),
        (200, {"result": None}),
        (200, {**OPEN, "actions": [{"type": "redirect", "url": "/?user=x&domain=sch2"}]}),
        (200, b"<html><body>500</body></html>"),
        (401, {"error": "Нет"}),
        (403, b"<html>no</html>"),
        (404, {}),
        (500, {}),
        (302, b""),
        CUT,
    ],
)
async def test_a_site_that_stays_shut_fails_no_login(site: Any) -> None:
    made = play(site)
    session = await signed_in(made)
    assert len(made.sent(SITE)) == 1
    assert "web" not in session.data
    assert len(session.jar) == 0
    assert session.capabilities[Capability.EVENTS] is Support.UNSUPPORTED


@pytest.mark.parametrize("actions", [None, [], [{"type": "redirect", "url": None}], [{}]])
async def test_a_site_need_not_say_whose_it_is(actions: Any) -> None:
    session = await signed_in(play((200, {**OPEN, "actions": actions})))
    assert session.data["web"] == "1"


async def test_without_the_site_its_plan_is_refused_with_the_reason_and_no_request() -> None:
    made = play(web_session=False)
    await signed_in(made)
    before = list(made.script.sent)
    async with made.gateway() as gateway:
        diary = await gateway.diary("eljur@cloud.sch1:student:1000")
        with pytest.raises(NotSupported) as raised:
            await diary.list_events(date(2026, 10, 5), date(2026, 10, 12))
    assert raised.value.text == NEEDS_SITE
    assert made.script.sent == before


async def test_a_sign_in_to_the_site_that_is_over_leaves_the_account_as_it_is() -> None:
    made = play((200, OPEN))
    await signed_in(made)
    made.script.on("/journal-cw-ajax-action", (403, {"error": "Необходимо войти"}))
    async with made.gateway() as gateway:
        diary = await gateway.diary("eljur@cloud.sch1:student:1000")
        with pytest.raises(AccessDenied) as raised:
            await diary.list_events(date(2026, 10, 5), date(2026, 10, 12))
    assert "заново" in raised.value.text.ru
    (asked,) = made.sent("/journal-cw-ajax-action")
    assert {name.lower(): value for name, value in asked.headers}[
        "cookie"
    ] == "ej_session=example-cookie"
    assert "auth_token" not in asked.target
    assert (await made.session()).status is SessionStatus.ACTIVE
