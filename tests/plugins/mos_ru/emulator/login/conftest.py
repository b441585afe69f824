from collections.abc import AsyncIterator, Callable
from random import Random

import pytest

from gateway.sandbox.world import WorldState
from gateway_mos_ru.declaration import DECLARATIONS
from gateway_mos_ru.emulator import MosEmulator
from tests.plugins.mos_ru.emulator.login.support import (
    ORIGIN,
    PROOF_BITS,
    Clock,
    Service,
    the_world,
)


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., Service]]:
    """Start an emulator of a provider over a fresh state."""
    running: list[Service] = []

    def begin(provider: str = "mos_ru") -> Service:
        declaration = next(item for item in DECLARATIONS if item.name == provider)
        clock, world = Clock(), the_world()
        emulator = MosEmulator(declaration, now=clock, rng=Random(7), proof_bits=PROOF_BITS)
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
def moscow(start: Callable[..., Service]) -> Service:
    """Moscow's installation."""
    return start()


@pytest.fixture
def oblast(start: Callable[..., Service]) -> Service:
    """Moscow Oblast's."""
    return start("mosreg_ru")
