"""Waiting for a lease, and who holds which inside one process."""

from collections.abc import Awaitable, Callable
from typing import Final

from gateway.core.errors import StoreConflict
from gateway.core.pipeline.clock import Clock
from gateway.core.sessions.store import Place

_FIRST_PAUSE: Final = 0.005
_LONGEST_PAUSE: Final = 0.1


async def wait_for_lease(
    attempt: Callable[[], Awaitable[bool]], *, seconds: float, clock: Clock
) -> None:
    """Calls `attempt` at once and again until it is true or `seconds` have passed.

    Raises:
        StoreConflict: It never was.
    """
    end = clock.monotonic() + seconds
    pause = _FIRST_PAUSE
    while not await attempt():
        left = end - clock.monotonic()
        if left <= 0:
            raise StoreConflict("another owner holds the lease")
        await clock.sleep(min(pause, left))
        pause = min(2 * pause, _LONGEST_PAUSE)


class LocalLeases:
    """The leases held in this process.

    One `dict.setdefault()` decides, so it holds for several event loops and threads too, which
    an `asyncio.Lock` does not.
    """

    def __init__(self) -> None:
        self._owners: dict[Place, object] = {}

    def try_take(self, place: Place, owner: object) -> bool:
        """Whether `owner` holds the lease now."""
        return self._owners.setdefault(place, owner) is owner

    def give_back(self, place: Place, owner: object) -> None:
        """Ends the lease if it is `owner`'s."""
        if self._owners.get(place) is owner:
            del self._owners[place]
