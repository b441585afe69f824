"""PKCE with Стрибог, as ЕСИА defines it."""

import base64
import secrets
from typing import Final

from gateway_gosuslugi.esia.crypto.streebog import streebog256

METHOD: Final = "GOST3411"
_VERIFIER_BYTES: Final = 32  # 43 characters of Base64


def new_verifier() -> str:
    """A fresh verifier of 43 characters."""
    return _text(secrets.token_bytes(_VERIFIER_BYTES))


def challenge_of(verifier: str) -> str:
    """`code_challenge`: Стрибог-256 of the verifier in Base64 for URLs without padding."""
    return _text(streebog256(verifier.encode("ascii")))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
