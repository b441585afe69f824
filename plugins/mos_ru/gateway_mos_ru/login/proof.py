"""The proof of work that a sign-in asks for: hashcash, version 1 (protocol notes 2.2, step 4)."""

import asyncio
import hashlib
import re
from threading import Event
from typing import Final

from gateway.core.errors import LoginError
from gateway_mos_ru.login import words

_STAMP: Final = re.compile(r"1:([0-9]{1,3}):[\x21-\x7e]{0,480}")
_HASH_BITS: Final = 160
_LOOK_UP_EVERY: Final = 4096
# One in e^64 searches is unluckier than this; then something else is wrong.
_PATIENCE: Final = 64


def bits_of(challenge: str) -> int | None:
    """How many zero bits are wanted; None for what is no challenge."""
    found = _STAMP.fullmatch(challenge)
    if found is None or int(found[1]) > _HASH_BITS:
        return None
    return int(found[1])


async def solved(challenge: str, *, most_bits: int) -> str:
    """The challenge with a counter that solves it.

    Computed beside the event loop, and given up when the caller is cancelled.

    Raises:
        LoginError: It is no challenge, or a harder one than is computed.
    """
    bits = bits_of(challenge)
    if bits is None:
        raise LoginError("the sign-in asks for an unknown proof of work", text=words.USE_BROWSER)
    if bits > most_bits:
        raise LoginError(f"the proof of work wants {bits} bits", text=words.USE_BROWSER)
    stop = Event()
    try:
        counter = await asyncio.to_thread(search, challenge, bits, stop)
    finally:
        stop.set()
    if counter is None:
        raise LoginError("no proof of work was found", text=words.USE_BROWSER)
    return f"{challenge}{counter:x}"


def search(challenge: str, bits: int, stop: Event) -> int | None:
    """The first counter whose stamp has a SHA-1 that starts with `bits` zero bits.

    None if there is none in reach, or `stop` was set.
    """
    begun = hashlib.sha1(challenge.encode("ascii"), usedforsecurity=False)
    spare = _HASH_BITS - bits
    for counter in range(_PATIENCE << bits):
        if counter % _LOOK_UP_EVERY == 0 and stop.is_set():
            return None
        stamp = begun.copy()
        stamp.update(b"%x" % counter)
        if int.from_bytes(stamp.digest()) >> spare == 0:
            return counter
    return None
