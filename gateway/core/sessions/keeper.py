"""Keeps accounts signed in: opens, saves, renews; never signs in behind a person's back.

The order of a rotating renewal (resilience notes 3): hold the lease, mark `refreshing` durably,
send, store the new pair durably, use it. With an unknown outcome the stored access token is tried
once, then the old refresh token once; after that the account needs a person. A renewal of several
requests stores the new refresh token after the first of them; from then on nothing is unknown.
"""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from random import Random
from typing import Final, Protocol

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Renewal
from gateway.core.contract.session import Credential, Session, SessionStatus
from gateway.core.errors import (
    AccessDenied,
    AccountNotFound,
    AntiBotPage,
    CircuitOpen,
    ConfigurationError,
    DeadlineExceeded,
    GatewayClosed,
    GatewayError,
    InteractionRequired,
    InvalidRequest,
    LoginError,
    LoginOutcomeUnknown,
    Maintenance,
    NotFound,
    NotSupported,
    Overloaded,
    RateLimited,
    Refused,
    SessionError,
    SessionLost,
    StoreConflict,
    StoreKeyMissing,
    StoreUnreadable,
    TooManyAttempts,
)
from gateway.core.pipeline.account import OpenAccount
from gateway.core.pipeline.clock import Clock
from gateway.core.sessions.codec import SessionCodec
from gateway.core.sessions.store import RecordKind, RecordStore
from gateway.core.transport.exchange import TransportFault, fault_of

LEASE_WAIT: Final = 30.0
"""Seconds to wait for another process that renews the same account."""

SLIDING_SAVE_EVERY: Final = 60.0
"""Seconds between two saves of a sliding renewal."""

RELOGIN_EVERY: Final = 300.0
"""Seconds between two unattended sign-ins of one account."""

REFRESH_AT: Final = 0.8
"""Part of a credential's life after which it is renewed, give or take a tenth."""

SPREAD: Final = 0.1
"""Part of a credential's life by which accounts renew apart."""

REFRESH_TOKEN: Final = "refresh_token"  # noqa: S105 - the name of a credential
ACCESS_TOKEN: Final = "access_token"  # noqa: S105 - likewise


_NEVER_LEFT: Final = frozenset({TransportFault.NOT_SENT, TransportFault.CERTIFICATE})

_BEFORE_THE_SERVICE: Final = (
    AntiBotPage,
    CircuitOpen,
    ConfigurationError,
    GatewayClosed,
    Maintenance,
    Overloaded,
    RateLimited,
)
"""What we refuse ourselves to send, and what stands in front of the provider's service."""


_FOR_A_PERSON: Final = frozenset({SessionStatus.NEEDS_LOGIN, SessionStatus.FROZEN})

_REFUSALS: Final = (AccessDenied, InvalidRequest, NotFound, NotSupported, Refused)


class Renewer(Protocol):
    """What the keeper needs of the login machine."""

    async def refresh(self, account: OpenAccount) -> Session:
        """Sends the refresh and gives the new session."""
        ...

    async def unattended(self, account: OpenAccount) -> bool:
        """Signs in with a remembered secret; False if there is none."""
        ...


class SessionKeeper:
    """Open accounts of this process over one store."""

    def __init__(
        self,
        store: RecordStore,
        *,
        adapter_for: Callable[[Session], Adapter],
        clock: Clock,
        on_new_epoch: Callable[[Session], None],
    ) -> None:
        self.store = store
        self._adapter_for = adapter_for
        self._clock = clock
        self._codec = SessionCodec()
        self._open: dict[str, OpenAccount] = {}
        self._on_new_epoch = on_new_epoch
        self.renewer: Renewer | None = None

    def at_hand(self, account: str) -> OpenAccount | None:
        """The account if this process has opened it."""
        return self._open.get(account)

    @property
    def opened(self) -> tuple[OpenAccount, ...]:
        """Accounts that this process has opened."""
        return tuple(self._open.values())

    async def open(self, account: str) -> OpenAccount:
        """The account, read from the store at first use.

        Raises:
            AccountNotFound: The store has none.
            StoreError: It cannot be read.
        """
        found = self._open.get(account)
        if found is not None:
            return found
        stored = await self.store.load(RecordKind.SESSIONS, account)
        if stored is None:
            raise AccountNotFound("no stored sign-in for this account")
        session = self._codec.decode(stored.payload)
        opened = OpenAccount(session, stored.version, self._adapter_for(session))
        return self._open.setdefault(account, opened)

    async def accounts(self, prefix: str = "") -> tuple[str, ...]:
        """Keys of all stored accounts."""
        return await self.store.list_keys(RecordKind.SESSIONS, prefix)

    async def adopt(self, session: Session) -> OpenAccount:
        """Stores a session that a login has just made, in place of an older one."""
        known = self._open.get(session.account)
        old = await self._stored_before(session.account)
        if old is not None:
            session = replace(session, epoch=old.epoch + 1, label=session.label or old.label)
        version = await self.store.save(
            RecordKind.SESSIONS, session.account, self._codec.encode(session), if_version=None
        )
        self._on_new_epoch(session)
        if known is None:
            known = OpenAccount(session, version, self._adapter_for(session))
            self._open[session.account] = known
        known.session, known.version, known.dirty = session, version, False
        return known

    async def _stored_before(self, account: str) -> Session | None:
        """The session that a new one takes the place of; an unreadable one counts as none."""
        try:
            stored = await self.store.load(RecordKind.SESSIONS, account)
            return None if stored is None else self._codec.decode(stored.payload)
        except (StoreUnreadable, StoreKeyMissing):
            return None

    async def forget(self, account: str) -> None:
        """Removes a session, its notes and its remembered secret."""
        known = self._open.pop(account, None)
        for kind in (RecordKind.SESSIONS, RecordKind.SECRETS, RecordKind.MEMO):
            await self.store.delete(kind, account)
        if known is not None:
            self._on_new_epoch(known.session)

    async def save(self, account: OpenAccount) -> None:
        """Writes a changed session; a newer one of another process is taken over instead."""
        try:
            account.version = await self.store.save(
                RecordKind.SESSIONS,
                account.key,
                self._codec.encode(account.session),
                if_version=account.version,
            )
        except StoreConflict:
            await self._take_over(account)
        account.dirty = False
        account.saved_at = self._clock.monotonic()

    async def _take_over(self, account: OpenAccount) -> None:
        """Uses the stored session; an account that was erased meanwhile is closed."""
        stored = await self.store.load(RecordKind.SESSIONS, account.key)
        if stored is None:
            self._open.pop(account.key, None)
            self._on_new_epoch(account.session)
            return
        account.session, account.version = self._codec.decode(stored.payload), stored.version

    async def save_changes(self, account: OpenAccount, *, now: bool = False) -> None:
        """Writes a sliding renewal, at most once a minute unless `now`."""
        due = self._clock.monotonic() - account.saved_at >= SLIDING_SAVE_EVERY
        if account.dirty and (now or due):
            await self.save(account)

    def refresh_is_due(self, account: OpenAccount) -> bool:
        """Whether the access token has lived most of its life and can be renewed.

        Not while the outcome of a refresh is unknown: then the stored access token is tried first.
        """
        session = account.session
        if account.adapter.declaration.renewal is not Renewal.ROTATING:
            return False
        if session.status is SessionStatus.REFRESHING:
            return False
        access = session.credentials.get(ACCESS_TOKEN)
        if access is None or access.expires_at is None or REFRESH_TOKEN not in session.credentials:
            return False
        life = (access.expires_at - session.created_at).total_seconds()
        age = (self._clock.now() - session.created_at).total_seconds()
        if age < life * (REFRESH_AT - SPREAD):
            return False
        jitter = Random(f"{session.account}{session.created_at}").uniform(-SPREAD, SPREAD)  # noqa: S311 - spread, not secrecy
        return age >= life * (REFRESH_AT + jitter)

    async def renew(self, account: OpenAccount, rejected: Session) -> None:
        """Makes a lost session good again, once for all who wait.

        Args:
            account: The account.
            rejected: The session that the provider did not accept.

        Raises:
            InteractionRequired: Only a person can go on.
            GatewayError: The provider could not be asked; the session stays as it is.
        """
        async with account.lock:
            if _is_newer(account.session, rejected):
                return
            if account.session.status in _FOR_A_PERSON:
                raise self._ask_person(account, "revoked")
            if REFRESH_TOKEN in account.session.credentials:
                await self._refresh(account)
            else:
                await self._sign_in_again(account)

    async def _refresh(self, account: OpenAccount) -> None:
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(
                    self.store.lease(RecordKind.SESSIONS, account.key, seconds=LEASE_WAIT)
                )
            except StoreConflict:
                if await self._adopt_newer(account):
                    return
                raise
            await self._refresh_alone(account)

    async def _refresh_alone(self, account: OpenAccount) -> None:
        """Refreshes while no other process does."""
        if await self._adopt_newer(account):
            return
        before = account.session
        was_unknown = before.status is SessionStatus.REFRESHING
        await self._mark(account, replace(before, status=SessionStatus.REFRESHING))
        renewer = self._renewer()
        try:
            renewed = await renewer.refresh(account)
        except StoreConflict:  # of keep(): another's session was taken over
            raise
        except (InteractionRequired, LoginError, SessionError) as error:
            if isinstance(error, LoginOutcomeUnknown) and (_is_kept(account) or not was_unknown):
                raise
            left = account.session if _is_kept(account) else before
            await self._mark(account, replace(left, status=SessionStatus.NEEDS_LOGIN))
            raise self._ask_person(account, "refused") from error
        except GatewayError as error:
            kept = _is_kept(account)
            if not kept and _was_not_taken(error):
                await self._mark(account, before)
                raise
            if not kept and was_unknown:
                await self._mark(account, replace(before, status=SessionStatus.NEEDS_LOGIN))
                raise self._ask_person(account, "refresh_unknown") from error
            if isinstance(error, _REFUSALS):  # of the refresh, not of what was asked for
                raise SessionLost(error.message, http_status=error.http_status) from error
            raise
        # Its life is counted from here, or it would come due sooner with every renewal.
        await self._mark(
            account, replace(renewed, status=SessionStatus.ACTIVE, created_at=self._clock.now())
        )

    async def keep(self, account: OpenAccount, session: Session) -> None:
        """Stores what a renewal has got so far; the renewal itself goes on.

        Raises:
            StoreConflict: The account was erased or signed in anew meanwhile.
        """
        await self._mark(account, replace(session, status=SessionStatus.ACTIVE))

    async def _adopt_newer(self, account: OpenAccount) -> bool:
        """Takes over what another process has renewed in the meantime.

        Raises:
            InteractionRequired: The other process found that only a person can go on.
        """
        stored = await self.store.load(RecordKind.SESSIONS, account.key)
        if stored is None:
            raise self._ask_person(account, "revoked")
        if stored.version == account.version:
            return False
        session = self._codec.decode(stored.payload)
        changed = session.secret(ACCESS_TOKEN) != account.session.secret(ACCESS_TOKEN)
        account.session, account.version, account.dirty = session, stored.version, False
        if session.status in _FOR_A_PERSON:
            raise self._ask_person(account, "revoked")
        return changed

    async def _mark(self, account: OpenAccount, session: Session) -> None:
        """Makes a state durable before it is used.

        Raises:
            StoreConflict: The account was erased or signed in anew meanwhile.
        """
        try:
            account.version = await self.store.save(
                RecordKind.SESSIONS,
                account.key,
                self._codec.encode(session),
                if_version=account.version,
            )
        except StoreConflict:
            await self._take_over(account)
            raise
        account.session, account.dirty = session, False

    async def _sign_in_again(self, account: OpenAccount) -> None:
        epoch = account.session.epoch
        if await self._adopt_newer(account) or account.session.epoch != epoch:
            return
        since = self._clock.monotonic() - account.relogin_at
        if account.adapter.declaration.single_session or since < RELOGIN_EVERY:
            raise self._ask_person(account, "expired")
        account.relogin_at = self._clock.monotonic()
        try:
            done = await self._renewer().unattended(account)
        except TooManyAttempts as error:  # another process has just tried
            raise self._ask_person(account, "expired") from error
        except (InteractionRequired, LoginError) as error:
            await self._mark(account, replace(account.session, status=SessionStatus.NEEDS_LOGIN))
            reason = error.reason if isinstance(error, InteractionRequired) else "refused"
            raise self._ask_person(account, reason) from error
        if not done:
            await self._mark(account, replace(account.session, status=SessionStatus.NEEDS_LOGIN))
            raise self._ask_person(account, "no_refresh")

    def _renewer(self) -> Renewer:
        if self.renewer is None:
            raise GatewayError("no login machine to renew sessions with")
        return self.renewer

    def _ask_person(self, account: OpenAccount, reason: str) -> InteractionRequired:
        return InteractionRequired(
            method=account.session.method, reason=reason, provider=account.session.provider
        )


def _is_newer(session: Session, rejected: Session) -> bool:
    """Whether a session was renewed since.

    New cookies or capabilities alone do not mean that, nor does the refresh token that is left of
    a renewal which failed half-way.
    """
    return session.epoch != rejected.epoch or _opening(session) != _opening(rejected)


def _opening(session: Session) -> dict[str, Credential]:
    """The credentials with which requests are signed."""
    return {name: item for name, item in session.credentials.items() if name != REFRESH_TOKEN}


def _is_kept(account: OpenAccount) -> bool:
    """Whether the renewal that has just failed stored a new refresh token first."""
    return account.session.status is SessionStatus.ACTIVE


def _was_not_taken(error: GatewayError) -> bool:
    """Whether a refresh token is certainly as good as before: it never reached the service."""
    if isinstance(error, DeadlineExceeded) and fault_of(error) is None:
        return True  # no turn came for it
    return isinstance(error, _BEFORE_THE_SERVICE) or fault_of(error) in _NEVER_LEFT
