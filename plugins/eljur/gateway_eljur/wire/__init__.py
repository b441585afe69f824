"""The service's own shapes, each field marked with how sure it is."""

from typing import Final

MODULES: Final[tuple[str, ...]] = ()
"""Modules that hold wire types, by the part of school life."""
