"""Makes a pytest class of the scenarios for one provider."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import pytest

from gateway.core.registry.plugins import Registry
from gateway.testing.bench import Bench
from gateway.testing.config import SuiteConfig
from gateway.testing.findings import NotApplicable
from gateway.testing.scenario import SCENARIOS, Scenario
from gateway.testing.scenarios import load as load_scenarios

_NOTHING: Final = "lacks what the scenario is about"


def get_provider_test_class(provider: str, *, suite: SuiteConfig | None = None) -> type:
    """A pytest class with the standard scenarios, for any provider.

    Put it into a test module under a name that begins with `Test`:

        TestLighthouse = get_provider_test_class("lighthouse")

    Every scenario is a test `test_<scenario>`, with login methods or operations as parameters.
    The provider's own emulator is served on loopback; nothing else is spoken to.

    Args:
        provider: Name of a provider that is installed, or that the suite's registry holds.
        suite: Exemptions with their reasons, and what the kit cannot know.

    Raises:
        UnknownProvider: No plugin brought it.
        ConfigurationError: An exemption is unknown, or lacks its reason.
    """
    load_scenarios()
    config = suite if suite is not None else SuiteConfig()
    registry = config.registry if config.registry is not None else Registry()
    declaration = registry.provider(provider)
    cases = {name: item.cases_of(declaration) for name, item in SCENARIOS.items()}
    config.check({name: found or () for name, found in cases.items()})
    body: dict[str, object] = {
        "__doc__": f"The standard scenarios for {provider}.",
        "provider": provider,
        "suite": config,
    }
    for name, item in SCENARIOS.items():
        test = _test(item, cases[name], config)
        body[f"test_{name}"] = pytest.mark.conformance(provider, name)(test)
    return type(f"Test{provider.title().replace('_', '')}", (), body)


def run_scenario(bench: Bench, name: str, case: str = "") -> None:
    """Runs one scenario, as its test does.

    Raises:
        AssertionError: The provider fails it; the message lists what is wrong.
        NotApplicable: The provider has nothing that it is about.
    """
    load_scenarios()
    asyncio.run(SCENARIOS[name].run(bench, case))


def _test(
    scenario: Scenario, cases: Sequence[str] | None, config: SuiteConfig
) -> Callable[..., None]:
    """The test of a scenario, with one parameter if it has cases."""

    def attempt(bench: Bench, case: str) -> None:
        reason = config.exemption(scenario.name, case)
        if reason is not None:
            pytest.skip(f"exempt: {reason}")
        try:
            run_scenario(bench, scenario.name, case)
        except NotApplicable as lacking:
            pytest.skip(f"not applicable: {lacking}")

    def once(_self: object, provider_bench: Bench) -> None:
        if cases is not None:
            pytest.skip(f"not applicable: {provider_bench.provider} {_NOTHING}")
        attempt(provider_bench, "")

    def each(_self: object, provider_bench: Bench, case: str) -> None:
        attempt(provider_bench, case)

    test: Callable[..., None] = once
    if cases:
        test = pytest.mark.parametrize("case", cases)(each)
    test.__name__ = f"test_{scenario.name}"
    test.__doc__ = scenario.about
    return test
