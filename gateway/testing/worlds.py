"""Fictional worlds, each built once in a process: they never change."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.sandbox.world import World


@lru_cache(maxsize=4)
def world_of(seed: int, today: date | None) -> "World":
    """The world of a seed and a day."""
    from gateway.sandbox.world import build_world  # noqa: PLC0415 - building it is dear

    return build_world(seed, today)
