"""The scenarios, a module for each part of a provider.

Importing a module adds its scenarios to `gateway.testing.scenario.SCENARIOS`.
"""

from importlib import import_module
from typing import Final

MODULES: Final = (
    "declaration",
    "agreement",
    "login",
    "redirects",
    "refusals",
    "sessions",
    "reads",
    "identity",
    "ranges",
    "support",
    "writes",
    "hostile",
    "redaction",
    "economy",
    "normalize",
)


def load() -> None:
    """Imports all modules of scenarios."""
    for name in MODULES:
        import_module(f"gateway.testing.scenarios.{name}")
