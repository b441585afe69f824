"""Decisions that look like chance and are the same every time: oddities must be repeatable."""

from hashlib import blake2b


def falls(purpose: str, fact: str, *, one_in: int) -> bool:
    """Whether an oddity strikes here: for about one fact of so many."""
    digest = blake2b(f"{purpose}\0{fact}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % one_in == 0
