"""What a person who has already signed in would hold, known without asking the running emulator.

A token to paste, the cookies of a browser, the code that a sign-in in a browser ends with: all
follow from the installation and the account, so that `MosEmulator.answer` can play the person
without a network, and every running emulator knows them from the start.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from gateway.sandbox.web.draws import LETTERS
from gateway.sandbox.world import model as m
from gateway.sandbox.world import native_id
from gateway_mos_ru.emulator.ids import USER, guid
from gateway_mos_ru.emulator.jwt import minted
from gateway_mos_ru.nodes import Node

LIFETIME: Final = timedelta(days=8)
"""How long a token lives."""

_WITHOUT_DOORS: Final = frozenset(
    {m.AccountState.LOCKED, m.AccountState.TEMPORARY_PASSWORD, m.AccountState.SIMPLIFIED_IDENTITY}
)
_CODE: Final = "123456"
EXPIRED_CODE: Final = "000000"
"""A one-time code that was right once."""

_HASH: Final = 64  # bytes of a hash, one sign each
_USER_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """The second factor of an account at mos.ru.

    Attributes:
        code: The right code; calls tell its last four digits.
        asks_trust: Whether the browser is then offered to be trusted.
    """

    code: str
    asks_trust: bool


class Door(StrEnum):
    """Where a token comes from that a person holds already."""

    PASTED = "pasted"
    COOKIES = "cookies"


def has_doors(account: m.Account) -> bool:
    """Whether the person of an account could have signed in before."""
    return account.state not in _WITHOUT_DOORS


def second_factor(account: m.Account) -> SecondFactor | None:
    """What mos.ru asks beside the password.

    Two accounts of the world have it: the one with a second factor everywhere, and the one to
    which one-time offers are made, whose browser is also offered to be trusted.
    """
    if account.state is m.AccountState.SECOND_FACTOR:
        return SecondFactor(account.one_time_code or _CODE, asks_trust=False)
    if account.state is m.AccountState.LINKING_OFFER:
        return SecondFactor(_CODE, asks_trust=True)
    return None


def derive(purpose: str, *facts: str, length: int) -> str:
    """Letters and digits that follow from their arguments alone."""
    text = "\0".join((purpose, *facts))
    parts = range(-(-length // _HASH))
    data = b"".join(blake2b(f"{text}\0{part}".encode()).digest() for part in parts)
    return "".join(LETTERS[byte % len(LETTERS)] for byte in data)[:length]


def claims(
    node: Node, account: m.Account, *, number: str, issued: datetime, expires: datetime
) -> dict[str, object]:
    """What a token says of its account.

    Args:
        node: Who issues it.
        account: Whose it is.
        number: The token's own number.
        issued: When it begins.
        expires: When it ends.
    """
    return {
        "sub": str(native_id(f"mos_{USER}", account.key, digits=_USER_DIGITS)),
        "iss": node.api,
        "exp": int(expires.timestamp()),
        "iat": int(issued.timestamp()),
        "jti": number,
        "msh": guid("person", account.person_key),
        "sso": guid("sso", account.key),
        "rgn": node.region,
    }


def token_number(node: Node, account_key: str, door: Door) -> str:
    """The number of a token that may be pasted: it stays the same from day to day."""
    return guid("token", f"{node.provider}/{account_key}/{door}")


def token(node: Node, account: m.Account, door: Door, now: datetime) -> str:
    """The token that may be pasted: the same one all day (UTC), good for at least eight days."""
    begins = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    number = token_number(node, account.key, door)
    ends = begins + timedelta(days=1) + LIFETIME
    return minted(claims(node, account, number=number, issued=begins, expires=ends))


def refresh_token(node: Node, account_key: str) -> str:
    """The refresh token beside the token of the cookies; each emulator takes it once."""
    return guid("refresh", f"{node.provider}/{account_key}")


def authorization_code(
    node: Node, account_key: str, *, client_id: str, challenge: str, redirect_uri: str
) -> str:
    """The code of a sign-in at mos.ru for one client, one PKCE challenge and one address."""
    facts = (node.provider, account_key, client_id, challenge, redirect_uri)
    return derive("code", *facts, length=43)


def node_code(node: Node, account_key: str, state: str) -> str:
    """The code that an application gets from a regional node for one `state`."""
    return guid("node-code", f"{node.provider}/{account_key}/{state}")


def registration(node: Node) -> dict[str, str]:
    """What an application needs to register devices at mos.ru: invented, and never checked."""
    if not node.is_moscow:
        return {}
    statement = {"iss": node.login, "software_id": "dnevnik.mos.ru", "sub": "sandbox"}
    return {
        "registration_token": derive("registration", node.provider, length=86),
        "software_statement": minted(statement),
    }
