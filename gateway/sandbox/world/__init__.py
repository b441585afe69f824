"""A fictional school world, made deterministically from a seed and a date.

``build_world(seed, today)`` returns an immutable ``World``; what clients change while a sandbox
runs lives in a ``WorldState`` beside it. Every provider's emulator renders this one world.
"""

from gateway.sandbox.world.build import build_world
from gateway.sandbox.world.files import attachment_bytes
from gateway.sandbox.world.ids import IdBook, NativeIdCollisionError, native_id
from gateway.sandbox.world.state import WorldState
from gateway.sandbox.world.world import World

__all__ = [
    "IdBook",
    "NativeIdCollisionError",
    "World",
    "WorldState",
    "attachment_bytes",
    "build_world",
    "native_id",
]
