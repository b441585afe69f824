"""Stable names for accounts in logs."""

import hashlib
import hmac

_SHORTEST_KEY = 16
_LENGTH = 12  # hex digits: 48 bits, two of a million accounts meet with probability 0.2 %


def pseudonym(kind: str, value: str, key: bytes) -> str:
    """`account-3f09ab51c27e`: the same for the same kind, value and key, and no way back.

    Args:
        kind: What `value` identifies; equal values of two kinds get unrelated pseudonyms.
        value: The identifier, such as a login.
        key: At least 16 bytes, kept apart from the logs.

    Raises:
        ValueError: The key is too short to hide anything.
    """
    if len(key) < _SHORTEST_KEY:
        raise ValueError(f"a pseudonym key has at least {_SHORTEST_KEY} bytes")
    kind_bytes = kind.encode()
    message = len(kind_bytes).to_bytes(4, "big") + kind_bytes + value.encode("utf-8", "replace")
    return f"{kind}-{hmac.new(key, message, hashlib.sha256).hexdigest()[:_LENGTH]}"
