"""Scenario names stand in the docstrings of their modules, where authors look for them."""

from importlib import import_module

from gateway.testing.scenario import SCENARIOS
from gateway.testing.scenarios import MODULES, load


def test_every_scenario_is_named_in_the_docstring_of_its_module() -> None:
    load()
    modules = [import_module(f"gateway.testing.scenarios.{name}") for name in MODULES]
    documented = {
        name
        for name in SCENARIOS
        for module in modules
        if hasattr(module, name) and f"`{name}`" in (module.__doc__ or "")
    }
    assert documented == set(SCENARIOS)
    assert all(item.about.endswith(".") for item in SCENARIOS.values())
