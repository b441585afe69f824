"""Fresh words of an emulator: tokens, codes, GUIDs."""

from random import Random
from typing import Final

LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Draws:
    """Draws from one source of randomness."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def letters(self, length: int) -> str:
        """Letters and digits."""
        return "".join(self._rng.choices(LETTERS, k=length))

    def digits(self, length: int) -> str:
        """Digits."""
        return "".join(str(self._rng.randrange(10)) for _ in range(length))

    def guid(self) -> str:
        """A GUID of version 4."""
        bits = f"{self._rng.getrandbits(128):032x}"
        return f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-a{bits[17:20]}-{bits[20:]}"
