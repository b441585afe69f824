from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from gateway.core.pipeline.budget import RetryBudget


def test_a_full_budget_pays_fifty_retries_or_a_hundred_throttled_ones() -> None:
    budget = RetryBudget()
    assert [budget.withdraw() for _ in range(51)] == [10] * 50 + [0]
    budget = RetryBudget()
    assert [budget.withdraw(throttled=True) for _ in range(101)] == [5] * 100 + [0]


def test_first_tries_earn_one_token_and_retries_earn_their_cost() -> None:
    budget = RetryBudget()
    cost = budget.withdraw()
    budget.withdraw()
    assert budget.tokens == 480
    budget.succeeded()
    assert budget.tokens == 481
    budget.succeeded(cost)
    assert budget.tokens == 491
    for _ in range(20):
        budget.succeeded()
    assert budget.tokens == 500


def test_an_unsent_retry_costs_nothing() -> None:
    budget = RetryBudget()
    budget.give_back(budget.withdraw(throttled=True))
    assert budget.tokens == 500
    budget.give_back(0)
    assert budget.tokens == 500


class BudgetAgainstModel(RuleBasedStateMachine):
    """A plain list of changes, summed with both bounds after each, is the reference."""

    paid = Bundle("paid")

    def __init__(self) -> None:
        super().__init__()
        self.budget = RetryBudget(60)
        self.changes: list[int] = []

    def expected(self) -> int:
        tokens = 60
        for change in self.changes:
            tokens = min(60, tokens + change)
        return tokens

    @rule(target=paid, throttled=st.booleans())
    def retry(self, throttled: bool) -> int:
        price = 5 if throttled else 10
        affordable = self.expected() >= price
        cost = self.budget.withdraw(throttled=throttled)
        assert cost == (price if affordable else 0)
        self.changes.append(-cost)
        return cost

    @rule()
    def first_try_succeeds(self) -> None:
        self.budget.succeeded()
        self.changes.append(1)

    @rule(cost=consumes(paid), sent=st.booleans())
    def retry_ends_well_or_is_not_sent(self, cost: int, sent: bool) -> None:
        if cost and sent:
            self.budget.succeeded(cost)
        else:
            self.budget.give_back(cost)
        self.changes.append(cost)

    @invariant()
    def tokens_are_those_of_the_model(self) -> None:
        assert self.budget.tokens == self.expected()
        assert 0 <= self.budget.tokens <= 60


TestBudget = BudgetAgainstModel.TestCase
TestBudget.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
