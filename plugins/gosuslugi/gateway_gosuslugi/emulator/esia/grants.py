"""Codes, markers and refresh tokens that were given out, and consents that were given."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from gateway.sandbox.web.draws import Draws
from gateway_gosuslugi.emulator.esia.markers import LIFE
from gateway_gosuslugi.emulator.esia.refusals import RefusedError

CODE_LIFE: Final = timedelta(minutes=2)
REFRESH_LIFE: Final = timedelta(days=30)
_SPENT, _OLD, _REVOKED = "007011", "007027", "007028"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a person has let a system see.

    Attributes:
        mnemonic: The system.
        identity_key: The person; None for the system itself.
        scope: What was asked for.
        redirect_uri: Where the person was sent back to.
        offline: Whether a refresh token belongs to it.
        challenge: Of PKCE, if any.
        consents: Mnemonics of consents that were asked for, with their scopes.
    """

    mnemonic: str
    identity_key: str | None
    scope: str
    redirect_uri: str = ""
    offline: bool = False
    challenge: str | None = field(default=None, repr=False)
    consents: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Timed:
    grant: Grant
    ends: datetime


class Grants:
    """All of one running emulator."""

    def __init__(self, now: Callable[[], datetime], draws: Draws) -> None:
        self._now = now
        self._draws = draws
        self._codes: dict[str, _Timed] = {}
        self._access: dict[str, _Timed] = {}
        self._refresh: dict[str, _Timed] = {}
        self._used: set[str] = set()
        self._consents: dict[tuple[str, str], tuple[Grant, datetime]] = {}

    def keep_code(self, code: str, grant: Grant) -> None:
        """A code was given to a browser."""
        self._codes[code] = _Timed(grant, self._now() + CODE_LIFE)

    def redeem(self, code: str, mnemonic: str, redirect_uri: str) -> Grant:
        """What a code stands for; it is used up.

        Raises:
            RefusedError: It is unknown, used, too old, or another system's.
        """
        found = self._codes.pop(code, None)
        if found is None or found.ends <= self._now() or found.grant.mnemonic != mnemonic:
            raise RefusedError(_SPENT)
        if found.grant.redirect_uri != redirect_uri:
            raise RefusedError("007023")
        return found.grant

    def keep_access(self, marker: str, grant: Grant) -> None:
        """An access marker was given."""
        self._access[marker] = _Timed(grant, self._now() + timedelta(seconds=LIFE))

    def holder(self, marker: str) -> Grant | None:
        """Whose living access marker it is."""
        found = self._access.get(marker)
        return None if found is None or found.ends <= self._now() else found.grant

    def new_refresh(self, grant: Grant) -> str:
        """A refresh token."""
        made = self._draws.guid()
        self._refresh[made] = _Timed(grant, self._now() + REFRESH_LIFE)
        return made

    def use_refresh(self, token: str, mnemonic: str) -> Grant:
        """What a refresh token stands for; it is used up, and used twice it revokes the rest.

        Raises:
            RefusedError: It is unknown, used, too old, or another system's.
        """
        if token in self._used:
            self._refresh.clear()
            raise RefusedError(_REVOKED)
        found = self._refresh.pop(token, None)
        if found is None or found.grant.mnemonic != mnemonic:
            raise RefusedError(_SPENT)
        self._used.add(token)
        if found.ends <= self._now():
            raise RefusedError(_OLD)
        return found.grant

    def keep_consents(self, grant: Grant) -> None:
        """The person has consented to what the grant asks for."""
        if grant.identity_key is not None and grant.consents:
            self._consents[grant.mnemonic, grant.identity_key] = (grant, self._now())

    def consent(self, mnemonic: str, identity_key: str) -> tuple[Grant, datetime] | None:
        """The consents of a person to a system, with their moment."""
        found = self._consents.get((mnemonic, identity_key))
        if found is None:
            return None
        scopes = {name for _, names in found[0].consents for name in names}
        return replace(found[0], scope=" ".join(("openid", *sorted(scopes)))), found[1]
