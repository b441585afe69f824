"""The shape of the tokens that a sign-in through ЕСИА ends with: JWT with RS256 in the header.

The signature is the emulator's own, a digest of what is signed, and proves nothing elsewhere.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from hashlib import shake_256
from typing import Final

import msgspec

_HEADER: Final = {"alg": "RS256", "typ": "JWT"}
_SIGNATURE_BYTES: Final = 256
_SALT: Final = b"diary-gateway sandbox\0"
_PARTS: Final = 3


def minted(claims: Mapping[str, object]) -> str:
    """A token that says this."""
    signed = f"{_text(msgspec.json.encode(_HEADER))}.{_text(msgspec.json.encode(claims))}"
    return f"{signed}.{_signature(signed)}"


def claims_of(token: str) -> Mapping[str, object] | None:
    """What a token says; None for anything that was not minted here."""
    parts = token.split(".")
    if len(parts) != _PARTS or parts[2] != _signature(f"{parts[0]}.{parts[1]}"):
        return None
    try:
        claims = msgspec.json.decode(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (Base64Error, msgspec.DecodeError, ValueError):
        return None
    return claims if isinstance(claims, dict) else None


def _signature(signed: str) -> str:
    return _text(shake_256(_SALT + signed.encode()).digest(_SIGNATURE_BYTES))


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
