from collections.abc import AsyncIterator, Callable

import pytest

from gateway_eljur.emulator.quirks import USUAL, Quirks
from tests.plugins.eljur.emulator.support import Service, started


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., Service]]:
    """Start an emulator over a fresh state."""
    running: list[Service] = []

    def begin(quirks: Quirks = USUAL) -> Service:
        service = started(quirks)
        running.append(service)
        return service

    yield begin
    for service in running:
        for client in service.clients:
            await client.aclose()


@pytest.fixture
def service(start: Callable[..., Service]) -> Service:
    """The service without quirks."""
    return start()
