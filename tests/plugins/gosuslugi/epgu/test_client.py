"""A partner's own client: no stored account, the whole envelope."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

import gateway_gosuslugi.plugin
from gateway.core.errors import (
    ApplicantNotEntitled,
    CancellationRefused,
    CapabilityUnverified,
    ConfigurationError,
    InvalidId,
    NotFound,
    NotSupported,
    PhoneInvalid,
    SessionLost,
)
from gateway.core.model.life import ApplicationState
from gateway.core.model.people import Role
from gateway.core.registry.plugins import Registry
from gateway.core.transport.client import Transport
from gateway.sandbox.server import Sandbox
from gateway.sandbox.world import WorldState
from gateway_gosuslugi.emulator import GosuslugiEmulator
from gateway_gosuslugi.emulator.epgu.contract import partner_settings
from gateway_gosuslugi.emulator.epgu.tokens import order_token
from gateway_gosuslugi.epgu.client import PartnerClient, PersonDesk
from gateway_gosuslugi.epgu.settings import PartnerSettings
from tests.plugins.gosuslugi.epgu.support import (
    DECLARATION,
    FIELDS,
    ORIGIN,
    START,
    TODAY,
    Clock,
    InProcess,
    world,
)


def settings(**own: Any) -> PartnerSettings:
    values = {"base_url": ORIGIN, "allow_unverified": True, **partner_settings(), **own}
    return PartnerSettings.model_validate(values)


@asynccontextmanager
async def desk(
    *, role: Role = Role.GUARDIAN, lifetime: timedelta = timedelta(days=1), **own: Any
) -> AsyncIterator[tuple[PersonDesk, InProcess, Clock]]:
    clock = Clock()
    app = GosuslugiEmulator(DECLARATION, now=clock, rng=Random(7)).app(
        world(), WorldState(world()), origin=ORIGIN
    )
    carrier = InProcess(app)
    token = order_token(world().esia_identity("esia-mother-a"), START, lifetime=lifetime)
    async with PartnerClient(settings(**own), transport=Transport(carrier), clock=clock) as portal:
        yield portal.person(SecretStr(token), role=role), carrier, clock


async def test_a_partner_files_follows_and_withdraws_without_any_account() -> None:
    async with desk() as (person, _, clock):
        assert person.mistakes(FIELDS) == ()
        filed = await person.file(FIELDS)
        listed = await person.applications()
        changed = await person.changed_since(START - timedelta(minutes=1))
        await person.cancel(filed.id, "передумали")
        withdrawn = await person.application(filed.id)
        with pytest.raises(CancellationRefused):
            await person.cancel(filed.id, "ещё раз")
        clock.moment += timedelta(minutes=1)

    assert filed.state is ApplicationState.FILED
    assert [item.id for item in listed] == [filed.id]
    assert changed == (filed.id,)
    assert withdrawn.state is ApplicationState.CANCELLED


async def test_a_number_is_not_lost_where_the_look_at_it_fails() -> None:
    async with desk() as (person, carrier, _):
        carrier.spoilt["/api/gusmev/order/2058000001"] = (403, b'{"code":"order_access"}')
        filed = await person.file(FIELDS)

    assert filed.number == "2058000001"
    assert filed.state is ApplicationState.FILED


async def test_mistakes_are_told_before_anything_is_sent() -> None:
    async with desk(role=Role.STUDENT) as (person, carrier, _):
        (wrong,) = person.mistakes(FIELDS)
        assert isinstance(wrong, ApplicantNotEntitled)
        with pytest.raises(PhoneInvalid):
            await person.file({**FIELDS, "applicant_phone": "8"})
        assert carrier.targets == []


async def test_nothing_unverified_is_filed_without_leave() -> None:
    async with desk(allow_unverified=False) as (person, carrier, _):
        with pytest.raises(CapabilityUnverified):
            await person.file(FIELDS)
        assert carrier.targets == []


async def test_a_token_that_is_over_is_told_so() -> None:
    async with desk(lifetime=timedelta(hours=1)) as (person, _, clock):
        clock.moment += timedelta(hours=2)
        with pytest.raises(SessionLost):
            await person.applications()


async def test_identifiers_are_of_applications_of_this_portal() -> None:
    async with desk() as (person, carrier, _):
        for wrong in ("gosuslugi:lesson:1", "other:application:1", "gosuslugi:application:x"):
            with pytest.raises(InvalidId):
                await person.application(wrong)
        assert carrier.targets == []
        with pytest.raises(NotFound):
            await person.application("gosuslugi:application:1")


def test_there_is_no_client_without_a_contract() -> None:
    with pytest.raises(NotSupported):
        PartnerClient(PartnerSettings(allow_unverified=True))


@pytest.mark.parametrize("base_url", [None, "https://svcdev-beta.test.gosuslugi.ru"])
def test_the_contract_of_the_sandbox_opens_no_real_portal(base_url: str | None) -> None:
    with pytest.raises(ConfigurationError):
        PartnerClient(settings(base_url=base_url))


async def test_the_answer_is_downloaded_from_the_running_sandbox() -> None:
    registry = Registry([], plugins={"gosuslugi": gateway_gosuslugi.plugin})
    sandbox = Sandbox(registry, today=TODAY)
    identity = sandbox.world.esia_identity("esia-mother-a")
    token = SecretStr(order_token(identity, datetime.now(UTC)))
    with sandbox.serving({"gosuslugi": 0}) as (served,):
        async with PartnerClient(settings(base_url=served.origin)) as portal:
            regions = await portal.dictionary("SANDBOX_REGIONS")
            person = portal.person(token)
            filed = await person.file(FIELDS)
            async with httpx.AsyncClient(base_url=served.origin) as school:
                await school.post(f"/sandbox/epgu/{filed.number}/decide")
            confirmed = await person.application(filed.id)
            content = await person.download(confirmed.attachments[0].id or "")
            with pytest.raises(NotFound):
                await person.download("gosuslugi:application_file:1/3/answer.pdf")

    assert "39" in {item.value for item in regions}
    assert confirmed.state is ApplicationState.CONFIRMED
    assert content.startswith(b"%PDF-")
