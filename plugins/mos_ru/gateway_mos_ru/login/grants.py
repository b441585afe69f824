"""What a sign-in or a renewal gave, whatever way it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

import msgspec
from pydantic import SecretStr

from gateway.core.contract.session import Credential
from gateway_mos_ru.login.claims import claims_of
from gateway_mos_ru.login.device import Device

ACCESS_TOKEN: Final = "access_token"  # noqa: S105 - the name of a credential
REFRESH_TOKEN: Final = "refresh_token"  # noqa: S105 - likewise
CLIENT_SECRET: Final = "client_secret"  # noqa: S105 - likewise
CLIENT_ID: Final = "client_id"


class Family(StrEnum):
    """How a session's tokens are renewed (protocol notes 2.6, 2.9)."""

    MOBILE = "mobile"
    WEB = "web"
    NODE = "node"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Tokens of one person.

    Attributes:
        family: How they are renewed.
        access_token: The diary's own token.
        refresh_token: Renews it once; None where nothing does.
        device: The device that was registered for them.
    """

    family: Family
    access_token: SecretStr
    refresh_token: SecretStr | None = None
    device: Device | None = None

    @classmethod
    def of_itself(cls, family: Family, token: str) -> "Grant":
        """A token that is renewed by itself, as those of the regional nodes."""
        return cls(family=family, access_token=SecretStr(token), refresh_token=SecretStr(token))

    def credentials(self) -> dict[str, Credential]:
        """The credentials of a session; the end of a refresh token is never told."""
        found = {ACCESS_TOKEN: access_credential(self.access_token)}
        if self.refresh_token is not None:
            found[REFRESH_TOKEN] = Credential(self.refresh_token)
        if self.device is not None:
            found[CLIENT_SECRET] = Credential(self.device.secret, _moment(self.device.ends))
        return found

    def data(self) -> dict[str, str]:
        """What a session must know of it that is no secret."""
        own = {"family": self.family.value}
        return own if self.device is None else {**own, CLIENT_ID: self.device.id}


class _Kept(msgspec.Struct, omit_defaults=True):
    family: str
    access_token: str
    refresh_token: str | None = None
    client: tuple[str, str, int | None] | None = None


_ENTRY: Final = "grant"


def keep(secrets: dict[str, SecretStr], grant: Grant) -> None:
    """Puts a grant into what a flow remembers."""
    device = grant.device
    text = msgspec.json.encode(
        _Kept(
            family=grant.family.value,
            access_token=grant.access_token.get_secret_value(),
            refresh_token=_plain(grant.refresh_token),
            client=None
            if device is None
            else (device.id, device.secret.get_secret_value(), device.ends),
        )
    )
    secrets[_ENTRY] = SecretStr(text.decode())


def kept(secrets: Mapping[str, SecretStr]) -> Grant | None:
    """The grant that a flow remembers."""
    if _ENTRY not in secrets:
        return None
    found = msgspec.json.decode(secrets[_ENTRY].get_secret_value(), type=_Kept)
    client = found.client
    return Grant(
        family=Family(found.family),
        access_token=SecretStr(found.access_token),
        refresh_token=SecretStr(found.refresh_token) if found.refresh_token else None,
        device=None if client is None else Device(client[0], SecretStr(client[1]), client[2]),
    )


def drop(secrets: dict[str, SecretStr]) -> None:
    """Forgets it."""
    secrets.pop(_ENTRY, None)


def access_credential(token: SecretStr) -> Credential:
    """The diary's token with the end that it tells itself."""
    claims = claims_of(token.get_secret_value())
    return Credential(token, None if claims is None else claims.expires_at)


def _plain(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


def _moment(seconds: int | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
