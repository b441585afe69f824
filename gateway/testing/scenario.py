"""A scenario: one thing that every provider must do right, and the cases in which it is tried."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Final

from gateway.core.contract.declaration import Declaration, Quality
from gateway.core.contract.operation import OPERATIONS, Operation
from gateway.testing.bench import Bench

Run = Callable[[Bench], Coroutine[None, None, None]]
RunCase = Callable[[Bench, str], Coroutine[None, None, None]]
Cases = Callable[[Declaration], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario.

    Attributes:
        name: Stable name, the key of exemptions.
        about: What it demands, in a sentence.
        tier: Lowest quality tier that promises it.
        run: Tries it with one case; the case is empty where there are none.
        cases: The cases of a provider, such as its login methods; None for a single test.
    """

    name: str
    about: str
    tier: Quality
    run: RunCase
    cases: Cases | None

    def cases_of(self, declaration: Declaration) -> tuple[str, ...] | None:
        """The cases of a provider; None for a scenario without cases."""
        return None if self.cases is None else tuple(self.cases(declaration))


SCENARIOS: Final[dict[str, Scenario]] = {}
"""Every scenario by name, in the order of their modules."""


def scenario(tier: Quality) -> Callable[[Run], Run]:
    """Makes a scenario of a function; its docstring says what it demands."""

    def register(run: Run) -> Run:
        async def once(bench: Bench, _case: str) -> None:
            await run(bench)

        _add(run, tier, once, None)
        return run

    return register


def scenario_for(cases: Cases, tier: Quality) -> Callable[[RunCase], RunCase]:
    """Makes a scenario that is tried in several cases."""

    def register(run: RunCase) -> RunCase:
        _add(run, tier, run, cases)
        return run

    return register


def _add(body: object, tier: Quality, run: RunCase, cases: Cases | None) -> None:
    name = str(getattr(body, "__name__", ""))
    about = str(getattr(body, "__doc__", "") or "").strip().partition("\n")[0]
    SCENARIOS[name] = Scenario(name, about, tier, run, cases)


def login_methods(declaration: Declaration) -> Sequence[str]:
    """Cases: the declared login methods."""
    return [item.name for item in declaration.login_methods]


def opening_methods(declaration: Declaration) -> Sequence[str]:
    """Cases: the declared login methods that lead into an account."""
    return [item.name for item in declaration.login_methods if item.opens_account]


def reads(declaration: Declaration) -> Sequence[str]:
    """Cases: the reads that some instance has."""
    return [item.name for item in available(declaration, "read")]


def dated_reads(declaration: Declaration) -> Sequence[str]:
    """Cases: the reads of a range of days."""
    return [item.name for item in available(declaration, "read") if item.dated]


def writes(declaration: Declaration) -> Sequence[str]:
    """Cases: the writes that some instance has."""
    return [item.name for item in available(declaration, "write")]


def available(declaration: Declaration, kind: str) -> tuple[Operation, ...]:
    """Operations of a kind that some instance of a provider has."""
    return tuple(
        item
        for item in OPERATIONS.values()
        if item.kind == kind
        and any(
            declaration.supports(item.capability, instance).is_available
            for instance in declaration.instances
        )
    )
