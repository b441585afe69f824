"""One installation that keeps many schools: the school that the person names is an instance."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, fields_of
from gateway.core.contract.link import DiaryLink, LoginLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.steps import Form, FormField, Step, Words
from gateway.core.errors import ConfigurationError, SchoolUnknown
from gateway.core.hooks import hookimpl
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.memory import MemoryStore
from gateway.core.transport.client import Transport
from tests.core import scripted
from tests.core.scripted import ScriptedCarrier, Token, declaration

LABEL = Words(ru="Школа", en="School")
CLOUD = Instance(
    key="cloud",
    title=scripted.TEXT,
    hosts={"api": "https://api.sample.example"},
    tenants="[a-z0-9]+",
    tenant_hosts={"web": "https://{tenant}.sample.example"},
)


class SchoolFlow(LoginFlow):
    async def start(self, link: LoginLink) -> Next:
        return Form(fields=(FormField(name="school", label=LABEL),))

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        school = fields_of(answer)["school"]
        try:
            link.move_to(f"cloud.{school}")
        except ConfigurationError as error:
            raise SchoolUnknown from error
        assert link.instance.vendor == school
        await link.request("web", "GET", "/door")
        made = scripted.session(Token(access="token"), link)
        return SignedIn((replace(made, instance=link.instance.key),))


class SchoolAdapter(scripted.SampleAdapter):
    def login_flow(self, method: str) -> LoginFlow:
        return SchoolFlow()

    async def list_students(self, link: DiaryLink) -> Reading:
        await link.request("web", "GET", "/children")
        return Reading([])


class SchoolPlugin:
    @hookimpl
    def gateway_providers(self) -> Sequence[Declaration]:
        made = replace(
            declaration(),
            instances=(CLOUD,),
            adapter=f"{__name__}:SchoolAdapter",
        )
        return (made,)


def school_gateway(carrier: ScriptedCarrier, **providers: object) -> AsyncGateway:
    return AsyncGateway(
        settings=Settings(login_rate=1000.0, providers={"sample": providers}),
        store=MemoryStore(),
        registry=Registry([], plugins={"sample": SchoolPlugin()}),
        transport=Transport(carrier),
    )


def test_a_tenant_has_the_hosts_of_all_and_its_own() -> None:
    made = replace(declaration(), instances=(CLOUD,))
    found = made.instance("cloud.sch1")
    assert (found.key, found.vendor) == ("cloud.sch1", "sch1")
    assert found.hosts == {
        "api": "https://api.sample.example",
        "web": "https://sch1.sample.example",
    }


@pytest.mark.parametrize(
    "key", ["cloud.", "cloud.Sch", "cloud.a.b", "cloud.evil.example/", "other.sch1"]
)
def test_what_is_no_tenant_is_no_instance(key: str) -> None:
    made = replace(declaration(), instances=(CLOUD,))
    with pytest.raises(KeyError):
        made.instance(key)


def test_an_installation_without_tenants_has_none() -> None:
    with pytest.raises(KeyError):
        declaration().instance("main.sch1")


async def test_a_login_goes_on_at_the_school_that_was_named() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/door", (200, {}))
    carrier.on("/children", (200, {}))
    async with school_gateway(carrier) as made:
        login = await made.begin_login("sample")
        login = await made.submit(login.id, {"school": "sch1"})
        login.raise_if_failed()
        (account,) = await made.accounts()
        assert account.instance == "cloud.sch1"
        await made.list_students(account.key)
    assert [str(item.origin) for item in carrier.sent] == ["https://sch1.sample.example"] * 2


async def test_a_school_that_cannot_be_is_asked_for_again() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/door", (200, {}))
    async with school_gateway(carrier) as made:
        login = await made.begin_login("sample")
        login = await made.submit(login.id, {"school": "../evil"})
        assert isinstance(login.step, Form)
        assert login.step.error is not None
        assert login.step.error.code == SchoolUnknown.code
        login = await made.submit(login.id, {"school": "sch2"})
    assert login.accounts
    assert [str(item.origin) for item in carrier.sent] == ["https://sch2.sample.example"]


async def test_the_operators_mapping_reaches_every_school() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/box/door", (200, {}))
    async with school_gateway(carrier, base_url="http://127.0.0.1:8801/box") as made:
        login = await made.begin_login("sample")
        await made.submit(login.id, {"school": "sch1"})
    assert [str(item.origin) for item in carrier.sent] == ["http://127.0.0.1:8801"]


async def test_a_tenants_host_can_be_mapped_by_itself() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/door", (200, {}))
    async with school_gateway(carrier, hosts={"web": "http://127.0.0.1:8802"}) as made:
        login = await made.begin_login("sample")
        await made.submit(login.id, {"school": "sch1"})
    assert [str(item.origin) for item in carrier.sent] == ["http://127.0.0.1:8802"]


class PasswordAdapter(scripted.SampleAdapter):
    def login_flow(self, method: str) -> LoginFlow:
        return SchoolPasswordFlow()


class SchoolPasswordFlow(scripted.PasswordFlow):
    """Asks for the school beside login and password, unless the instance names it."""

    async def start(self, link: LoginLink) -> Next:
        form = await super().start(link)
        assert isinstance(form, Form)
        if link.instance.tenants is None:
            return form
        return form.model_copy(
            update={"fields": (FormField(name="school", label=LABEL), *form.fields)}
        )

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        school = fields_of(answer).get("school")
        if school is not None:
            link.move_to(f"cloud.{school}")
        end = await super().submit(link, step, answer)
        if isinstance(end, SignedIn):
            end = SignedIn(
                tuple(replace(item, instance=link.instance.key) for item in end.sessions)
            )
        return end


class PasswordPlugin:
    @hookimpl
    def gateway_providers(self) -> Sequence[Declaration]:
        kursk = Instance(
            key="kursk",
            title=scripted.TEXT,
            hosts={"api": "https://kursk.sample.example"},
            regions=("46",),
        )
        made = replace(
            declaration(),
            instances=(CLOUD, kursk),
            adapter=f"{__name__}:PasswordAdapter",
        )
        return (made,)


def password_gateway(carrier: ScriptedCarrier) -> AsyncGateway:
    return AsyncGateway(
        settings=Settings(login_rate=1000.0),
        store=MemoryStore(),
        registry=Registry([], plugins={"sample": PasswordPlugin()}),
        transport=Transport(carrier),
    )


RIGHT = {"login": "parent", "password": "right-password"}


async def test_the_right_password_at_the_wrong_school_may_be_sent_to_the_right_one() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (401, {}))
    async with password_gateway(carrier) as made:
        login = await made.begin_login("sample")
        login = await made.submit(login.id, {**RIGHT, "school": "sch1"})
        assert login.step is not None
        assert login.step.error is not None
        login = await made.submit(login.id, {**RIGHT, "school": "sch1"})
        assert len(carrier.sent) == 1
        carrier.on("/login", (200, {"access": "token"}))
        login = await made.submit(login.id, {**RIGHT, "school": "sch2"})
    login.raise_if_failed()
    assert login.accounts
    assert len(carrier.sent) == 2


async def test_an_unattended_login_answers_what_the_schools_own_form_asks() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "token"}))
    carrier.on("/children", (200, {}))
    async with password_gateway(carrier) as made:
        login = await made.begin_login("sample", remember=True)
        login = await made.submit(login.id, {**RIGHT, "school": "sch1"})
        (key,) = login.accounts
        opened = await made._services.keeper.open(key)
        assert await made._logins.unattended(opened)
    asked = [json.loads(item.content) for item in carrier.sent if item.content]
    assert [sorted(item) for item in asked] == [["login", "password", "school"], sorted(RIGHT)]


async def test_a_region_chooses_the_instance_of_a_provider_that_is_named() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "token"}))
    async with password_gateway(carrier) as made:
        await made.login("sample", region="46", login="parent", password="right-password")
    assert [str(item.origin) for item in carrier.sent] == ["https://kursk.sample.example"]
