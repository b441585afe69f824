"""A running emulator for tests, with a world, a state and a clock of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final, Generic, Self, TypeVar

import httpx

from gateway.core.contract.emulator import Emulator, SandboxAccount
from gateway.sandbox.world import World, WorldState, build_world

E = TypeVar("E", bound=Emulator)
S = TypeVar("S", bound="Service[Any]")

TODAY: Final = date(2026, 2, 12)  # a Thursday, every school at work


@cache
def the_world() -> World:
    return build_world(1, TODAY)


class Clock:
    """Aware time that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, delta: timedelta) -> None:
        self.now += delta


@dataclass
class Service(Generic[E]):
    """A running emulator with its world, its state and clients for it."""

    emulator: E
    world: World
    state: WorldState
    app: Any
    clock: Clock
    origin: str
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    @classmethod
    def of(cls, make: Callable[[Clock], E], origin: str) -> Self:
        """An emulator over a fresh state."""
        clock, world = Clock(), the_world()
        emulator, state = make(clock), WorldState(world)
        return cls(emulator, world, state, emulator.app(world, state, origin=origin), clock, origin)

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


@asynccontextmanager
async def starting(begin: Callable[..., S]) -> AsyncIterator[Callable[..., S]]:
    """As `begin`; in the end the clients of everything that it started are closed."""
    running: list[S] = []

    def start(*args: Any, **kwargs: Any) -> S:
        running.append(begin(*args, **kwargs))
        return running[-1]

    yield start
    for service in running:
        for client in service.clients:
            await client.aclose()
