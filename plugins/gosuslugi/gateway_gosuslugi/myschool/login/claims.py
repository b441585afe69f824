"""Who a cookie says that it belongs to."""

from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from typing import Final

import msgspec

_SUBJECT: Final = "urn:esia:sbj_id"
_PARTS: Final = 3
_LONGEST: Final = 8 * 1024


def person_of(token: str) -> str | None:
    """The number of the person at ЕСИА that `acc_t` names; None where it is no such token.

    Nothing is decided by it but under which key the account is kept: the token is the portal's to
    check, not ours.
    """
    parts = token.split(".")
    if len(parts) != _PARTS or len(token) > _LONGEST:
        return None
    try:
        data = urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        claims = msgspec.json.decode(data)
    except (Base64Error, ValueError, RecursionError):
        return None
    number = claims.get(_SUBJECT) if isinstance(claims, dict) else None
    text = str(number) if isinstance(number, str | int) and not isinstance(number, bool) else ""
    return text if text.isascii() and text.isdigit() else None
