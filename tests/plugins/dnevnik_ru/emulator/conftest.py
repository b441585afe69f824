from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import httpx
import pytest

from gateway.core.contract.emulator import SandboxAccount
from gateway.sandbox.world import World, WorldState, build_world
from gateway_dnevnik_ru.declaration import DECLARATIONS
from gateway_dnevnik_ru.emulator import DnevnikEmulator, doors
from gateway_dnevnik_ru.emulator.ids import Ids

ORIGIN = "http://127.0.0.1:8770"
TODAY = date(2026, 2, 12)  # a Thursday, every school at work
JSON = {"Accept": "application/json"}


@cache
def _world() -> World:
    return build_world(1, TODAY)


@cache
def _numbers() -> Ids:
    return Ids(_world())


class Clock:
    """Aware time that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, delta: timedelta) -> None:
        self.now += delta


@dataclass
class Service:
    """A running emulator with its world, its state and clients for it."""

    emulator: DnevnikEmulator
    world: World
    state: WorldState
    app: Any
    clock: Clock
    origin: str = ORIGIN
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    def account(self, slug: str) -> SandboxAccount:
        found = {item.key: item for item in self.emulator.accounts(self.world)}
        return found[f"account-{slug}"]

    def browser(self, base: str | None = None, **kwargs: Any) -> httpx.AsyncClient:
        """A client with a cookie jar that follows no redirects."""
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=base or self.origin, **kwargs
        )
        self.clients.append(client)
        return client

    def api(self, slug: str, **headers: str) -> httpx.AsyncClient:
        """A client that holds the account's token."""
        token = self.account(slug).token
        assert token is not None
        return self.browser(headers={**JSON, "Access-Token": token, **headers})

    def web(self, slug: str) -> httpx.AsyncClient:
        """A client that holds the account's cookies."""
        auth_a, auth_l = doors.cookies(self.emulator.declaration.name, f"account-{slug}")
        return self.browser(cookies={"DnevnikAuth_a": auth_a, "DnevnikAuth_l": auth_l})

    def person(self, student: str) -> int:
        """The service's number of a pupil."""
        return self.number("person", self.world.student(student).person_key)

    def number(self, kind: str, key: str) -> int:
        """The service's own number of a key."""
        return _numbers().of(kind, key)


@pytest.fixture(scope="session")
def world() -> World:
    return _world()


@pytest.fixture
async def start(world: World) -> AsyncIterator[Callable[..., Service]]:
    """Start an emulator of a provider over a fresh state."""
    running: list[Service] = []

    def begin(provider: str = "dnevnik_ru") -> Service:
        declaration = next(item for item in DECLARATIONS if item.name == provider)
        clock = Clock()
        emulator = DnevnikEmulator(declaration, now=clock, rng=Random(7))
        state = WorldState(world)
        app = emulator.app(world, state, origin=ORIGIN)
        service = Service(emulator, world, state, app, clock)
        running.append(service)
        return service

    yield begin
    for service in running:
        for client in service.clients:
            await client.aclose()


@pytest.fixture
def service(start: Callable[..., Service]) -> Service:
    """«Дневник.ру» itself."""
    return start()
