"""Markers as ЕСИА makes them, signed with the sandbox's own key."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Final

import msgspec

from gateway.sandbox.world import model as m
from gateway_gosuslugi.emulator.doors import derived
from gateway_gosuslugi.emulator.esia.keys import signature
from gateway_gosuslugi.emulator.numbers import oid

ISSUER: Final = "http://esia.gosuslugi.ru/"
LIFE: Final = 3600
_USER_INFO: Final = "http://esia.gosuslugi.ru/usr_inf"


def minted(kind: str, claims: Mapping[str, object]) -> str:
    """A marker of a kind: `access`, `id`, `authorization_code`."""
    header = {"alg": "RS256", "typ": "JWT", "ver": 1, "sbt": kind}
    signed = f"{_text(msgspec.json.encode(header))}.{_text(msgspec.json.encode(claims))}"
    return f"{signed}.{_text(signature(signed.encode()))}"


def access_claims(
    mnemonic: str, scope: str, identity: m.EsiaIdentity | None, now: int, serial: str
) -> dict[str, object]:
    """Payload of an access marker; `serial` tells markers of one second apart."""
    claims: dict[str, object] = {
        "nbf": now,
        "iat": now,
        "exp": now + LIFE,
        "iss": ISSUER,
        "client_id": mnemonic,
        "urn:esia:sid": derived("esia sid", serial),
    }
    if identity is None:
        return {**claims, "scope": scope}
    number = oid(identity.person_key)
    return {**claims, "scope": _granted(scope, number), "urn:esia:sbj_id": number}


def id_claims(
    mnemonic: str, identity: m.EsiaIdentity, now: int, serial: str, *, is_child: bool
) -> dict[str, object]:
    """Payload of an id marker."""
    number = oid(identity.person_key)
    subject: dict[str, object] = {
        "urn:esia:sbj:typ": "P",
        "urn:esia:sbj:oid": number,
        "urn:esia:sbj:nam": f"OID.{number}",
        "urn:esia:sbj:lvl": "P",
    }
    if is_child:
        subject["urn:esia:sbj:lvl"] = "KD"
    elif identity.level is m.EsiaLevel.CONFIRMED:
        subject |= {"urn:esia:sbj:lvl": "PR", "urn:esia:sbj:is_tru": True}
    claims: dict[str, object] = {
        "nbf": now,
        "iat": now,
        "exp": now + LIFE,
        "iss": ISSUER,
        "aud": mnemonic,
        "sub": number,
        "auth_time": now,
        "amr": "PWD",
        "urn:esia:amd": "PWD",
        "urn:esia:sid": derived("esia sid", serial),
        "urn:esia:sbj": subject,
    }
    if identity.second_factor is not None:
        claims["acr"] = {"2fa": "otp"}
    return claims


def _granted(scope: str, number: int) -> str:
    names = (_USER_INFO if item == "usr_inf" else item for item in scope.split())
    return " ".join(item if item == "openid" else f"{item}?oid={number}" for item in names)


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
