"""The retry budget of a host: retries are paid from its successes."""

CAPACITY = 500
RETRY_COST = 10
THROTTLED_COST = 5


class RetryBudget:
    """Tokens of one host (resilience notes 4); begins full.

    A retry costs 10 tokens, 5 where the host throttled us. A success at the first try gives one
    token, a retry that succeeds gives back what it cost. With too few tokens there is no retry, so
    a host in trouble never sees much more than one request per call.
    """

    __slots__ = ("_capacity", "_tokens")

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._tokens = capacity

    @property
    def tokens(self) -> int:
        """Tokens left."""
        return self._tokens

    def withdraw(self, *, throttled: bool = False) -> int:
        """Pay for one retry; returns its cost, or 0 if there are too few tokens for it."""
        cost = THROTTLED_COST if throttled else RETRY_COST
        if self._tokens < cost:
            return 0
        self._tokens -= cost
        return cost

    def succeeded(self, cost: int = 0) -> None:
        """Record a success: `cost` is what the retry that succeeded had cost, 0 for a first try."""
        self._tokens = min(self._capacity, self._tokens + (cost or 1))

    def give_back(self, cost: int) -> None:
        """Return the cost of a retry that was paid for but never sent."""
        self._tokens = min(self._capacity, self._tokens + cost)
