from datetime import date
from functools import lru_cache

import pytest

from gateway.sandbox.world import World, build_world

WINTER = date(2026, 2, 12)  # all schools at work, every period kind has a finished period
SUMMER = date(2026, 7, 10)
# a first day, a holiday, a working day, a year's end, a summer
DAYS = (
    date(2025, 9, 2),
    date(2026, 1, 3),
    WINTER,
    date(2026, 5, 31),
    SUMMER,
)


@lru_cache(maxsize=12)
def _cached(seed: int, today: date) -> World:
    return build_world(seed, today)


@pytest.fixture(scope="session")
def world() -> World:
    """The default world on a working winter day."""
    return _cached(1, WINTER)


@pytest.fixture(params=DAYS, ids=str)
def world_of_day(request: pytest.FixtureRequest) -> World:
    """The default world on each of the telling days."""
    return _cached(1, request.param)
