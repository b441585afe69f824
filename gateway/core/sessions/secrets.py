"""Records beside a session: a remembered password, and what must not be tried again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec
from pydantic import SecretStr

from gateway.core.sessions.store import RecordKind, RecordStore, Stored
from gateway.core.sessions.versions import DocumentReader, Versioned

SECRET_VERSION: Final = 1
"""Version of the documents that are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedSecret:
    """What an owner let the gateway keep for signing in again unattended.

    Attributes:
        account: Account key that it opens.
        method: Login method that takes it.
        fields: Answers to that method's form, such as `login` and `password`.
        saved_at: Aware moment when it was given.
    """

    account: str
    method: str
    fields: Mapping[str, SecretStr] = field(repr=False)
    saved_at: datetime


class _Secret(Versioned, frozen=True, kw_only=True, omit_defaults=True):
    account: str
    method: str
    fields: dict[str, str]
    saved_at: Annotated[datetime, msgspec.Meta(tz=True)]


_READER: Final = DocumentReader(_Secret, version=SECRET_VERSION)


async def remember_secret(store: RecordStore, secret: RememberedSecret) -> None:
    """Keeps the secret as an encrypted record of its own, in place of an earlier one.

    Raises:
        StoreError: It could not be kept.
    """
    document = _Secret(
        v=SECRET_VERSION,
        account=secret.account,
        method=secret.method,
        fields={name: value.get_secret_value() for name, value in secret.fields.items()},
        saved_at=secret.saved_at.astimezone(UTC),
    )
    payload = msgspec.json.encode(document)
    await store.save(RecordKind.SECRETS, secret.account, payload, if_version=None)


async def recall_secret(store: RecordStore, account: str) -> RememberedSecret | None:
    """The account's remembered secret, or None if its owner wanted none kept.

    Raises:
        StoreError: It is there and cannot be read.
    """
    found = await store.load(RecordKind.SECRETS, account)
    if found is None:
        return None
    document = _READER.read(found.payload)
    return RememberedSecret(
        account=document.account,
        method=document.method,
        fields={name: SecretStr(value) for name, value in document.fields.items()},
        saved_at=document.saved_at,
    )


async def forget_secret(store: RecordStore, account: str) -> None:
    """Erases the account's remembered secret, if there is one."""
    await store.delete(RecordKind.SECRETS, account)


async def load_tombstones(store: RecordStore, key: str) -> Stored | None:
    """The JSON document of refused secrets under `key` and its version, or None."""
    return await store.load(RecordKind.TOMBSTONES, key)


async def save_tombstones(
    store: RecordStore, key: str, document: bytes, *, if_version: int | None
) -> int:
    """Keeps the JSON document of refused secrets under `key` and returns its version.

    Args:
        store: Where to.
        key: Account key, or what stands for it before the first sign-in.
        document: JSON; HMACs of secrets, never the secrets.
        if_version: As `RecordStore.save()`; use the version that was loaded (0 for none), and
            on a conflict load, merge and save again, so that no process loses a refusal.

    Raises:
        StoreConflict: Another process saved refusals in the meantime.
    """
    return await store.save(RecordKind.TOMBSTONES, key, document, if_version=if_version)
