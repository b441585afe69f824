"""The service's own shapes, each field marked with how sure it is."""

from typing import Final

_PARTS: Final = (
    "diary",
    "files",
    "finals",
    "marks",
    "people",
    "periods",
    "plans",
    "talk",
    "updates",
)

MODULES: Final[tuple[str, ...]] = tuple(f"{__name__}.{part}" for part in _PARTS)
"""Modules that hold wire types, by the part of school life."""
