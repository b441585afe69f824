"""What a route asks of a request before its handler sees it."""

from dataclasses import dataclass
from typing import Final

from gateway.sandbox.web import router as web


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The checks of one route.

    Attributes:
        session: The cookies of somebody who is signed in to the portal are needed.
    """

    session: bool = True


SIGNED_IN: Final = Rules()
"""The portal's own interfaces."""
OPEN: Final = Rules(session=False)
"""Sign-in, and interfaces that check who is asking by themselves."""

Route = web.Route[Rules]
Match = web.Match[Rules]
Router = web.Router[Rules]
