"""Markers (JWT) of ЕСИА: read, checked against a signature and against what was asked."""

import base64
import binascii
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import msgspec

from gateway.core.errors import (
    BadResponse,
    CertificateInvalid,
    ClockDrift,
    ForgedState,
    Text,
)
from gateway_gosuslugi.esia.crypto.verifier import ALGORITHMS, Verifier
from gateway_gosuslugi.esia.levels import Level, level_of_marker
from gateway_gosuslugi.esia.oauth.claims import Claims, Header, Wrapped

DRIFT: Final = timedelta(seconds=60)
"""By how much two clocks may differ."""

_LONGEST: Final = 32 * 1024
_PARTS: Final = 3
_STALE_CERTIFICATE: Final = Text(
    "Ответ Госуслуг не удалось проверить. Сообщите тому, кто обслуживает сервис.",
    "The answer of Gosuslugi could not be verified. Tell whoever runs the service.",
)

S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessMarker:
    """What an access marker says.

    Attributes:
        oid: The person's number; None where the system asked in its own name.
        scopes: Names of the granted scopes.
        expires_at: Aware UTC.
        session: The person's session at ЕСИА.
    """

    oid: int | None
    scopes: tuple[str, ...]
    expires_at: datetime
    session: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdMarker:
    """What an id marker says.

    Attributes:
        oid: The person's number; stable, the key of the user.
        level: Level of the account; None where only `P`, anything below confirmed, is told.
        is_confirmed: Whether the account is confirmed.
        methods: How the person signed in: `PWD`, `DS`, `QR` …
        with_second_factor: Whether a second factor was used.
        signed_in_at: When, aware UTC.
        session: The person's session at ЕСИА.
    """

    oid: int
    level: Level | None
    is_confirmed: bool
    methods: tuple[str, ...]
    with_second_factor: bool
    signed_in_at: datetime | None
    session: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Judge:
    """Checks markers that were made for one system.

    Attributes:
        client_id: The system's mnemonic.
        issuer: Who must have made them.
        verifier: Knows the keys of ЕСИА.
    """

    client_id: str
    issuer: str
    verifier: Verifier

    async def access(self, marker: str, now: datetime) -> AccessMarker:
        """A checked access marker.

        Raises:
            CertificateInvalid: No known certificate has signed it.
            ClockDrift: It is of the future, or over already.
            ForgedState: It was made by or for somebody else.
            BadResponse: It is no access marker.
        """
        claims = await self._checked(marker, "access", now)
        if claims.client_id != self.client_id:
            raise ForgedState("the access marker was made for another system")
        return AccessMarker(
            oid=claims.subject_id,
            scopes=scope_names(claims.scope or ""),
            expires_at=_moment(claims.exp),
            session=claims.session,
        )

    async def identity(self, marker: str, now: datetime) -> IdMarker:
        """A checked id marker.

        Raises:
            CertificateInvalid: No known certificate has signed it.
            ClockDrift: It is of the future, or over already.
            ForgedState: It was made by or for somebody else.
            BadResponse: It is no id marker.
        """
        claims = await self._checked(marker, "id", now)
        if self.client_id not in _list_of(claims.aud):
            raise ForgedState("the id marker was made for another system")
        subject = claims.subject
        oid = subject.oid if claims.sub is None and subject is not None else claims.sub
        if oid is None:
            raise BadResponse("the id marker names nobody")
        trusted = subject is not None and subject.is_trusted
        level = level_of_marker(None if subject is None else subject.level, is_trusted=trusted)
        return IdMarker(
            oid=oid,
            level=level,
            is_confirmed=level is Level.CONFIRMED,
            methods=_list_of(claims.methods) or _list_of(claims.amr),
            with_second_factor=isinstance(claims.acr, dict) and "2fa" in claims.acr,
            signed_in_at=None if claims.auth_time is None else _moment(claims.auth_time),
            session=claims.session,
        )

    async def _checked(self, marker: str, kind: str, now: datetime) -> Claims:
        header, claims, signed, signature = _parts_of(marker)
        if (header.typ or "").upper() != "JWT" or header.sbt != kind:
            raise BadResponse(f"the marker is no {kind} marker")
        if header.alg not in ALGORITHMS:
            raise BadResponse("the marker is signed in a way that ЕСИА does not use")
        if not await self.verifier.is_genuine(header.alg, signed, signature):
            raise CertificateInvalid(
                "no known certificate of ЕСИА has signed the marker; they are replaced every year",
                text=_STALE_CERTIFICATE,
            )
        if claims.iss != self.issuer:
            raise ForgedState("the marker was made by another issuer")
        check_times(claims, now)
        return claims


def check_times(claims: Claims, now: datetime) -> None:
    """Checks that a marker that has just been made is of the present.

    Raises:
        ClockDrift: One of the clocks is wrong.
        BadResponse: It does not say how long it holds.
    """
    begin, end = claims.iat, claims.exp
    if begin is None or end is None:
        raise BadResponse("the marker does not say how long it holds")
    begin = max(begin, claims.nbf or begin)
    if _moment(begin) > now + DRIFT:
        raise ClockDrift("the marker is of the future: the clock of this machine is behind")
    if _moment(end) < now - DRIFT:
        raise ClockDrift("the marker is over already: the clock of this machine is ahead")


def scope_names(scope: str) -> tuple[str, ...]:
    """Names in a marker's scope, without addresses and numbers of persons.

    `fullname?oid=1`, `http://esia.gosuslugi.ru/usr_inf?oid=1` and `openid` are `fullname`,
    `usr_inf` and `openid`.
    """
    names = (item.partition("?")[0].rpartition("/")[2] for item in scope.split())
    return tuple(dict.fromkeys(name for name in names if name))


def _parts_of(marker: str) -> tuple[Header, Claims, bytes, bytes]:
    parts = marker.split(".")
    if len(parts) != _PARTS or len(marker) > _LONGEST or not marker.isascii():
        raise BadResponse("the marker is no JWT")
    head, body, tail = (_bytes_of(item) for item in parts)
    claims = _read(body, Claims)
    if claims.exp is None and claims.iss is None:
        claims = _read(body, Wrapped).claims or claims
    return _read(head, Header), claims, f"{parts[0]}.{parts[1]}".encode("ascii"), tail


def _bytes_of(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadResponse("the marker is no JWT") from None


def _read(data: bytes, shape: type[S]) -> S:
    try:
        return msgspec.json.decode(data, type=shape, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadResponse("the marker's parts cannot be read") from None


def _moment(seconds: float | None) -> datetime:
    try:
        return datetime.fromtimestamp(seconds or 0, UTC)
    except (OverflowError, OSError, ValueError):
        raise BadResponse("the marker has an impossible moment") from None


def _list_of(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
