from functools import cache

import pytest

from gateway.sandbox.world import World, build_world


@cache
def the_world() -> World:
    return build_world(1)


@pytest.fixture
def world() -> World:
    return the_world()
