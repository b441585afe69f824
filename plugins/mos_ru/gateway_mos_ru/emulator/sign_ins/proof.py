"""Proof of work before a password is looked at: hashcash (protocol notes 2.2, step 4)."""

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from hashlib import sha1

from gateway.sandbox.web.draws import Draws


def zero_bits(digest: bytes) -> int:
    """How many bits at the beginning are zero."""
    number = int.from_bytes(digest)
    return len(digest) * 8 - number.bit_length()


class ProofBook:
    """Proofs asked by one running emulator; each is good for one password.

    Args:
        bits: How hard they are.
        now: The aware moment.
        draws: Where their salt comes from.
    """

    def __init__(self, bits: int, now: Callable[[], datetime], draws: Draws) -> None:
        self._bits = bits
        self._now = now
        self._draws = draws
        self._open: set[str] = set()

    def ask(self) -> str:
        """A header to be completed with a counter."""
        salt = b64encode(self._draws.letters(16).encode()).decode()
        header = f"1:{self._bits}:{self._now():%y%m%d%H%M%S}:{self._draws.guid()}::{salt}:"
        self._open.add(header)
        return header

    def take(self, header: str, stamp: str) -> bool:
        """Whether a stamp completes this header well enough; the header is used up by it."""
        if header not in self._open or not stamp.startswith(header) or stamp == header:
            return False
        digest = sha1(stamp.encode(), usedforsecurity=False).digest()
        if zero_bits(digest) < self._bits:
            return False
        self._open.discard(header)
        return True
