"""The stateful models of breaker, budget and limiter, at the length that a release needs."""

import time
from typing import Final

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.core.pipeline.test_breaker import BreakerAgainstModel
from tests.core.pipeline.test_budget import BudgetAgainstModel
from tests.core.pipeline.test_limiter_model import LimiterAgainstModel
from tests.faults.figures import Figures

MACHINES: Final[tuple[type[RuleBasedStateMachine], ...]] = (
    BreakerAgainstModel,
    BudgetAgainstModel,
    LimiterAgainstModel,
)


def models(*, runs: int, steps: int) -> Figures:
    """So many runs of each machine; the tests of the pipeline run the same ones shorter."""
    figures = Figures("breaker, budget, limiter against models", f"{runs} runs × {steps} steps", "")
    told = []
    for machine in MACHINES:
        begun = time.monotonic()
        try:
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=runs,
                    stateful_step_count=steps,
                    deadline=None,
                    database=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        except Exception as error:  # noqa: BLE001 - a model that disagrees may fail in any way
            figures.wrong.append(f"{machine.__name__}: {type(error).__name__}: {error}")
        told.append(f"{machine.__name__} {time.monotonic() - begun:.0f} s")
    figures.found = "equal to the models" if not figures.wrong else "; ".join(told)
    return figures
