"""Who is signed in to the portal, and the codes with which ЕСИА sends a browser back to it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from gateway.sandbox.web.draws import Draws
from gateway.sandbox.world import World
from gateway_gosuslugi.emulator import doors
from gateway_gosuslugi.emulator.jwt import claims_of
from gateway_gosuslugi.emulator.numbers import oid


class PortalSessions:
    """Sessions of one running emulator.

    Whoever could have signed in before holds a session from the start (see `doors`).
    """

    def __init__(self, world: World, now: Callable[[], datetime], draws: Draws) -> None:
        self._world = world
        self._now = now
        self._draws = draws
        self._holders = {
            doors.session_mark(item.key): item.key
            for item in world.esia_identities
            if doors.has_doors(item)
        }

    def find(self, cookies: Mapping[str, str]) -> str | None:
        """The identity whose session the cookies are; all three must be there and fit."""
        mark = cookies.get("sp_session", "")
        key = self._holders.get(mark)
        claims = claims_of(cookies.get("acc_t", ""))
        if key is None or claims is None or cookies.get("u") != doors.user_mark(mark):
            return None
        owner = oid(self._world.esia_identity(key).person_key)
        ends = claims.get("exp")
        alive = isinstance(ends, int) and ends > self._now().timestamp()
        return key if alive and claims.get("urn:esia:sbj_id") == owner else None

    def open(self, identity_key: str) -> Mapping[str, str]:
        """A new session; its cookies."""
        mark = doors.derived("fresh", self._draws.letters(32))
        self._holders[mark] = identity_key
        return doors.cookies(self._world.esia_identity(identity_key), mark, self._now())

    def close(self, mark: str) -> None:
        """The person has signed out in the browser."""
        self._holders.pop(mark, None)


class Arrivals:
    """Codes of sign-ins at ЕСИА that were made for the portal; each is used once."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._open: dict[str, str] = {}

    def issue(self, identity_key: str) -> str:
        """A code for the one who has just signed in."""
        code = self._draws.letters(43)
        self._open[code] = identity_key
        return code

    def redeem(self, code: str) -> str | None:
        """The identity of a code."""
        return self._open.pop(code, None)
