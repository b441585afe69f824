"""What a person who has already signed in would hold, known without asking the running emulator.

Tokens to paste, the last address of a sign-in through ЕСИА, the code of a confirmation letter: all
follow from names alone, so that `EljurEmulator.answer` can play the person without a network, and
every running emulator knows them from the start.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from hashlib import blake2b
from typing import Final

from gateway_eljur.emulator.jwt import claims_of, minted

DEVKEY: Final = "0d" * 16
"""A key of an application that the sandbox hands out; any other 32 hex digits do too."""
BAD_DEVKEY: Final = "bad0" * 8
"""A key that is refused."""
NEW_PASSWORD: Final = "Novyi-parol-2"  # noqa: S105 - synthetic
"""What a person chooses who must choose a password."""

_V_TOKEN_LIFE: Final = timedelta(days=2)
_HEX: Final = 20


def token(vendor: str, account_key: str) -> str:
    """A token that the holder of an account may paste."""
    return _digest("token", vendor, account_key)


def v_token(host: str, identity_key: str, now: datetime) -> str:
    """What a sign-in through ЕСИА at a host ends with; the same all day long."""
    issued = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    claims = {
        "iss": host,
        "sub": identity_key,
        "iat": int(issued.timestamp()),
        "exp": int((issued + _V_TOKEN_LIFE).timestamp()),
    }
    return minted(claims)


def v_token_claims(text: str, now: datetime) -> Mapping[str, object] | None:
    """What a living token of a sign-in says; None for a dead or foreign one."""
    claims = claims_of(text)
    if claims is None:
        return None
    ends = claims.get("exp")
    return claims if isinstance(ends, int) and ends > now.timestamp() else None


def letter_code(email: str) -> str:
    """The six digits of the letter that confirms an e-mail."""
    digest = blake2b(f"letter\0{email.strip().casefold()}".encode(), digest_size=8).digest()
    return f"{int.from_bytes(digest) % 900_000 + 100_000}"


def expired_letter_code(email: str) -> str:
    """The code of an earlier letter, right once and no more."""
    return f"{(int(letter_code(email)) + 111_111) % 900_000 + 100_000}"


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=_HEX).hexdigest()
