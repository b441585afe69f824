"""The only way of a session to bytes and back.

Secrets stand in clear in the bytes: they go to a store that encrypts, and nowhere else.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from sys import intern
from types import MappingProxyType
from typing import Annotated, Final, TypeVar

import msgspec
from pydantic import SecretStr

from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.session import Credential, Session, SessionStatus, StudentRef
from gateway.core.errors import StoreError
from gateway.core.model.people import Role
from gateway.core.sessions.migrations import SESSION_MIGRATIONS
from gateway.core.sessions.versions import DocumentReader, Versioned
from gateway.core.wire.jar import Cookie, CookieJar

SESSION_VERSION: Final = 1
"""Version of the documents that are written."""

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
E = TypeVar("E", bound=StrEnum)


class _Credential(msgspec.Struct, frozen=True, omit_defaults=True):
    value: str
    expires_at: Moment | None = None


class _Student(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    name: str
    native: dict[str, str]
    zone: str
    label: str | None = None
    capabilities: dict[str, str] = msgspec.field(default_factory=dict)


class _Session(Versioned, frozen=True, kw_only=True, omit_defaults=True):
    account: str
    provider: str
    instance: str
    method: str
    role: str
    created_at: Moment
    credentials: dict[str, _Credential]
    jar: tuple[Cookie, ...] = ()
    students: tuple[_Student, ...] = ()
    capabilities: dict[str, str] = msgspec.field(default_factory=dict)
    data: dict[str, str] = msgspec.field(default_factory=dict)
    base_urls: dict[str, str] = msgspec.field(default_factory=dict)
    label: str | None = None
    status: SessionStatus = SessionStatus.ACTIVE
    epoch: int = 0


class SessionCodec:
    """Turns sessions into versioned JSON and back; it keeps nothing and may be shared."""

    def __init__(self) -> None:
        self._encoder = msgspec.json.Encoder()
        self._reader = DocumentReader(
            _Session, version=SESSION_VERSION, migrations=SESSION_MIGRATIONS
        )

    def encode(self, session: Session) -> bytes:
        """The session as a document of the present version, secrets in clear.

        Raises:
            StoreError: It holds text that is no Unicode, or a moment that has no place in UTC.
        """
        try:
            return self._encoder.encode(_to_document(session))
        except (ValueError, OverflowError):  # not chained: a UnicodeEncodeError quotes the text
            raise StoreError("the session cannot be written as JSON") from None

    def decode(self, payload: bytes) -> Session:
        """The session that `encode()` wrote, by this version or an earlier one.

        Capabilities of a newer release are left out, an unknown role becomes `UNKNOWN`.

        Raises:
            StoreUnreadable: It is no session, or one of a newer version.
        """
        return _to_session(self._reader.read(payload))


def _to_document(session: Session) -> _Session:
    return _Session(
        v=SESSION_VERSION,
        account=session.account,
        provider=session.provider,
        instance=session.instance,
        method=session.method,
        role=session.role.value,
        created_at=_aware(session.created_at),
        credentials={
            name: _Credential(
                item.value.get_secret_value(),
                None if item.expires_at is None else _aware(item.expires_at),
            )
            for name, item in session.credentials.items()
        },
        jar=session.jar.cookies,
        students=tuple(
            _Student(
                id=item.id,
                name=item.name,
                native=dict(item.native),
                zone=item.zone,
                label=item.label,
                capabilities=_words(item.capabilities),
            )
            for item in session.students
        ),
        capabilities=_words(session.capabilities),
        data=dict(session.data),
        base_urls=dict(session.base_urls),
        label=session.label,
        status=session.status,
        epoch=session.epoch,
    )


def _to_session(document: _Session) -> Session:
    # Thousands of accounts stay open: what is equal among them is kept once.
    return Session(
        account=document.account,
        provider=intern(document.provider),
        instance=intern(document.instance),
        method=intern(document.method),
        role=_ROLES.get(document.role, Role.UNKNOWN),
        created_at=document.created_at,
        credentials={
            name: Credential(SecretStr(item.value), item.expires_at)
            for name, item in document.credentials.items()
        },
        jar=CookieJar(document.jar),
        students=tuple(
            StudentRef(
                id=item.id,
                name=item.name,
                native=item.native,
                zone=intern(item.zone),
                label=item.label,
                capabilities=_supports(tuple(item.capabilities.items())),
            )
            for item in document.students
        ),
        capabilities=_supports(tuple(document.capabilities.items())),
        data=document.data or _NOTHING,
        base_urls=document.base_urls or _NOTHING,
        label=document.label,
        status=document.status,
        epoch=document.epoch,
    )


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)


def _words(capabilities: Mapping[Capability, Support]) -> dict[str, str]:
    return {key.value: value.value for key, value in capabilities.items()}


@lru_cache(maxsize=256)
def _supports(words: tuple[tuple[str, str], ...]) -> Mapping[Capability, Support]:
    return MappingProxyType(
        {
            _CAPABILITIES[key]: _SUPPORTS[value]
            for key, value in words
            if key in _CAPABILITIES and value in _SUPPORTS
        }
    )


def _by_value(kind: type[E]) -> dict[str, E]:
    return {member.value: member for member in kind}


_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_ROLES: Final = _by_value(Role)
_CAPABILITIES: Final = _by_value(Capability)
_SUPPORTS: Final = _by_value(Support)
