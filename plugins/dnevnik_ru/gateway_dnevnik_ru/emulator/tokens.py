"""Access tokens: who holds which, how far they reach, how they are renewed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LIFETIME: Final = timedelta(seconds=2_592_000)
EXPIRES_IN: Final = 2_591_999
"""What answers say of the lifetime: one second has passed by then."""

FULL_SCOPE: Final = (
    "CommonInfo,ContactInfo,FriendsAndRelatives,EducationalInfo,SocialInfo,Files,Wall,Messages"
)
_CONTACT: Final = frozenset({"contactinfo", "fullname", "emailaddress"})
_EDUCATION: Final = frozenset(
    {"educationalinfo", "schools", "edugroups", "lessons", "marks", "eduworks"}
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a token may see."""

    words: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """Read a comma list; an empty one asks for everything."""
        words = tuple(word.strip().lower() for word in text.replace(" ", ",").split(","))
        return cls(tuple(word for word in words if word) or cls.parse(FULL_SCOPE).words)

    @property
    def text(self) -> str:
        """The list as grants repeat it: lower case."""
        return ",".join(self.words)

    @property
    def contacts(self) -> bool:
        """Whether names, addresses and pictures are shown."""
        return not _CONTACT.isdisjoint(self.words)

    @property
    def education(self) -> bool:
        """Whether school data is shown."""
        return not _EDUCATION.isdisjoint(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """An access token with, for passwords and codes, the refresh token beside it."""

    token: str
    account_key: str
    scope: Scope
    expires_at: datetime
    refresh_token: str | None = None


class TokenBook:
    """The tokens of one running emulator; `now` gives the aware moment, `draw` a fresh token."""

    def __init__(self, now: Callable[[], datetime], draw: Callable[[], str]) -> None:
        self._now = now
        self._draw = draw
        self._grants: dict[str, Grant] = {}
        self._refresh: dict[str, Grant] = {}

    def issue(self, account_key: str, scope: Scope, *, refreshable: bool = False) -> Grant:
        """A fresh token of 30 days."""
        return self._keep(
            Grant(
                token=self._draw(),
                account_key=account_key,
                scope=scope,
                expires_at=self._now() + LIFETIME,
                refresh_token=self._draw() if refreshable else None,
            )
        )

    def stand(self, tokens: Iterable[tuple[str, str]]) -> None:
        """Make ready tokens valid: pairs of token and account."""
        for token, account_key in tokens:
            scope = Scope.parse(FULL_SCOPE)
            self._keep(
                Grant(
                    token=token,
                    account_key=account_key,
                    scope=scope,
                    expires_at=self._now() + LIFETIME,
                )
            )

    def find(self, token: str) -> Grant | None:
        """The grant of a living token."""
        grant = self._grants.get(token)
        if grant is not None and grant.expires_at <= self._now():
            self._forget(grant)
            return None
        return grant

    def rotate(self, refresh_token: str) -> Grant | None:
        """A new pair for an old one, which dies; None for a dead or unknown one."""
        old = self._refresh.get(refresh_token)
        if old is None:
            return None
        self._forget(old)
        return self.issue(old.account_key, old.scope, refreshable=True)

    def _keep(self, grant: Grant) -> Grant:
        self._grants[grant.token] = grant
        if grant.refresh_token is not None:
            self._refresh[grant.refresh_token] = grant
        return grant

    def _forget(self, grant: Grant) -> None:
        self._grants.pop(grant.token, None)
        self._refresh.pop(grant.refresh_token or "", None)
