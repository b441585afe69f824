"""What a person who has already signed in would hold, known without asking the running emulator.

A token to paste, the cookies of a browser, an address that the state sign-in ends at: all follow
from the provider's name and the account's key, so that `DnevnikEmulator.answer` can play the person
without a network, and every running emulator knows them from the start.
"""

from hashlib import blake2b
from typing import Final
from uuid import UUID, uuid5

TOKEN_LENGTH: Final = 32
COOKIE_LENGTH: Final = 96
_HASH: Final = 64  # bytes of a hash, one sign each
LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_TASKS: Final = UUID("6f2d4b1e-0000-4000-8000-00000000e51a")

CLIENT_ID: Final = "00000000-0000-4000-8000-00000000d0e1"
CLIENT_SECRET: Final = "00000000-0000-4000-8000-00000000d0e2"  # noqa: S105 - fictional, opens nothing
"""The documented application pair; any other pair of GUIDs is accepted too."""
NEW_PASSWORD: Final = "Pesochnica-2025"  # noqa: S105 - fictional
"""What a sandbox person chooses in place of a temporary password."""


def spell(data: bytes) -> str:
    """Bytes as letters and digits, one sign for each."""
    return "".join(LETTERS[byte % len(LETTERS)] for byte in data)


def derive(purpose: str, provider: str, account_key: str, length: int = TOKEN_LENGTH) -> str:
    """Letters and digits that follow from their arguments alone."""
    parts = range(-(-length // _HASH))
    text = f"{purpose}\0{provider}\0{account_key}"
    signs = (spell(blake2b(f"{text}\0{part}".encode()).digest()) for part in parts)
    return "".join(signs)[:length]


def token(provider: str, account_key: str) -> str:
    """The access token that may be pasted."""
    return derive("token", provider, account_key)


def code(provider: str, account_key: str) -> str:
    """The authorization code of a finished consent."""
    return derive("code", provider, account_key)


def cookies(provider: str, account_key: str) -> tuple[str, str]:
    """Values of the two sign-in cookies."""
    return (
        derive("cookie-a", provider, account_key, COOKIE_LENGTH),
        derive("cookie-l", provider, account_key, COOKIE_LENGTH),
    )


def esia_task(provider: str, account_key: str) -> str:
    """The task of a finished state sign-in by the person of an account."""
    return str(uuid5(_TASKS, f"{provider}/{account_key}"))
