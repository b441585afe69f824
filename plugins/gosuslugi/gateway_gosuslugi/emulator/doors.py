"""What a person who has already signed in would hold, known without asking the running emulator.

The three cookies of a browser follow from the person and the day, so that the emulator can play
the person without a network, and every running emulator knows them from the start.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.jwt import minted
from gateway_gosuslugi.emulator.numbers import oid

COOKIES: Final = ("u", "sp_session", "acc_t")
LIFETIME: Final = timedelta(days=8)
"""How long a session lives here; how long the real one does is not known."""
_PORTAL: Final = "PGU"
_ISSUER: Final = "http://esia.gosuslugi.ru/"


def has_doors(identity: m.EsiaIdentity) -> bool:
    """Whether the person could have signed in to the portal before."""
    return not identity.locked and identity.level is not m.EsiaLevel.SIMPLIFIED


def session_mark(identity_key: str) -> str:
    """`sp_session` of the browser in which the person has signed in."""
    return derived("sp_session", identity_key)


def cookies(identity: m.EsiaIdentity, mark: str, now: datetime) -> Mapping[str, str]:
    """The cookies of one session; `mark` is its `sp_session`. The same all day (UTC)."""
    begins = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    number = oid(identity.person_key)
    token = minted(
        {
            "nbf": int(begins.timestamp()),
            "iat": int(begins.timestamp()),
            "exp": int((begins + timedelta(days=1) + LIFETIME).timestamp()),
            "iss": _ISSUER,
            "client_id": _PORTAL,
            "scope": f"openid fullname?oid={number}",
            "urn:esia:sid": derived("sid", mark),
            "urn:esia:sbj_id": number,
        }
    )
    return {"u": user_mark(mark), "sp_session": mark, "acc_t": token}


def user_mark(mark: str) -> str:
    """`u` of a session; what the real one stands for is not known."""
    return derived("u", mark)


def derived(purpose: str, fact: str) -> str:
    """64 hexadecimal signs that follow from a fact."""
    return blake2b(f"{purpose}\0{fact}".encode(), digest_size=32).hexdigest()
