"""Many families of the tiny provider in memory, for suites in virtual time."""

from datetime import UTC, datetime
from typing import Final

from pydantic import SecretStr

from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.session import Credential, Session, StudentRef
from gateway.core.model.people import Role
from gateway.core.sessions.codec import SessionCodec
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.core.wire.jar import Cookie, CookieJar

_SIGNED_IN: Final = datetime(2026, 9, 1, 8, tzinfo=UTC)


def word(number: int, what: str) -> str:
    """A word that belongs to one family alone."""
    return f"canary-{number}-{what}"


def account_of(number: int) -> str:
    """Key of a family's account."""
    return f"sample:account:{number}"


def session_of(number: int) -> Session:
    """A family's session: token, cookie and name are words of its own."""
    student = StudentRef(
        id=f"sample:student:{number}",
        name=word(number, "name"),
        native={"id": str(number)},
        zone="Europe/Moscow",
    )
    return Session(
        account=account_of(number),
        provider="sample",
        instance="main",
        method="password",
        role=Role.GUARDIAN,
        created_at=_SIGNED_IN,
        credentials={"access_token": Credential(SecretStr(word(number, "token")))},
        jar=CookieJar((Cookie("sid", word(number, "cookie"), "api.sample.example"),)),
        students=(student,),
    )


async def store_of(families: int) -> MemoryStore:
    """A store in which so many families are signed in."""
    store, codec = MemoryStore(), SessionCodec()
    for number in range(families):
        payload = codec.encode(session_of(number))
        await store.save(RecordKind.SESSIONS, account_of(number), payload, if_version=None)
    return store


async def diary_of(made: AsyncGateway, number: int) -> AsyncDiary:
    """A family's diary."""
    return await made.diary(f"sample:student:{number}", account=account_of(number))
