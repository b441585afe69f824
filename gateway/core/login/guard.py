"""Keeps an account from being locked: refused secrets, rates, and logins per host.

The records live in the store, so that another process, or this one after a restart, knows them.
"""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Final

import msgspec
from pydantic import SecretStr

from gateway.core.errors import (
    AccountLocked,
    GatewayError,
    LoginOutcomeUnknown,
    OutcomeUnknown,
    StoreConflict,
    WrongCredentials,
)
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.tombstones import Tombstones
from gateway.core.sessions.secrets import load_tombstones, save_tombstones
from gateway.core.sessions.store import RecordKind, RecordStore
from gateway.core.transport.exchange import TransportFault, fault_of

_DEFAULT_LOCK: Final = 60.0
_CONFLICTS: Final = 5
_KEY_RECORD: Final = "key-of-marks"


class LoginGuard:
    """Decides before a secret is sent, and learns from what came of it."""

    def __init__(self, store: RecordStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._known_key: SecretStr | None = None

    async def sending(
        self,
        provider: str,
        fields: Mapping[str, SecretStr],
        login: str,
        *,
        by_person: bool,
        again: bool,
    ) -> "Sending":
        """Lets a secret be sent; it counts as sent.

        Args:
            provider: Provider and instance.
            fields: The secret fields of the answer.
            login: What names the account before it is open.
            by_person: Whether a person has just submitted it.
            again: Whether the person insists on a refused secret.

        Raises:
            LoginError: It must not be sent now.
        """
        place = hashlib.sha256(f"{provider}\0{login.strip().lower()}".encode()).hexdigest()
        secret = SecretStr("\0".join(fields[name].get_secret_value() for name in sorted(fields)))
        mark = ""

        def admit(records: Tombstones) -> None:
            nonlocal mark
            if again and by_person:
                records.try_again(place)
            mark = records.admit(place, secret, by_person=by_person)

        await self._change(place, admit)
        return self.resumed(place, mark)

    def resumed(self, place: str, mark: str) -> "Sending":
        """A secret that an earlier step has sent, perhaps in another process."""
        return Sending(lambda learn: self._change(place, learn), place, mark)

    async def _change(self, place: str, change: Callable[[Tombstones], None]) -> None:
        key = await self._key()
        for attempt in range(_CONFLICTS):
            stored = await load_tombstones(self._store, place)
            state = None if stored is None else msgspec.json.decode(stored.payload)
            records = Tombstones(key=key, clock=self._clock, state=state)
            change(records)
            version = 0 if stored is None else stored.version
            try:
                payload = msgspec.json.encode(records.dump())
                await save_tombstones(self._store, place, payload, if_version=version)
            except StoreConflict:
                if attempt == _CONFLICTS - 1:
                    raise
            else:
                return

    async def _key(self) -> SecretStr:
        """The key of the marks, one for all processes that share the store."""
        if self._known_key is None:
            found = await self._store.load(RecordKind.TOMBSTONES, _KEY_RECORD)
            if found is None:
                fresh = secrets.token_bytes(32)
                with suppress(StoreConflict):
                    await self._store.save(RecordKind.TOMBSTONES, _KEY_RECORD, fresh, if_version=0)
                found = await self._store.load(RecordKind.TOMBSTONES, _KEY_RECORD)
            payload = found.payload if found is not None else secrets.token_bytes(32)
            self._known_key = SecretStr(payload.hex())
        return self._known_key


class Sending:
    """A secret on its way; told once what came of it."""

    def __init__(
        self,
        change: Callable[[Callable[[Tombstones], None]], Awaitable[None]],
        place: str,
        mark: str,
    ) -> None:
        self._change = change
        self.place = place
        self.mark = mark

    async def went_well(self) -> None:
        """The account was opened with it."""
        await self._change(lambda records: records.succeeded(self.place, self.mark))

    async def goes_on(self) -> None:
        """The provider asks for more, such as a captcha, before it says anything."""
        await self._change(lambda records: records.ended(self.place, self.mark))

    async def failed(self, error: GatewayError) -> None:
        """Learns from the error that ended the sending."""
        await self._change(lambda records: self._learn(records, error))

    def _learn(self, records: Tombstones, error: GatewayError) -> None:
        if isinstance(error, WrongCredentials):
            records.refused(self.place, self.mark)
        elif isinstance(error, AccountLocked):
            records.locked(self.place, self.mark, error.retry_after or _DEFAULT_LOCK)
        elif isinstance(error, LoginOutcomeUnknown | OutcomeUnknown):
            records.outcome_unknown(self.place, self.mark)
        else:
            sent = fault_of(error) is not TransportFault.NOT_SENT
            records.ended(self.place, self.mark, sent=sent)
