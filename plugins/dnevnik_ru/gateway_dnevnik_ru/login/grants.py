"""What a sign-in or a refresh gave, whatever way it came."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pydantic import SecretStr

from gateway.core.contract.session import Credential
from gateway_dnevnik_ru.login.wire import Tokens

ACCESS_TOKEN = "access_token"  # noqa: S105 - the name of a credential
REFRESH_TOKEN = "refresh_token"  # noqa: S105 - the name of a credential


class Family(StrEnum):
    """Which interface a session speaks (protocol notes 1)."""

    PARTNER = "partner"
    MOBILE = "mobile"
    WEB = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Tokens of one account.

    Attributes:
        family: Interface whose tokens they are.
        access_token: Opens the interface.
        refresh_token: Renews it once; None for tokens of the site.
        expires_at: UTC end of the access token; None where the service does not tell.
        user_id: Number of the account, where the answer names it.
    """

    family: Family
    access_token: SecretStr
    refresh_token: SecretStr | None = None
    expires_at: datetime | None = None
    user_id: int | None = None

    def credentials(self) -> dict[str, Credential]:
        """The credentials of a session; the end of a refresh token is never told."""
        found = {ACCESS_TOKEN: Credential(self.access_token, self.expires_at)}
        if self.refresh_token is not None:
            found[REFRESH_TOKEN] = Credential(self.refresh_token)
        return found


def grant_of(tokens: Tokens | None, family: Family, now: datetime) -> Grant | None:
    """The grant of an answer; None where it carries no token."""
    if tokens is None or not tokens.access_token:
        return None
    return Grant(
        family=family,
        access_token=SecretStr(tokens.access_token),
        refresh_token=SecretStr(tokens.refresh_token) if tokens.refresh_token else None,
        expires_at=_end(tokens, now),
        user_id=tokens.user_id if tokens.user_id is not None else tokens.user,
    )


def _end(tokens: Tokens, now: datetime) -> datetime | None:
    try:
        if tokens.expires_date:
            moment = datetime.fromisoformat(tokens.expires_date)
            aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
            return aware.astimezone(UTC)
        if tokens.expires_in is not None:
            return now + timedelta(seconds=tokens.expires_in)
    except (ValueError, OverflowError):
        return None
    return None


def plain(secret: SecretStr | None) -> str | None:
    """A setting in clear, for a request body only."""
    return None if secret is None else secret.get_secret_value()
