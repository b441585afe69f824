"""A running emulator over a small world."""

from datetime import UTC, date, datetime
from random import Random

import httpx
import pytest

from gateway.sandbox.world import WorldState, build_world
from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.emulator import GosuslugiEmulator

TODAY = date(2025, 11, 20)
ORIGIN = "http://sandbox.test"


@pytest.fixture(scope="session")
def world():
    """The world of the conformance kit."""
    return build_world(1, TODAY)


@pytest.fixture
def emulator():
    """An emulator whose clock stands still."""
    now = datetime(2025, 11, 20, 11, tzinfo=UTC)
    return GosuslugiEmulator(GOSUSLUGI, now=lambda: now, rng=Random(1))


@pytest.fixture
def accounts(emulator, world):
    """Accounts by key."""
    return {item.key: item for item in emulator.accounts(world)}


@pytest.fixture
def state(world):
    """What clients change."""
    return WorldState(world)


@pytest.fixture
def client(emulator, world, state):
    """A client without cookies, to whom addresses beneath the origin are told."""
    app = emulator.app(world, state, origin=ORIGIN)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ORIGIN)


@pytest.fixture
def parent(client, accounts):
    """The client with the cookies of a parent of two."""
    account = accounts["account-parent-two"]
    for name in ("u", "sp_session", "acc_t"):
        client.cookies.set(name, account.config[name])
    return client
