from collections.abc import AsyncIterator, Callable
from random import Random

import pytest

from gateway.sandbox.world import World, WorldState
from gateway_dnevnik_ru.declaration import DECLARATIONS
from gateway_dnevnik_ru.emulator import DnevnikEmulator
from tests.plugins.dnevnik_ru.emulator.support import ORIGIN, Clock, Service, the_world


@pytest.fixture(scope="session")
def world() -> World:
    return the_world()


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
