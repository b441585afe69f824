from collections.abc import AsyncIterator, Callable

import pytest

from gateway.sandbox.world import World
from tests.plugins.emulation import starting, the_world
from tests.plugins.mos_ru.emulator.login.support import Service, started
from tests.plugins.mos_ru.emulator.support import Diary


@pytest.fixture
def world() -> World:
    return the_world()


@pytest.fixture
async def running() -> AsyncIterator[Callable[..., Service]]:
    """Start an emulator of an installation over a fresh state."""
    async with starting(started) as start:
        yield start


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
