"""Sessions of МЭШ in the whole gateway: what is renewed, what is not, and what an outage costs."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

import gateway_mos_ru.plugin
from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.session import Session, SessionStatus
from gateway.core.errors import AccessDenied, InteractionRequired, ServerFailure
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.memory import MemoryStore
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Exchange
from gateway.testing.clock import VirtualClock
from tests.core.scripted import ScriptedCarrier
from tests.plugins.mos_ru.login.samples import (
    EXCHANGE,
    PARENT,
    PROFILE,
    PROFILES,
    TO_MESH,
    TOKEN,
    family,
)
from tests.plugins.mos_ru.login.test_refresh import NEW, NEW_REFRESH, session
from tests.plugins.play import NOW, Reply

WEB = "/v3/token/refresh"


def body_of(reply: Reply) -> object:
    return json.loads(reply.body)


def accepting(token: str) -> Callable[[Exchange], tuple[int, object]]:
    def read(exchange: Exchange) -> tuple[int, object]:
        sent = dict(exchange.headers)["Authorization"]
        return (200, body_of(family())) if sent == f"Bearer {token}" else (401, {"code": 401})

    return read


@asynccontextmanager
async def opened(carrier: ScriptedCarrier, before: Session) -> AsyncIterator[AsyncGateway]:
    async with AsyncGateway(
        settings=Settings(),
        store=MemoryStore(),
        registry=Registry([], plugins={"mos_ru": gateway_mos_ru.plugin}),
        clock=VirtualClock(auto=True, start=NOW),
        transport=Transport(carrier),
    ) as made:
        await made._services.keeper.adopt(before)
        yield made


async def kept(made: AsyncGateway, account: str) -> Session:
    return (await made._services.keeper.open(account)).session


@pytest.mark.parametrize("status", [401, 403])
async def test_a_service_that_is_not_open_to_the_role_renews_nothing(status: int) -> None:
    carrier, before = ScriptedCarrier(), session("web")
    carrier.on(PROFILE, (status, {"apikey": None}))
    async with opened(carrier, before) as made:
        for _ in range(2):
            with pytest.raises(AccessDenied):
                await made.students()
        assert (await kept(made, before.account)).status is SessionStatus.ACTIVE

    assert carrier.paths() == [PROFILE, PROFILE]


async def test_a_lost_session_is_renewed_once() -> None:
    carrier, before = ScriptedCarrier(), session("web")
    carrier.on(PROFILE, accepting(NEW))
    carrier.on(WEB, (200, {"access_token": NEW, "refresh_token": NEW_REFRESH}))
    carrier.on(PROFILES, (200, [{"id": PARENT, "type": "ParentProfile"}]))
    async with opened(carrier, before) as made:
        students = await made.students()
        await made.students()

    assert len(students) == 1
    assert carrier.paths()[:4] == [PROFILE, WEB, PROFILES, PROFILE]
    assert carrier.paths().count(WEB) == 1
    cookies = [value for name, value in carrier.sent[1].headers if name == "Cookie"]
    assert len(cookies) == 1
    assert "aupd_refresh_token=fictional-refresh-token" in cookies[0]


async def test_an_outage_between_the_pair_and_the_diarys_token_costs_no_sign_in() -> None:
    carrier, before = ScriptedCarrier(), session("mobile")
    pairs = iter(["second", "third"])
    living = {"fictional-refresh-token"}

    def exchanging(exchange: Exchange) -> tuple[int, object]:
        given = exchange.content.decode().rpartition("refresh_token=")[2]
        if given not in living:
            return 400, {"error": "invalid_grant"}
        living.clear()
        living.add(following := next(pairs))
        return 200, {"access_token": "mos", "refresh_token": following}

    carrier.on(PROFILE, accepting(NEW))
    carrier.on(EXCHANGE, exchanging)
    carrier.on(TO_MESH, (502, b"<html>Bad Gateway"))
    carrier.on(PROFILES, (200, [{"id": PARENT, "type": "ParentProfile"}]))
    async with opened(carrier, before) as made:
        with pytest.raises(ServerFailure):
            await made.students()
        half_way = await kept(made, before.account)
        assert half_way.secret("refresh_token") == "second"
        assert half_way.secret("access_token") == TOKEN
        answer = {"user_authentication_for_mobile_response": {"mesh_access_token": NEW}}
        carrier.on(TO_MESH, (200, answer))

        assert len(await made.students()) == 1
        assert (await kept(made, before.account)).secret("refresh_token") == "third"

    assert carrier.paths().count(EXCHANGE) == 2


async def test_a_dead_refresh_token_asks_for_the_person_once_and_for_all() -> None:
    carrier, before = ScriptedCarrier(), session("web")
    carrier.on(PROFILE, accepting(NEW))
    carrier.on(WEB, (401, {"message": "x"}))
    async with opened(carrier, before) as made:
        for _ in range(2):
            with pytest.raises(InteractionRequired):
                await made.students()

    assert carrier.paths() == [PROFILE, WEB]


async def test_a_pasted_token_that_ended_asks_for_the_person() -> None:
    carrier, before = ScriptedCarrier(), session("pasted", refresh_token=None)
    carrier.on(PROFILE, accepting(NEW))
    async with opened(carrier, before) as made:
        with pytest.raises(InteractionRequired):
            await made.students()

    assert carrier.paths() == [PROFILE]
