"""The fault server of a worker, and how much of each suite is run."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.faults.door import Door, door_at, fault_server
from tests.faults.stage import Cast

PROVIDER = "dnevnik_ru"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full", action="store_true", help="run the whole fault matrix and every suite at length"
    )


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whether the suites run at the length that a release needs."""
    return bool(request.config.getoption("--full", default=False))


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """The door of this worker's own fault server."""
    with fault_server(PROVIDER) as found:
        yield found


@pytest.fixture(scope="session")
def cast() -> Cast:
    """The fictional people."""
    return Cast(PROVIDER)


@pytest.fixture
async def door(port: int) -> AsyncIterator[Door]:
    """An open control door."""
    async with door_at(port) as found:
        yield found
