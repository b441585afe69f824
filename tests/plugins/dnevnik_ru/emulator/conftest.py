from collections.abc import AsyncIterator, Callable
from random import Random

import pytest

from gateway.sandbox.world import World
from gateway_dnevnik_ru.declaration import DECLARATIONS
from gateway_dnevnik_ru.emulator import DnevnikEmulator
from tests.plugins.dnevnik_ru.emulator.support import ORIGIN, Service
from tests.plugins.emulation import starting, the_world


@pytest.fixture(scope="session")
def world() -> World:
    return the_world()


def begin(provider: str = "dnevnik_ru") -> Service:
    declaration = next(item for item in DECLARATIONS if item.name == provider)
    return Service.of(lambda clock: DnevnikEmulator(declaration, now=clock, rng=Random(7)), ORIGIN)


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., Service]]:
    """Start an emulator of a provider over a fresh state."""
    async with starting(begin) as start:
        yield start


@pytest.fixture
def service(start: Callable[..., Service]) -> Service:
    """«Дневник.ру» itself."""
    return start()
