from collections.abc import AsyncIterator, Callable
from random import Random

import pytest

from gateway.sandbox.world import World, WorldState
from gateway_mos_ru.declaration import DECLARATIONS
from gateway_mos_ru.emulator import MosEmulator
from tests.plugins.mos_ru.emulator.login.support import (
    ORIGIN,
    PROOF_BITS,
    Clock,
    Service,
    the_world,
)
from tests.plugins.mos_ru.emulator.support import Diary


@pytest.fixture
def world() -> World:
    return the_world()


@pytest.fixture
async def running() -> AsyncIterator[Callable[..., Service]]:
    """Start an emulator of an installation over a fresh state."""
    services: list[Service] = []

    def begin(provider: str = "mos_ru") -> Service:
        declaration = next(item for item in DECLARATIONS if item.name == provider)
        clock, world = Clock(), the_world()
        emulator = MosEmulator(declaration, now=clock, rng=Random(7), proof_bits=PROOF_BITS)
        state = WorldState(world)
        app = emulator.app(world, state, origin=ORIGIN)
        services.append(Service(emulator, world, state, app, clock))
        return services[-1]

    yield begin
    for service in services:
        for client in service.clients:
            await client.aclose()


@pytest.fixture
def service(running: Callable[..., Service]) -> Service:
    """Moscow's installation."""
    return running()


@pytest.fixture
def pupil(service: Service) -> Diary:
    """The pupil of 7-А who signs in alone."""
    return Diary.of(service, "student", "student-1")


@pytest.fixture
def parent(service: Service) -> Diary:
    """A mother, asking about the same pupil."""
    return Diary.of(service, "parent-two", "student-1")
