"""Filing applications against the emulator, in one process."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import httpx
from pydantic import SecretStr

from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.declaration import Declaration
from gateway.core.contract.session import Credential, Session, StudentRef
from gateway.core.hooks import hookimpl
from gateway.core.model.people import Role
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.memory import MemoryStore
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Exchange, RawAnswer, RawStream, Sent
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse
from gateway.sandbox.world import World, WorldState, build_world
from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.emulator import GosuslugiEmulator
from gateway_gosuslugi.emulator.epgu.contract import partner_settings
from gateway_gosuslugi.emulator.epgu.tokens import order_token
from gateway_gosuslugi.epgu.capabilities import CAPABILITIES
from gateway_gosuslugi.epgu.reads import ApplicationReads
from gateway_gosuslugi.epgu.signing import USER_TOKEN, signed
from gateway_gosuslugi.epgu.verdict import classified

ORIGIN = "http://127.0.0.1:8775"
TODAY = date(2026, 11, 20)
START = datetime(2026, 11, 20, 9, tzinfo=UTC)
STUDENT = "gosuslugi:student:s-1"
ACCOUNT = "gosuslugi:account:1"

FIELDS: Mapping[str, str] = {
    "applicant_surname": "Вымыслова",
    "applicant_given_name": "Ксения",
    "applicant_patronymic": "Макетовна",
    "applicant_birth_date": "1992-07-20",
    "applicant_snils": "000-000-007 07",
    "applicant_phone": "+7 900 000-00-06",
    "applicant_email": "vymyslova.k.7@example.org",
    "applicant_relation": "parent",
    "region": "39",
    "school_name": "Лицей «Эталон»",
    "child_surname": "Вымыслова",
    "child_given_name": "Юлия",
    "child_patronymic": "Эскизовна",
    "child_birth_date": "2010-01-20",
    "child_snils": "000-000-003 03",
    "child_document": "RF_BRTH_CERT",
    "child_document_series": "IV-АБ",
    "child_document_number": "000001",
    "child_document_issued_on": "2010-02-01",
    "consent": "yes",
}
"""What the mother of two types about her daughter at school-3."""

PDF = ("паспорт.pdf", "application/pdf", b"%PDF-1.4 synthetic")


class EpguAdapter(ApplicationReads):
    """Nothing but applications."""

    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        return signed(request, session)

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        return classified(request, response)


DECLARATION: Declaration = replace(
    GOSUSLUGI,
    adapter="tests.plugins.gosuslugi.epgu.support:EpguAdapter",
    capabilities={**GOSUSLUGI.capabilities, **CAPABILITIES},
)


class Plugin:
    @hookimpl
    def gateway_providers(self) -> tuple[Declaration, ...]:
        return (DECLARATION,)


@cache
def world() -> World:
    return build_world(1, TODAY)


class Clock:
    """Wall time of gateway and emulator; monotonic time goes with it."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class InProcess:
    """Carries exchanges to the emulator; `spoilt` answers stand in its answers' place."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.targets: list[str] = []
        self.origins: set[str] = set()
        self.headers: list[Mapping[str, str]] = []
        self.spoilt: dict[str, tuple[int, bytes] | Exception] = {}

    async def send(self, exchange: Exchange) -> RawAnswer:
        path = exchange.target.partition("?")[0]
        self.targets.append(path)
        self.origins.add(str(exchange.origin))
        self.headers.append(dict(exchange.headers))
        status, headers, content = await self._asked(exchange)
        spoilt = self.spoilt.pop(path, None)
        if isinstance(spoilt, Exception):
            raise spoilt
        if spoilt is not None:
            status, content = spoilt
        return RawAnswer(status, headers, content, Sent(started=True, received=len(content)))

    async def _asked(self, exchange: Exchange) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(self._app), base_url=str(exchange.origin)
        ) as client:
            answer = await client.request(
                exchange.method,
                exchange.target,
                headers=list(exchange.headers),
                content=exchange.content,
            )
        return answer.status_code, tuple(answer.headers.multi_items()), answer.content

    @asynccontextmanager
    async def stream(self, exchange: Exchange) -> AsyncIterator[RawStream]:
        raise AssertionError(f"{exchange.target} is not streamed here")
        yield  # type: ignore[unreachable]  # makes it a generator

    async def aclose(self) -> None:
        return None


@dataclass
class Office:
    """A partner's gateway with one person signed in, and the portal."""

    gateway: AsyncGateway
    diary: AsyncDiary
    carrier: InProcess
    clock: Clock
    app: Any
    tokens: list[str] = field(default_factory=list)

    async def file(self, **changed: Any) -> str:
        """Files the usual application with some fields changed; its number."""
        files = changed.pop("attachments", ())
        receipt = await self.diary.file_application({**FIELDS, **changed}, attachments=files)
        assert receipt.text is not None
        return receipt.text

    async def all(self) -> tuple[Any, ...]:
        """The person's applications, asked for anew."""
        answer = await self.gateway.list_applications(ACCOUNT, max_age=0)
        return answer.value

    async def post(self, path: str, **kwargs: Any) -> httpx.Response:
        """A request of the person's own, past the gateway."""
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=ORIGIN
        ) as client:
            kwargs.setdefault("headers", {"Authorization": f"Bearer {self.tokens[0]}"})
            return await client.request(kwargs.pop("method", "POST"), path, **kwargs)

    def minutes(self, count: float) -> None:
        """Lets time pass."""
        self.clock.moment += timedelta(minutes=count)


@asynccontextmanager
async def office(
    *,
    identity: str = "esia-mother-a",
    role: Role = Role.GUARDIAN,
    token: bool = True,
    consent: bool = True,
    **settings: Any,
) -> AsyncIterator[Office]:
    """A partner of the sandbox; `settings` change what the operator has set."""
    clock = Clock()
    emulator = GosuslugiEmulator(DECLARATION, now=clock, rng=Random(7))
    app = emulator.app(world(), WorldState(world()), origin=ORIGIN)
    value = order_token(
        world().esia_identity(identity), START, consent=consent, lifetime=timedelta(days=30)
    )
    chosen: dict[str, Any] = {
        "base_url": ORIGIN,
        "allow_unverified": True,
        **partner_settings(),
        **settings,
    }
    base = chosen["base_url"]
    hosts = DECLARATION.instance().hosts
    session = Session(
        account=ACCOUNT,
        provider="gosuslugi",
        instance="main",
        method="oauth",
        role=role,
        created_at=START,
        credentials={USER_TOKEN: Credential(SecretStr(value))} if token else {},
        students=(StudentRef(id=STUDENT, name="Пример", native={}, zone="Europe/Kaliningrad"),),
        base_urls=dict.fromkeys(hosts, base) if base else {},
    )
    carrier = InProcess(app)
    async with AsyncGateway(
        settings=Settings(providers={"gosuslugi": chosen}),
        store=MemoryStore(),
        registry=Registry([], plugins={"gosuslugi": Plugin()}),
        clock=clock,
        transport=Transport(carrier),
    ) as gateway:
        await gateway._services.keeper.adopt(session)
        diary = await gateway.diary(STUDENT, account=ACCOUNT)
        yield Office(gateway, diary, carrier, clock, app, [value])
