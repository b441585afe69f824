"""What the author of a provider may tell the kit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gateway.core.errors import ConfigurationError
from gateway.core.registry.plugins import Registry

SCHOOL_DAY: Final = date(2025, 11, 20)
"""An ordinary Thursday: marks of the first period are final, those of the second are coming in."""

_SHORTEST_REASON: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteConfig:
    """How the suite runs for one provider.

    Attributes:
        exemptions: Scenario, or `scenario[case]`, → why the provider cannot pass it. Public: every
            exempt test is skipped with this reason.
        arguments: Operation → arguments that the kit cannot invent, such as the fields of
            `file_application`, or the days of a range.
        registry: Where the provider is found; the installed plugins if absent.
        seed: Seed of the fictional world.
        today: The world's day, and the gateway's.
    """

    exemptions: Mapping[str, str] = field(default_factory=dict)
    arguments: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    registry: Registry | None = None
    seed: int = 1
    today: date = SCHOOL_DAY

    def check(self, tests: Mapping[str, tuple[str, ...]]) -> None:
        """Checks the exemptions against the tests that there are.

        Args:
            tests: Names of the scenarios with their cases.

        Raises:
            ConfigurationError: One is unknown, or its reason says nothing.
        """
        for name, reason in self.exemptions.items():
            scenario, bracket, case = name.partition("[")
            known = scenario in tests and (not bracket or case.removesuffix("]") in tests[scenario])
            if not known:
                raise ConfigurationError(f"there is no scenario {name!r} to be exempt from")
            if len(reason.strip()) < _SHORTEST_REASON:
                raise ConfigurationError(f"the exemption from {name!r} needs its reason in words")

    def exemption(self, scenario: str, case: str = "") -> str | None:
        """The reason why a test is skipped, if it is."""
        return self.exemptions.get(scenario) or self.exemptions.get(f"{scenario}[{case}]")
