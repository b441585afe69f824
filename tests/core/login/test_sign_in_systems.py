"""A sign-in system brings its own hosts: where its requests go, and who judges the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.declaration import Declaration, Instance, LoginMethod
from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput
from gateway.core.contract.identity import IdentityProvider, SignInRequest, SignInResult, beneath
from gateway.core.contract.link import DiaryLink, LoginLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.steps import CompletedBy, Form, Step, StepAction
from gateway.core.errors import ConfigurationError, WrongCredentials
from gateway.core.hooks import hookimpl
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.memory import MemoryStore
from gateway.core.transport.client import Transport
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.outcome import OK, Outcome
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from tests.core import scripted
from tests.core.scripted import ScriptedCarrier, Token, declaration

SYSTEM = "https://state.example"
REQUEST = SignInRequest(start_url="https://x.example/", completes_by=CompletedBy.FINAL_URL)
ANSWER = {"login": "parent", "password": "right-password"}


class StateSystem:
    name = "state"
    hosts: Mapping[str, str] = {"state": SYSTEM}

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        return OK

    async def start(self, link: LoginLink, request: SignInRequest) -> Step:
        await link.request("state", "GET", "/begin")
        return scripted.FORM

    async def submit(
        self, link: LoginLink, request: SignInRequest, step: Step, answer: StepInput
    ) -> Step | SignInResult:
        answered = await link.request("state", "POST", "/password", kind=RequestKind.AUTH)
        return SignInResult(f"https://x.example/?status={answered.status}", CookieJar())

    async def poll(
        self, link: LoginLink, request: SignInRequest, step: Step
    ) -> Step | SignInResult:
        return step

    async def act(
        self, link: LoginLink, request: SignInRequest, step: Step, action: StepAction
    ) -> Step | SignInResult:
        return step


class StateFlow(LoginFlow):
    def __init__(self, system: IdentityProvider) -> None:
        self.system = system

    async def start(self, link: LoginLink) -> Next:
        return await self.system.start(link, REQUEST)

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        found = await self.system.submit(link, REQUEST, step, answer)
        assert isinstance(found, SignInResult)
        await link.request("api", "GET", "/arrived", params={"url": found.url})
        return SignedIn((scripted.session(Token(access="token"), link),))


class StateAdapter(scripted.SampleAdapter):
    def sign(self, request: WireRequest, session: object) -> WireRequest:
        return request.with_headers(("X-Own", "1"))

    def login_flow(self, method: str) -> LoginFlow:
        if method == "state":
            return StateFlow(self.identity_providers["state"])
        return scripted.PasswordFlow()

    async def list_students(self, link: DiaryLink) -> Reading:
        await link.request("api", "GET", "/children")
        assert set(link.instance.hosts) == {"api"}
        return Reading([])


class Plugin:
    @hookimpl
    def gateway_providers(self) -> Sequence[Declaration]:
        methods = (
            LoginMethod(name="state", title=scripted.TEXT, identity_provider="state"),
            LoginMethod(name="password", title=scripted.TEXT),
        )
        return (replace(declaration(), adapter=f"{__name__}:StateAdapter", login_methods=methods),)


class SystemPlugin:
    @hookimpl
    def gateway_identity_providers(self) -> Sequence[IdentityProvider]:
        return (StateSystem(),)


@pytest.fixture
def carrier() -> ScriptedCarrier:
    made = ScriptedCarrier()
    for path in ("/begin", "/arrived", "/children", "/box/begin", "/box/arrived"):
        made.on(path, (200, {}))
    for path in ("/password", "/box/password"):
        made.on(path, (401, {"failed": "x"}))
    made.on("/login", (401, {}))
    return made


def gateway(carrier: ScriptedCarrier, *, system: bool = True, **own: object) -> AsyncGateway:
    plugins: dict[str, object] = {"sample": Plugin()}
    if system:
        plugins["system"] = SystemPlugin()
    return AsyncGateway(
        settings=Settings(login_rate=1000.0, providers={"sample": own}),
        store=MemoryStore(),
        registry=Registry([], plugins=plugins),
        transport=Transport(carrier),
    )


async def through_the_system(made: AsyncGateway) -> None:
    login = await made.begin_login("sample", method="state")
    login = await made.submit(login.id, ANSWER)
    login.raise_if_failed()
    assert login.accounts


def places(carrier: ScriptedCarrier) -> list[str]:
    return [f"{item.origin}{item.target.partition('?')[0]}" for item in carrier.sent]


async def test_its_requests_go_to_its_own_hosts(carrier: ScriptedCarrier) -> None:
    async with gateway(carrier) as made:
        await through_the_system(made)
    assert places(carrier) == [
        f"{SYSTEM}/begin",
        f"{SYSTEM}/password",
        f"{scripted.HOST}/arrived",
    ]


async def test_it_judges_its_own_answers_and_gets_nothing_of_the_providers(
    carrier: ScriptedCarrier,
) -> None:
    async with gateway(carrier) as made:
        await through_the_system(made)
    begun, password, arrived = carrier.sent
    assert "401" in arrived.target
    own = [any(name == "X-Own" for name, _ in item.headers) for item in (begun, password, arrived)]
    assert own == [False, False, True]


async def test_what_the_provider_answers_is_still_judged_by_it(carrier: ScriptedCarrier) -> None:
    async with gateway(carrier) as made:
        login = await made.begin_login("sample", method="password")
        login = await made.submit(login.id, ANSWER)
        assert login.step is not None
        assert login.step.error is not None
        assert login.step.error.code == WrongCredentials.code


async def test_one_origin_for_all_holds_for_it_too(carrier: ScriptedCarrier) -> None:
    async with gateway(carrier, base_url="http://127.0.0.1:8801/box") as made:
        await through_the_system(made)
    assert {str(item.origin) for item in carrier.sent} == {"http://127.0.0.1:8801"}


async def test_its_host_can_be_mapped_by_itself(carrier: ScriptedCarrier) -> None:
    async with gateway(carrier, hosts={"state": "http://127.0.0.1:8802"}) as made:
        await through_the_system(made)
    assert [str(item.origin) for item in carrier.sent] == [
        "http://127.0.0.1:8802",
        "http://127.0.0.1:8802",
        scripted.HOST,
    ]


async def test_a_session_knows_nothing_of_its_hosts(carrier: ScriptedCarrier) -> None:
    async with gateway(carrier, hosts={"state": "http://127.0.0.1:8802"}) as made:
        await through_the_system(made)
        await made.list_students(scripted.ACCOUNT)
        opened = await made._services.keeper.open(scripted.ACCOUNT)
        assert opened.session.base_urls == {}


async def test_other_ways_in_cannot_reach_its_hosts(carrier: ScriptedCarrier) -> None:
    async with gateway(carrier) as made:
        login = await made.begin_login("sample", method="password")
        assert isinstance(login.step, Form)
        adapter = made._services.adapter(
            made.registry.provider("sample"), made.registry.provider("sample").instance(), {}
        )
        allowed = {str(item) for item in made._services.way(adapter).origins.allowed}
    assert allowed == {scripted.HOST}


async def test_without_the_system_its_host_cannot_be_mapped(carrier: ScriptedCarrier) -> None:
    async with gateway(carrier, system=False, hosts={"state": "http://127.0.0.1:8802"}) as made:
        with pytest.raises(ConfigurationError, match="state"):
            await made.begin_login("sample", method="password")


def test_an_instances_own_host_wins() -> None:
    own = Instance(key="main", title=scripted.TEXT, hosts={"api": "https://a.example"})
    taken = replace(own, hosts={"api": "https://a.example", "state": "https://b.example"})
    assert beneath(own, None) is own
    assert beneath(taken, StateSystem()) is taken
    assert beneath(own, StateSystem()).hosts == {"api": "https://a.example", "state": SYSTEM}
