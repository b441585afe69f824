"""Access and refresh tokens of the platform: who holds which, how they are renewed and end.

All tokens that come from one sign-in are a family. A refresh token is used once; a second use
means that somebody else has it, so the whole family ends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from gateway.sandbox.web.draws import Draws
from gateway.sandbox.world import World
from gateway_mos_ru.emulator import doors
from gateway_mos_ru.emulator.jwt import claims_of, minted
from gateway_mos_ru.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A living access token.

    Attributes:
        token: The JWT.
        account_key: Whose it is.
        expires_at: When it ends, aware.
        activated: Whether it was shown to `profile_info`, without which services refuse it.
        family: The sign-in that it comes from; None for one that people hold from the start.
    """

    token: str
    account_key: str
    expires_at: datetime
    activated: bool
    family: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """An access token with the refresh token beside it."""

    grant: Grant
    refresh_token: str


@dataclass(frozen=True, slots=True)
class _Issued:
    account_key: str
    expires_at: datetime
    family: str


class TokenBook:
    """The tokens of one running emulator.

    Args:
        node: The installation.
        world: Whose accounts hold them.
        now: The aware moment.
        draws: Where fresh tokens come from.
    """

    def __init__(self, node: Node, world: World, now: Callable[[], datetime], draws: Draws) -> None:
        self._node = node
        self._world = world
        self._now = now
        self._draw = draws.guid
        self._issued: dict[str, _Issued] = {}
        self._activated: set[str] = set()
        self._revoked: set[str] = set()
        self._refresh: dict[str, tuple[str, str]] = {}  # living: account and family
        self._used: dict[str, str] = {}  # used refresh token: its family
        self._ended: set[str] = set()
        self._standing: dict[str, str] = {}  # number of a token held from the start: account
        for account in filter(doors.has_doors, world.accounts):
            for door in doors.Door:
                self._standing[doors.token_number(node, account.key, door)] = account.key
            held = doors.refresh_token(node, account.key)
            self._refresh[held] = (account.key, self._draw())

    def issue(
        self,
        account_key: str,
        *,
        family: str | None = None,
        expires_at: datetime | None = None,
        activated: bool = False,
    ) -> Grant:
        """A fresh token.

        Args:
            account_key: Whose it is.
            family: The sign-in that it goes on from; a new one if absent.
            expires_at: When it ends; after the usual eight days if absent.
            activated: Whether services take it at once.
        """
        now = self._now()
        ends = expires_at or now + doors.LIFETIME
        account = self._world.account(account_key)
        number = self._draw()
        token = minted(doors.claims(self._node, account, number=number, issued=now, expires=ends))
        self._issued[token] = _Issued(account_key, ends, family or self._draw())
        if activated:
            self._activated.add(token)
        return self._grant(token)

    def issue_pair(
        self, account_key: str, *, family: str | None = None, activated: bool = False
    ) -> Pair:
        """A fresh token with a refresh token."""
        grant = self.issue(account_key, family=family, activated=activated)
        refresh = self._draw()
        self._refresh[refresh] = (account_key, self._issued[grant.token].family)
        return Pair(grant, refresh)

    def find(self, token: str) -> Grant | None:
        """The grant of a living token, issued or held from the start."""
        issued = self._issued.get(token)
        if issued is not None:
            over = token in self._revoked or issued.family in self._ended
            return None if over or issued.expires_at <= self._now() else self._grant(token)
        return None if token in self._revoked else self._held(token)

    def activate(self, grant: Grant) -> None:
        """The token was shown to `profile_info`."""
        self._activated.add(grant.token)

    def rotate(self, refresh_token: str) -> Pair | None:
        """A new pair for a refresh token, which is used up; None for a dead or unknown one.

        The site renews so, and activates by itself.
        """
        if refresh_token in self._used:
            self._ended.add(self._used[refresh_token])
            return None
        found = self._refresh.pop(refresh_token, None)
        if found is None or found[1] in self._ended:
            return None
        account_key, family = found
        self._used[refresh_token] = family
        return self.issue_pair(account_key, family=family, activated=True)

    def revoke(self, token: str) -> None:
        """End one token alone."""
        self._revoked.add(token)

    def sign_out(self, grant: Grant) -> None:
        """End the sign-in that a token comes from.

        Tokens that people hold from the start stay as they are: they are the sandbox's doors.
        """
        if grant.family is not None:
            self._ended.add(grant.family)

    def _grant(self, token: str) -> Grant:
        issued = self._issued[token]
        return Grant(
            token=token,
            account_key=issued.account_key,
            expires_at=issued.expires_at,
            activated=token in self._activated,
            family=issued.family,
        )

    def _held(self, token: str) -> Grant | None:
        claims = claims_of(token)
        if claims is None or claims.get("iss") != self._node.api:
            return None
        account_key = self._standing.get(str(claims.get("jti")))
        ends = claims.get("exp")
        if account_key is None or not isinstance(ends, int):
            return None
        expires_at = datetime.fromtimestamp(ends, UTC)
        if expires_at <= self._now():
            return None
        return Grant(
            token=token, account_key=account_key, expires_at=expires_at, activated=True, family=None
        )
