"""A letter for those who have forgotten their password."""

import pytest

from gateway.core.errors import BadResponse, EmailRejected, EsiaOnly, SchoolUnknown
from gateway_eljur.login import words
from tests.plugins.eljur.login.play import Play, Reply, code_of, form_of, query_of
from tests.plugins.eljur.login.samples import RECOVER

SENT = (200, {"result": True})
NOT_BOUND = (200, {"result": False, "error": "Пользователь не найден"})


async def test_the_schools_site_is_asked_for_a_letter() -> None:
    play = Play(devkey=None).on(RECOVER, SENT)
    step = await play.begin("recovery")
    assert [field.name for field in step.fields] == ["school", "email"]
    assert "иначе новый пароль выдаёт школа" in step.title.ru

    assert await play.submit({"school": "sch1", "email": " a@example.test "}) is None

    assert play.login.error is None
    assert play.login.accounts == ()
    (asked,) = play.sent(RECOVER)
    assert (asked.method, str(asked.origin)) == ("POST", "https://sch1.eljur.ru")
    assert form_of(asked) == {"email": "a@example.test"}
    assert query_of(asked) == {}


@pytest.mark.parametrize("region", ["48", "pmr"])
async def test_a_regions_site_needs_no_school(region: str) -> None:
    play = Play().on(RECOVER, SENT)
    step = await play.begin("recovery", region=region)
    assert [field.name for field in step.fields] == ["email"]
    assert await play.submit({"email": "a@example.test"}) is None
    assert play.login.error is None


async def test_an_address_that_is_not_bound_can_be_mended() -> None:
    play = Play().on(RECOVER, NOT_BOUND, SENT)
    await play.begin("recovery", instance="cloud.sch1")
    step = await play.submit({"email": "a@example.test"})
    assert code_of(step) == EmailRejected.code
    assert step.error.words.ru == words.EMAIL_NOT_BOUND.ru
    assert await play.submit({"email": "b@example.test"}) is None
    assert play.login.error is None


@pytest.mark.parametrize("reply", [(404, b"<html>404"), (200, b"<html>x")])
async def test_a_school_that_is_not_there_can_be_mended(reply: Reply) -> None:
    play = Play().on(RECOVER, reply)
    await play.begin("recovery")
    step = await play.submit({"school": "sch9", "email": "a@example.test"})
    assert code_of(step) == SchoolUnknown.code


async def test_a_known_school_is_not_blamed() -> None:
    play = Play().on(RECOVER, (200, b"<html>x"))
    await play.begin("recovery", instance="cloud.sch1")
    with pytest.raises(BadResponse):
        await play.submit({"email": "a@example.test"})
    assert len(play.script.sent) == 1


async def test_where_there_are_no_passwords_none_is_recovered() -> None:
    play = Play()
    assert await play.begin("recovery", region="52") is None
    assert isinstance(play.login.error, EsiaOnly)
