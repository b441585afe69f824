"""What every call of a diary takes besides its own arguments."""

from typing import TypedDict


class CallOptions(TypedDict, total=False):
    """Options of one call.

    Attributes:
        max_age: Seconds that a cached answer may be old; 0 asks the provider anew and refuses
            anything stale.
        timeout: Seconds that the caller waits; the upstream call itself goes on to its deadline.
        cached_only: Never send; answer from the cache, stale or not, or raise `CacheMiss`.
        keep_raw: Keep the provider's bodies on the answer (personal, unstable).
        strict: Raise at the first record that does not fit instead of noting it.
    """

    max_age: float | None
    timeout: float | None
    cached_only: bool
    keep_raw: bool
    strict: bool
