"""The two generations of the protocol: where they live, what they sign, in which form."""

import base64
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from gateway_gosuslugi.esia.crypto.signer import SignatureForm


class Generation(StrEnum):
    """Which pair of addresses a system was registered for.

    Attributes:
        OLD: `ac` and `te`; closed for new systems.
        NEW: `v2/ac` and `v3/te`.
    """

    OLD = "old"
    NEW = "new"

    @property
    def authorize_path(self) -> str:
        """Where the browser is sent."""
        return _AUTHORIZE[self]

    @property
    def token_path(self) -> str:
        """Where a code becomes markers."""
        return _TOKEN[self]

    @property
    def form(self) -> SignatureForm:
        """What `client_secret` holds."""
        return SignatureForm.DETACHED if self is Generation.OLD else SignatureForm.RAW


_AUTHORIZE: Final = {
    Generation.OLD: "/aas/oauth2/ac",
    Generation.NEW: "/aas/oauth2/v2/ac",
}
_TOKEN: Final = {
    Generation.OLD: "/aas/oauth2/te",
    Generation.NEW: "/aas/oauth2/v3/te",
}
_SIGNED: Final[Mapping[Generation, tuple[str, ...]]] = {
    Generation.OLD: ("scope", "timestamp", "client_id", "state"),
    Generation.NEW: ("client_id", "scope", "scope_org", "timestamp", "state", "redirect_uri"),
}
_AUTHORIZATION_CODE: Final = "authorization_code"
_REFRESH_TOKEN: Final = "refresh_token"  # noqa: S105 - the name of a grant
_CLIENT_CREDENTIALS: Final = "client_credentials"
_NEW_TOKEN: Final[Mapping[str, tuple[str, ...]]] = {
    _AUTHORIZATION_CODE: (*_SIGNED[Generation.NEW], "code"),
    _REFRESH_TOKEN: ("client_id", "scope", "timestamp", "state", "refresh_token"),
    _CLIENT_CREDENTIALS: ("client_id", "scope", "timestamp", "state", "redirect_uri"),
}


def signed_for_code(generation: Generation, fields: Mapping[str, str]) -> bytes:
    """What is signed to send a browser away: values in their order, nothing between them."""
    return _joined(fields, _SIGNED[generation])


def signed_for_token(generation: Generation, fields: Mapping[str, str]) -> bytes:
    """What is signed to get markers, by `grant_type`.

    The order for `refresh_token` and `client_credentials` of the new generation is known from one
    and two clients; the official text describes them for the old one only.
    """
    if generation is Generation.OLD:
        return _joined(fields, _SIGNED[generation])
    return _joined(fields, _NEW_TOKEN[fields["grant_type"]])


def timestamp(moment: datetime) -> str:
    """A moment as ЕСИА writes it: `2030.01.25 14:36:11 +0300`.

    Args:
        moment: Aware, in any zone.
    """
    return moment.strftime("%Y.%m.%d %H:%M:%S %z")


def secret_text(signature: bytes) -> str:
    """`client_secret`: Base64 in its URL-safe alphabet, padded."""
    return base64.urlsafe_b64encode(signature).decode("ascii")


def _joined(fields: Mapping[str, str], names: tuple[str, ...]) -> bytes:
    return "".join(fields.get(name, "") for name in names).encode()
