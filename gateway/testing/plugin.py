"""The pytest plugin of the conformance kit; importing it loads nothing of the gateway."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from gateway.testing.bench import Bench


def pytest_configure(config: pytest.Config) -> None:
    """Registers the mark that every test of a provider class carries."""
    config.addinivalue_line(
        "markers", "conformance(provider, scenario): a scenario of diary-gateway's conformance kit"
    )


@pytest.fixture(scope="class")
def provider_bench(request: pytest.FixtureRequest) -> "Iterator[Bench]":
    """The bench of a class that `get_provider_test_class()` made: its emulator, served."""
    from gateway.testing.bench import Bench  # noqa: PLC0415 - unrelated projects never pay for it

    bench = Bench(request.cls.provider, request.cls.suite)
    yield bench
    bench.close()
