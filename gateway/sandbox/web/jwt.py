"""Tokens of emulators: JWT by their shape, signed by nobody whom anything real would believe."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import shake_256
from typing import Final

import msgspec

_SALT: Final = b"diary-gateway sandbox\0"
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Mint:
    """Makes and reads the tokens of one service.

    Attributes:
        header: Header of its tokens.
        signature_bytes: Length of a signature: a digest of what is signed.
    """

    header: Mapping[str, object]
    signature_bytes: int

    def minted(self, claims: Mapping[str, object]) -> str:
        """A token that says this."""
        parts = (_text(msgspec.json.encode(part)) for part in (self.header, claims))
        signed = ".".join(parts)
        return f"{signed}.{self.signature(signed)}"

    def claims_of(self, token: str) -> Mapping[str, object] | None:
        """What a token says; None for anything that was not minted here."""
        parts = token.split(".")
        if len(parts) != _PARTS or parts[2] != self.signature(f"{parts[0]}.{parts[1]}"):
            return None
        try:
            claims = msgspec.json.decode(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        except (Base64Error, msgspec.DecodeError, ValueError):
            return None
        return claims if isinstance(claims, dict) else None

    def signature(self, signed: str) -> str:
        """The signature of a token's first two parts."""
        return _text(shake_256(_SALT + signed.encode()).digest(self.signature_bytes))


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
