"""Gateways and stored accounts for the cells, with limits equal to the cell's concurrency."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from benchmarks import payloads
from benchmarks.run import Run
from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.declaration import Declaration, Limits
from gateway.core.contract.session import Credential, Session, StudentRef
from gateway.core.hooks import hookimpl
from gateway.core.model.people import Role
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.codec import SessionCodec
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind, RecordStore
from gateway.core.transport.client import Transport
from gateway_dnevnik_ru.declaration import DNEVNIK_RU

PROVIDER = DNEVNIK_RU.name
_SIGNED_IN = datetime(2026, 11, 1, tzinfo=UTC)


class _Plugin:
    """Brings one declaration."""

    def __init__(self, declaration: Declaration) -> None:
        self._declaration = declaration

    @hookimpl
    def gateway_providers(self) -> Sequence[Declaration]:
        return (self._declaration,)


def registry(workers: int, declaration: Declaration = DNEVNIK_RU) -> Registry:
    """One provider with the limits of a cell."""
    limits = Limits(host_concurrency=workers, account_concurrency=workers)
    return Registry([], plugins={PROVIDER: _Plugin(replace(declaration, limits=limits))})


def account_key(number: int) -> str:
    """Key of an account."""
    return f"{PROVIDER}:account:{1000000000001 + number}"


def student_id(number: int) -> str:
    """Unified id of its only student."""
    return f"{PROVIDER}:student:{payloads.PERSON + number}"


def session(number: int, base_url: str) -> Session:
    """A fictional account that is signed in for another month."""
    student = StudentRef(
        id=student_id(number),
        name="Примеров Пример",
        native={
            "person": str(payloads.PERSON + number),
            "user": str(1000000000001 + number),
            "school": str(payloads.SCHOOL),
            "group": str(payloads.GROUP),
        },
        zone="Europe/Moscow",
    )
    token = Credential(SecretStr(f"example-token-{number:018d}"), _SIGNED_IN + timedelta(days=3650))
    return Session(
        account=account_key(number),
        provider=PROVIDER,
        instance=DNEVNIK_RU.instances[0].key,
        method="token",
        role=Role.GUARDIAN,
        created_at=_SIGNED_IN,
        credentials={
            "access_token": token,
            "refresh_token": Credential(SecretStr(f"example-refresh-{number:016d}")),
        },
        students=(student,),
        data={"user_id": str(1000000000001 + number), "family": "partner"},
        base_urls={"api": base_url},
    )


async def fill(store: RecordStore, accounts: int, base_url: str) -> None:
    """Stores signed-in accounts."""
    codec = SessionCodec()
    for number in range(accounts):
        payload = codec.encode(session(number, base_url))
        await store.save(RecordKind.SESSIONS, account_key(number), payload, if_version=None)


async def gateway(
    run: Run,
    *,
    accounts: int,
    settings: Settings | None = None,
    transport: Transport | None = None,
) -> AsyncGateway:
    """A gateway over a store of signed-in accounts."""
    store = MemoryStore()
    await fill(store, accounts, run.base_url)
    return AsyncGateway(
        settings=settings or Settings(fast=run.variant == "fast"),
        store=store,
        registry=registry(run.workers),
        transport=transport,
    )
