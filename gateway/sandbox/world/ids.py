"""Numbers for keys: what emulators show as a provider's own identifiers."""

from collections.abc import Iterable
from hashlib import blake2b

MAX_DIGITS = 19
_LIMIT = 2**63 - 1  # native ids travel as signed 64-bit integers
_issued: dict[tuple[str, int], dict[int, str]] = {}


class NativeIdCollisionError(ValueError):
    """Two keys of one kind hash to the same number: use more digits, or an ``IdBook``."""


def _hashed(kind: str, key: str, digits: int, attempt: int = 0) -> int:
    if not 1 <= digits <= MAX_DIGITS:
        raise ValueError(f"digits must be between 1 and {MAX_DIGITS}, not {digits}")
    lowest: int = 10 ** (digits - 1)
    room: int = min(9 * lowest, _LIMIT - lowest + 1)
    text = f"{kind}\0{key}\0{attempt}".encode()
    digest = blake2b(text, digest_size=16).digest()
    return lowest + int.from_bytes(digest, "big") % room


def native_id(kind: str, key: str, *, digits: int) -> int:
    """Give a key its number: the same everywhere and always, exactly ``digits`` digits long.

    The number depends on nothing but the arguments. All numbers handed out in this process are
    remembered, and a second key of the same kind and length with the same number is refused.

    Raises:
        NativeIdCollisionError: another key of this kind already has the number.
        ValueError: ``digits`` is not in 1…19.
    """
    number = _hashed(kind, key, digits)
    holder = _issued.setdefault((kind, digits), {}).setdefault(number, key)
    if holder != key:
        raise NativeIdCollisionError(f"{kind}: {key!r} and {holder!r} both become {number}")
    return number


class IdBook:
    """Numbers of all keys of one kind, both ways, where numbers may be too short for a plain hash.

    Keys given at once are numbered in sorted order and a taken number is hashed again, so the
    result does not depend on who asks first. Keys added later keep what they once got.
    """

    def __init__(self, kind: str, keys: Iterable[str] = (), *, digits: int) -> None:
        self.kind = kind
        self.digits = digits
        self._numbers: dict[str, int] = {}
        self._keys: dict[int, str] = {}
        for key in sorted(keys):
            self.add(key)

    def add(self, key: str) -> int:
        """Number a key (again: the same number); ValueError when the digits are used up."""
        if key in self._numbers:
            return self._numbers[key]
        if len(self._keys) >= 9 * 10 ** (self.digits - 1):
            raise ValueError(f"{self.kind}: no {self.digits}-digit number is left")
        attempt = 0
        while (number := _hashed(self.kind, key, self.digits, attempt)) in self._keys:
            attempt += 1
        self._numbers[key] = number
        self._keys[number] = key
        return number

    def number(self, key: str) -> int:
        """The number of a key in the book; KeyError for a stranger."""
        return self._numbers[key]

    def key(self, number: int) -> str | None:
        """The key with this number, or None."""
        return self._keys.get(number)
