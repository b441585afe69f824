"""A diary that has nothing but a way in through ЕСИА: signs in at the portal, keeps its cookies."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

import gateway_gosuslugi.plugin
from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Declaration, Instance, LoginMethod, Quality
from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput
from gateway.core.contract.identity import IdentityProvider, SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Credential, Session
from gateway.core.contract.steps import CompletedBy, Step, StepAction
from gateway.core.errors import Text
from gateway.core.hooks import hookimpl
from gateway.core.login.status import Login
from gateway.core.model.people import Role
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.memory import MemoryStore
from gateway_gosuslugi.declaration import GOSUSLUGI

TITLE = Text("Проба", "Sample")
NAMES = ("u", "sp_session", "acc_t")
PORTAL = "https://www.gosuslugi.ru"


class DiaryFlow(LoginFlow):
    """Leaves everything to the sign-in system."""

    def __init__(self, system: IdentityProvider) -> None:
        self.system = system

    async def start(self, link: LoginLink) -> Next:
        return await self.system.start(link, request_of(link))

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        return ended(link, await self.system.submit(link, request_of(link), step, answer))

    async def poll(self, link: LoginLink, step: Step) -> Next:
        return ended(link, await self.system.poll(link, request_of(link), step))

    async def act(self, link: LoginLink, step: Step, action: StepAction) -> Next:
        return ended(link, await self.system.act(link, request_of(link), step, action))


def request_of(link: LoginLink) -> SignInRequest:
    """What the portal's own page begins with."""
    base = link.settings.base_url or PORTAL
    return SignInRequest(
        start_url=f"{base}/school/feed",
        completes_by=CompletedBy.COOKIES,
        cookie_domain="127.0.0.1" if link.settings.base_url else "www.gosuslugi.ru",
        cookie_names=NAMES,
    )


def ended(link: LoginLink, following: Step | SignInResult) -> Next:
    """A session with the cookies that came back."""
    if not isinstance(following, SignInResult):
        return following
    cookies = {name: following.jar.value(name) for name in NAMES}
    assert all(cookies.values())
    session = Session(
        account=f"sample:account:{cookies['u']}",
        provider="sample",
        instance="main",
        method="esia",
        role=Role.GUARDIAN,
        created_at=datetime.now(UTC),
        credentials={"sp": Credential(SecretStr(cookies["sp_session"] or ""))},
    )
    return SignedIn((session,))


class DiaryAdapter(Adapter):
    """Nothing but a way in."""

    def login_flow(self, method: str) -> LoginFlow:
        return DiaryFlow(self.identity_providers["esia"])


class DiaryPlugin:
    """The diary's plugin."""

    @hookimpl
    def gateway_providers(self) -> Sequence[Declaration]:
        made = Declaration(
            name="sample",
            api=GOSUSLUGI.api,
            title=TITLE,
            platform="sample",
            quality=Quality.BRONZE,
            instances=(Instance(key="main", title=TITLE, hosts={"api": PORTAL}),),
            login_methods=(LoginMethod(name="esia", title=TITLE, identity_provider="esia"),),
            capabilities={},
            adapter=f"{__name__}:DiaryAdapter",
            emulator=f"{__name__}:DiaryAdapter",
        )
        return (made,)


REGISTRY = Registry((), plugins={"sample": DiaryPlugin(), "gosuslugi": gateway_gosuslugi.plugin})


@dataclass
class Visit:
    """A login on its way."""

    gateway: AsyncGateway
    login: Login
    seen: list[Step] = field(default_factory=list)

    @property
    def step(self) -> Step:
        """What waits."""
        assert self.login.step is not None, self.login
        return self.login.step

    async def submit(self, answer: Any) -> "Visit":
        """Answers."""
        self.login = await self.gateway.submit(self.login.id, answer)
        return self

    async def poll(self) -> "Visit":
        """Looks."""
        self.login = await self.gateway.poll(self.login.id)
        return self

    async def password(self, login: str, password: str) -> "Visit":
        """Chooses the password and gives it."""
        await self.submit("password")
        return await self.submit({"login": login, "password": password})

    def account(self) -> str:
        """The account that was opened."""
        self.login.raise_if_failed()
        (found,) = self.login.accounts
        return found


@asynccontextmanager
async def visit(origin: str, *, headless: bool = True) -> AsyncIterator[Visit]:
    """A login to the diary, whose operator lets passwords be given."""
    settings = Settings(
        providers={"sample": {"base_url": origin, "headless_sign_in": headless}},
        login_rate=1000.0,
    )
    gateway = AsyncGateway(settings=settings, store=MemoryStore(), registry=REGISTRY)
    async with gateway:
        yield Visit(gateway, await gateway.begin_login("sample"))
