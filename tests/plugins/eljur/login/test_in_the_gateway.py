"""Sessions of ЭлЖур in the whole gateway: their end, signing in anew, remembered passwords."""

import json
from typing import Any

import pytest

from gateway.core.errors import AccountMismatch, KnownWrongSecret, WrongCredentials
from gateway.core.wire.outcome import SESSION_LOST
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import Hop, WireResponse
from gateway_eljur.classifying import classified
from tests.plugins.eljur.login.play import NOW, Play, code_of, form_of
from tests.plugins.eljur.login.samples import (
    AUTH,
    EXPIRES,
    FIELDS,
    OWN,
    RULES,
    bad,
    granted,
    rules,
    wrong,
)


async def signed_in(remember: bool = False, **where: Any) -> Play:
    """Somebody who has signed in by password."""
    play = Play().on(AUTH, granted()).on(RULES, rules())
    await play.begin("password", remember=remember, **where)
    assert await play.submit(FIELDS if not where else OWN) is None
    return play


async def again(play: Play, account: str, **how: Any) -> Any:
    """The first step of signing in anew."""
    async with play.gateway() as gateway:
        play.login = await gateway.reauthenticate(account, **how)
        return play.login.step


async def test_a_token_lives_as_long_as_it_was_told() -> None:
    play = await signed_in()
    session = await play.session()
    assert EXPIRES == "2027-01-03 12:00:00"
    ends = session.credentials["auth_token"].expires_at
    assert ends is not None
    assert ends.isoformat() == "2027-01-03T09:00:00+00:00"
    assert session.created_at == NOW


async def test_an_account_is_renewed_by_a_sign_in_at_its_own_school() -> None:
    play = await signed_in()
    account = (await play.session()).account
    step = await again(play, account)
    assert [field.name for field in step.fields] == ["login", "password"]
    play.on(AUTH, granted("fresh")).on(RULES, rules())

    assert await play.submit({**OWN, "password": "a new password"}) is None

    assert (await play.session()).secret("auth_token") == "fresh"
    assert play.login.accounts == (account,)


async def test_another_persons_sign_in_does_not_renew_it() -> None:
    play = await signed_in()
    await again(play, (await play.session()).account)
    play.on(AUTH, granted()).on(RULES, rules(id="7", name="7"))
    with pytest.raises(AccountMismatch):
        await play.submit({**OWN, "login": "petrov.test"})


async def test_nobody_signs_in_for_a_person_who_wanted_nothing_kept() -> None:
    play = await signed_in()
    session = await play.session()
    async with play.gateway() as gateway:
        account = await gateway._services.keeper.open(session.account)
        assert await gateway._logins.unattended(account) is False
    assert len(play.sent(AUTH)) == 1


@pytest.mark.parametrize("kind", [RequestKind.READ, RequestKind.WRITE])
def test_403_on_data_is_a_dead_token(kind: RequestKind) -> None:
    status, body = bad(403, "Неверный или просроченный токен авторизации")
    request = WireRequest("api", "GET", RULES, kind)
    hop = Hop("https://api.eljur.ru/", status)
    response = WireResponse(status, (), json.dumps(body).encode(), (hop,))
    assert classified(request, response) is SESSION_LOST


async def test_a_remembered_password_signs_in_unattended() -> None:
    play = await signed_in(remember=True)
    session = await play.session()
    play.clock.jump_wall(3600)
    play.on(AUTH, granted("fresh")).on(RULES, rules())

    async with play.gateway() as gateway:
        account = await gateway._services.keeper.open(session.account)
        assert await gateway._logins.unattended(account) is True

    assert form_of(play.sent(AUTH)[1])["login"] == "ivanov.test"
    assert (await play.session()).secret("auth_token") == "fresh"


async def test_a_remembered_password_that_is_wrong_by_now_is_sent_once() -> None:
    play = await signed_in(remember=True)
    session = await play.session()
    play.on(AUTH, wrong())
    for seconds in (3600, 3600):
        play.clock.jump_wall(seconds)
        async with play.gateway() as gateway:
            account = await gateway._services.keeper.open(session.account)
            with pytest.raises(WrongCredentials):
                await gateway._logins.unattended(account)
    assert len(play.sent(AUTH)) == 2


async def test_a_refused_password_is_known_in_a_later_login_too() -> None:
    play = Play().on(AUTH, wrong())
    await play.begin("password")
    await play.submit(FIELDS)
    await play.begin("password")
    assert code_of(await play.submit(FIELDS)) == KnownWrongSecret.code


async def test_a_person_may_insist_after_mistaking_the_school() -> None:
    play = Play().on(AUTH, wrong(), granted()).on(RULES, rules())
    await play.begin("password")
    await play.submit({**FIELDS, "school": "sch9"})
    assert await play.submit(FIELDS, again=True) is None
    assert play.login.accounts == ("eljur@cloud.sch1:account:2000",)
