"""The diary's own shapes, each field marked with how sure it is."""

from typing import Final

_PARTS: Final = ("classes", "datamart", "homework", "lessons", "marks", "people")

MODULES: Final[tuple[str, ...]] = tuple(f"{__name__}.{part}" for part in _PARTS)
"""Modules that hold wire types, by the part of school life."""
