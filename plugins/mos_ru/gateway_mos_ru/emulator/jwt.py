"""The shape of the platform's tokens: JWT with RS256 in the header (protocol notes 2.1).

The signature is the emulator's own, a digest of what is signed, and proves nothing elsewhere.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from hashlib import shake_256
from typing import Final

import msgspec

_HEADER: Final = {"alg": "RS256", "typ": "JWT", "kid": "sandbox"}
_SIGNATURE_BYTES: Final = 256
_SALT: Final = b"diary-gateway sandbox\0"
_PARTS: Final = 3

Claims = Mapping[str, object]


def minted(claims: Claims) -> str:
    """A token that says this."""
    signed = f"{_text(msgspec.json.encode(_HEADER))}.{_text(msgspec.json.encode(claims))}"
    return f"{signed}.{signature(signed)}"


def claims_of(token: str) -> Claims | None:
    """What a token says; None for anything that was not minted here."""
    parts = token.split(".")
    if len(parts) != _PARTS or parts[2] != signature(f"{parts[0]}.{parts[1]}"):
        return None
    try:
        claims = msgspec.json.decode(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (Base64Error, msgspec.DecodeError, ValueError):
        return None
    return claims if isinstance(claims, dict) else None


def signature(signed: str) -> str:
    """The signature of a token's first two parts."""
    return _text(shake_256(_SALT + signed.encode()).digest(_SIGNATURE_BYTES))


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
