"""One running emulator: its world, its state, and the books that its parts share."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from gateway.sandbox.web.draws import Draws
from gateway.sandbox.web.memo import Memo
from gateway.sandbox.world import World, WorldState
from gateway_gosuslugi.emulator.access import Access
from gateway_gosuslugi.emulator.sessions import Arrivals, PortalSessions


class Service:
    """Everything that handlers work on; nothing of it outlives the application.

    Attributes:
        world: What is true.
        state: What clients have changed.
        origin: Base of addresses for clients that do not name a real host.
        now: Aware moment for lifetimes; school time stands still at `world.today`.
        draws: Gives fresh letters, digits and GUIDs.
        once: Keeps a value made at first use; a part keeps its own books under a key of its own.
        sessions: Who is signed in to the portal.
        arrivals: Codes with which ЕСИА sends a browser back to the portal.
    """

    def __init__(
        self,
        *,
        world: World,
        state: WorldState,
        origin: str,
        now: Callable[[], datetime],
        rng: Random,
    ) -> None:
        self.world = world
        self.state = state
        self.origin = origin
        self.now = now
        self.draws = Draws(rng)
        self.once = Memo().once
        self.sessions = PortalSessions(world, now, self.draws)
        self.arrivals = Arrivals(self.draws)

    def access(self, identity_key: str) -> Access:
        """What a state account reaches in the diary."""
        return self.once(
            ("access", identity_key),
            lambda: Access(self.world, self.world.esia_identity(identity_key)),
        )
