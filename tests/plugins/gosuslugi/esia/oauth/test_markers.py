"""Markers that must not be believed."""

import base64
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import (
    BadResponse,
    CertificateInvalid,
    ClockDrift,
    ForgedState,
    GatewayError,
)
from gateway_gosuslugi.esia.levels import Level
from gateway_gosuslugi.esia.oauth.issuers import ISSUER
from gateway_gosuslugi.esia.oauth.markers import Judge, scope_names

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SECONDS = int(NOW.timestamp())


class Believer:
    """Takes every signature but the word `forged`."""

    async def is_genuine(self, algorithm: str, signed: bytes, signature: bytes) -> bool:
        return signature != b"forged"


JUDGE = Judge("DEMO01", ISSUER, Believer())


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def marker(kind: str, claims: dict[str, Any], signature: bytes = b"good", **header: Any) -> str:
    head = {"alg": "RS256", "typ": "JWT", "ver": 1, "sbt": kind, **header}
    parts = (msgspec.json.encode(head), msgspec.json.encode(claims), signature)
    return ".".join(map(text, parts))


def access(**changed: Any) -> dict[str, Any]:
    claims = {
        "iss": ISSUER,
        "iat": SECONDS,
        "nbf": SECONDS,
        "exp": SECONDS + 3600,
        "client_id": "DEMO01",
        "scope": "openid fullname?oid=1000000001",
        "urn:esia:sbj_id": 1000000001,
    }
    return {key: value for key, value in {**claims, **changed}.items() if value is not None}


def identity(**changed: Any) -> dict[str, Any]:
    subject = {"urn:esia:sbj:oid": 1000000001, "urn:esia:sbj:lvl": "PR"}
    claims = {
        "iss": ISSUER,
        "iat": SECONDS,
        "exp": SECONDS + 3600,
        "aud": "DEMO01",
        "sub": 1000000001,
        "urn:esia:sbj": subject,
    }
    return {key: value for key, value in {**claims, **changed}.items() if value is not None}


class TestAccess:
    async def test_a_good_one(self) -> None:
        found = await JUDGE.access(marker("access", access()), NOW)
        assert found.oid == 1000000001
        assert found.scopes == ("openid", "fullname")

    @pytest.mark.parametrize(
        ("claims", "error"),
        [
            ({"iss": "http://evil.example/"}, ForgedState),
            ({"client_id": "OTHER1"}, ForgedState),
            ({"client_id": None}, ForgedState),
            ({"iat": SECONDS + 61, "nbf": SECONDS + 61}, ClockDrift),
            ({"nbf": SECONDS + 61}, ClockDrift),
            ({"exp": SECONDS - 61}, ClockDrift),
            ({"exp": None}, BadResponse),
            ({"iat": None}, BadResponse),
            ({"exp": 1e300}, BadResponse),
        ],
    )
    async def test_a_bad_one(self, claims: dict[str, Any], error: type[GatewayError]) -> None:
        with pytest.raises(error):
            await JUDGE.access(marker("access", access(**claims)), NOW)

    @pytest.mark.parametrize("shift", [-59, 59])
    async def test_a_minute_of_drift_is_allowed(self, shift: int) -> None:
        claims = access(iat=SECONDS + shift, nbf=SECONDS + shift, exp=SECONDS + shift)
        assert await JUDGE.access(marker("access", claims), NOW)

    @pytest.mark.parametrize(
        "header",
        [{"alg": "none"}, {"alg": "HS256"}, {"sbt": "id"}, {"sbt": None}, {"typ": "JWS"}],
    )
    async def test_another_kind_of_marker(self, header: dict[str, Any]) -> None:
        with pytest.raises(BadResponse):
            await JUDGE.access(marker("access", access(), **header), NOW)

    async def test_a_signature_that_does_not_hold(self) -> None:
        with pytest.raises(CertificateInvalid):
            await JUDGE.access(marker("access", access(), b"forged"), NOW)

    async def test_the_samples_wrapped_form(self) -> None:
        assert (await JUDGE.access(marker("access", {"claims": access()}), NOW)).oid == 1000000001

    @given(st.one_of(st.text(max_size=60), st.from_regex(r"[\w-]{0,30}(\.[\w-]{0,30}){2}")))
    async def test_whatever_is_no_marker_is_refused(self, garbage: str) -> None:
        with pytest.raises(BadResponse):
            await JUDGE.access(garbage, NOW)


class TestIdentity:
    @pytest.mark.parametrize(
        ("told", "level", "confirmed"),
        [
            ({"urn:esia:sbj:lvl": "KD"}, Level.CHILD, False),
            ({"urn:esia:sbj:lvl": "PR"}, Level.CONFIRMED, True),
            ({"urn:esia:sbj:lvl": "P", "urn:esia:sbj:is_tru": True}, Level.CONFIRMED, True),
            ({"urn:esia:sbj:lvl": "P"}, None, False),
            ({}, None, False),
        ],
    )
    async def test_levels(self, told: dict[str, Any], level: Level | None, confirmed: bool) -> None:
        claims = identity(**{"urn:esia:sbj": {"urn:esia:sbj:oid": 5, **told}})
        found = await JUDGE.identity(marker("id", claims), NOW)
        assert (found.level, found.is_confirmed) == (level, confirmed)

    async def test_how_the_person_signed_in(self) -> None:
        claims = identity(auth_time=SECONDS, acr={"2fa": "otp"}, **{"urn:esia:amd": ["PWD", "QR"]})
        found = await JUDGE.identity(marker("id", claims), NOW)
        assert found.methods == ("PWD", "QR")
        assert found.with_second_factor
        assert found.signed_in_at == NOW

    async def test_for_several_systems(self) -> None:
        assert await JUDGE.identity(marker("id", identity(aud=["OTHER1", "DEMO01"])), NOW)

    @pytest.mark.parametrize(
        ("claims", "error"),
        [({"aud": "OTHER1"}, ForgedState), ({"aud": None}, ForgedState)],
    )
    async def test_for_another_system(
        self, claims: dict[str, Any], error: type[GatewayError]
    ) -> None:
        with pytest.raises(error):
            await JUDGE.identity(marker("id", identity(**claims)), NOW)

    async def test_of_nobody(self) -> None:
        claims = identity(sub=None, **{"urn:esia:sbj": {}})
        with pytest.raises(BadResponse):
            await JUDGE.identity(marker("id", claims), NOW)


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        ("openid", ("openid",)),
        ("fullname?oid=1 snils?oid=1", ("fullname", "snils")),
        ("http://esia.gosuslugi.ru/usr_inf?oid=1", ("usr_inf",)),
        ("", ()),
    ],
)
def test_scopes_are_told_by_name(scope: str, names: tuple[str, ...]) -> None:
    assert scope_names(scope) == names
