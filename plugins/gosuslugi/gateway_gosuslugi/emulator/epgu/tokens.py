"""Tokens with which a partner acts for a person."""

from datetime import datetime, timedelta
from typing import Final

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.doors import derived
from gateway_gosuslugi.emulator.jwt import claims_of, minted
from gateway_gosuslugi.emulator.numbers import oid

SCOPE: Final = "http://lk.gosuslugi.ru/api-order"
CONSENT: Final = "APIPGU"
LIFETIME: Final = timedelta(hours=1)
PARTNER: Final = "SANDBOX01"
_ISSUER: Final = "http://esia.gosuslugi.ru/"


def order_token(
    identity: m.EsiaIdentity, now: datetime, *, consent: bool = True, lifetime: timedelta = LIFETIME
) -> str:
    """A token of this person that lets the sandbox's partner file; without consent it does not."""
    number = oid(identity.person_key)
    claims: dict[str, object] = {
        "nbf": int(now.timestamp()),
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "iss": _ISSUER,
        "client_id": PARTNER,
        "scope": f"{SCOPE}?oid={number}",
        "urn:esia:sid": derived("order", identity.key),
        "urn:esia:sbj_id": number,
    }
    if consent:
        claims["permissions"] = [{"sysname": CONSENT}]
    return minted(claims)


def holder_of(world: World, token: str, now: datetime) -> tuple[m.EsiaIdentity, bool] | None:
    """Whose living token it is, and whether the person consented; None for any other."""
    claims = claims_of(token)
    if claims is None:
        return None
    ends, number = claims.get("exp"), claims.get("urn:esia:sbj_id")
    if not isinstance(ends, int) or ends <= now.timestamp() or SCOPE not in str(claims["scope"]):
        return None
    found = (item for item in world.esia_identities if oid(item.person_key) == number)
    identity = next(found, None)
    return None if identity is None else (identity, CONSENT in str(claims.get("permissions")))
