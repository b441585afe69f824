"""Who holds which token, and for how long (notes 2.2)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from gateway.sandbox.web.draws import Draws
from gateway_eljur.emulator import doors

LIFETIME: Final = timedelta(days=90)
UPLOAD_LIFETIME: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token opens.

    Attributes:
        token: The token.
        vendor: Key of the school.
        account_key: Whose it is.
        expires_at: When it ends, UTC.
    """

    token: str
    vendor: str
    account_key: str
    expires_at: datetime


class TokenBook:
    """The tokens of one running emulator: a new sign-in leaves the older ones alive.

    Args:
        pairs: School and account of everybody who holds a token from the start.
        now: Aware moment.
        draws: Gives fresh letters.
    """

    def __init__(
        self,
        pairs: Iterable[tuple[str, str]],
        now: Callable[[], datetime],
        draws: Draws,
    ) -> None:
        self._now = now
        self._draws = draws
        self._issued: dict[str, Grant] = {}
        for vendor, account_key in pairs:
            word = doors.token(vendor, account_key)
            self._issued[word] = Grant(word, vendor, account_key, now() + LIFETIME)

    def issue(self, vendor: str, account_key: str, life: timedelta = LIFETIME) -> Grant:
        """A fresh token."""
        word = self._draws.guid().replace("-", "")
        grant = Grant(word, vendor, account_key, self._now() + life)
        self._issued[word] = grant
        return grant

    def find(self, token: str) -> Grant | None:
        """The grant of a living token."""
        grant = self._issued.get(token)
        return grant if grant is not None and grant.expires_at > self._now() else None
