"""The shape of a token: JWT whose signature is the emulator's own and proves nothing elsewhere."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from hashlib import shake_256
from typing import Final

import msgspec

_HEADER: Final = {"alg": "GOST3410_2012_256", "typ": "JWT", "ver": 1, "sbt": "access"}
_SIGNATURE_BYTES: Final = 64
_SALT: Final = b"diary-gateway sandbox\0"
_PARTS: Final = 3

Claims = Mapping[str, object]


def minted(claims: Claims) -> str:
    """A token that says this."""
    signed = f"{_text(msgspec.json.encode(_HEADER))}.{_text(msgspec.json.encode(claims))}"
    return f"{signed}.{_signature(signed)}"


def claims_of(token: str) -> Claims | None:
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
