"""What the tests of the pipeline's parts share."""

from random import Random

import pytest

from gateway.testing.clock import VirtualClock


@pytest.fixture
def clock() -> VirtualClock:
    """Virtual time moved by hand."""
    return VirtualClock()


@pytest.fixture
def auto_clock() -> VirtualClock:
    """Virtual time that moves whenever everything waits."""
    return VirtualClock(auto=True)


@pytest.fixture
def rng() -> Random:
    """Seeded randomness."""
    return Random(20260901)
