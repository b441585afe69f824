"""What authors of providers and applications test with.

Names are imported on first use: the pytest plugin lives in this package and is loaded by every
pytest run of an environment.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.testing.clock import VirtualClock
    from gateway.testing.config import SuiteConfig
    from gateway.testing.factory import get_provider_test_class
    from gateway.testing.hasty_clock import HastyClock
    from gateway.testing.projection import Projection, assert_equal_diaries, project

_HOMES = {
    "HastyClock": "hasty_clock",
    "Projection": "projection",
    "SuiteConfig": "config",
    "VirtualClock": "clock",
    "assert_equal_diaries": "projection",
    "get_provider_test_class": "factory",
    "project": "projection",
}

__all__ = [
    "HastyClock",
    "Projection",
    "SuiteConfig",
    "VirtualClock",
    "assert_equal_diaries",
    "get_provider_test_class",
    "project",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'gateway.testing' has no attribute {name!r}")
    return getattr(import_module(f"gateway.testing.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
