"""What the keeper does with the accounts that are open: adopts, saves, renews, lets go."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Renewal
from gateway.core.contract.session import Credential, Session, SessionStatus
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import (
    AccountNotFound,
    GatewayError,
    InteractionRequired,
    LoginOutcomeUnknown,
    Maintenance,
    NotFound,
    ServerFailure,
    SessionLost,
    StoreConflict,
    TooManyAttempts,
    WrongCredentials,
)
from gateway.core.pipeline.account import OpenAccount
from gateway.core.sessions.codec import SessionCodec
from gateway.core.sessions.keeper import SessionKeeper
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.testing.clock import VirtualClock
from tests.core.scripted import ACCOUNT, SampleAdapter, declaration
from tests.core.sessions import samples

LIFE = timedelta(days=10)
DAY = 86_400.0


@dataclass
class Renewals:
    """Stands for the login machine.

    Attributes:
        error: What comes of a renewal; None if it goes well.
        remembered: Whether there is a secret to sign in with.
        refreshed: Statuses that the store held while a refresh was under way.
        signed_in: Moments of unattended sign-ins.
    """

    keeper: SessionKeeper
    clock: VirtualClock
    error: GatewayError | None = None
    remembered: bool = True
    refreshed: list[SessionStatus] = field(default_factory=list)
    signed_in: list[float] = field(default_factory=list)

    async def refresh(self, account: OpenAccount) -> Session:
        self.refreshed.append((await stored(self.keeper)).status)
        if self.error is not None:
            raise self.error
        fresh = Credential(SecretStr(f"access-{len(self.refreshed)}"), self.clock.now() + LIFE)
        return account.session.with_credentials(access_token=fresh)

    async def unattended(self, account: OpenAccount) -> bool:
        self.signed_in.append(self.clock.monotonic())
        if self.error is not None:
            raise self.error
        if self.remembered:
            await self.keeper.adopt(made(self.clock, "again"))
        return self.remembered


@dataclass
class Kept:
    """A keeper, and what is around it."""

    keeper: SessionKeeper
    clock: VirtualClock
    renewals: Renewals
    epochs: list[int]


def adapter(renewal: Renewal, *, single_session: bool = False) -> Adapter:
    declared = replace(declaration(renewal), single_session=single_session)
    return SampleAdapter(declared, declared.instances[0], ProviderSettings())


def keep(
    store: MemoryStore | None = None,
    *,
    clock: VirtualClock | None = None,
    renewal: Renewal = Renewal.ROTATING,
    single_session: bool = False,
) -> Kept:
    clock = clock or VirtualClock(auto=True)
    epochs: list[int] = []
    keeper = SessionKeeper(
        store if store is not None else MemoryStore(clock=clock),
        adapter_for=lambda _: adapter(renewal, single_session=single_session),
        clock=clock,
        on_new_epoch=lambda session: epochs.append(session.epoch),
    )
    keeper.renewer = Renewals(keeper, clock)
    return Kept(keeper, clock, keeper.renewer, epochs)


def made(
    clock: VirtualClock, access: str = "access", *, refresh: bool = True, account: str = ACCOUNT
) -> Session:
    credentials = {"access_token": Credential(SecretStr(access), clock.now() + LIFE)}
    if refresh:
        credentials["refresh_token"] = Credential(SecretStr("refresh"))
    return replace(
        samples.session(),
        account=account,
        created_at=clock.now(),
        credentials=credentials,
        label=None,
        status=SessionStatus.ACTIVE,
        epoch=0,
    )


async def stored(keeper: SessionKeeper) -> Session:
    found = await keeper.store.load(RecordKind.SESSIONS, ACCOUNT)
    assert found is not None
    return SessionCodec().decode(found.payload)


# Opening, adopting, letting go.


async def test_an_account_is_read_once_and_shared() -> None:
    kept = keep()
    await keep(kept.keeper.store, clock=kept.clock).keeper.adopt(made(kept.clock))  # type: ignore[arg-type]  # a MemoryStore
    assert (kept.keeper.at_hand(ACCOUNT), len(kept.keeper.opened)) == (None, 0)
    opened = await kept.keeper.open(ACCOUNT)
    assert opened.session == made(kept.clock)
    assert await kept.keeper.open(ACCOUNT) is kept.keeper.at_hand(ACCOUNT) is opened
    assert kept.keeper.opened == (opened,)
    assert await kept.keeper.accounts() == (ACCOUNT,)
    assert await kept.keeper.accounts("another") == ()
    with pytest.raises(AccountNotFound):
        await kept.keeper.open("nobody")


async def test_a_new_sign_in_takes_the_place_of_the_older_one() -> None:
    kept = keep()
    account = await kept.keeper.adopt(replace(made(kept.clock), label="son", epoch=4))
    account.dirty = True
    again = await kept.keeper.adopt(made(kept.clock, "again"))
    assert again is account
    assert (account.session.label, account.session.epoch) == ("son", 5)
    assert account.session == await stored(kept.keeper)
    assert not account.dirty
    third = await kept.keeper.adopt(replace(made(kept.clock), label="daughter"))
    assert (third.session.label, third.session.epoch) == ("daughter", 6)
    assert kept.epochs == [4, 5, 6]
    account.replace(replace(account.session, label="own"))
    await kept.keeper.save(account)  # no conflict: it knows the version
    assert (await stored(kept.keeper)).label == "own"


async def test_a_sign_in_after_an_unreadable_one_is_a_first_one() -> None:
    kept = keep()
    await kept.keeper.store.save(RecordKind.SESSIONS, ACCOUNT, b"{", if_version=None)
    account = await kept.keeper.adopt(made(kept.clock))
    assert account.session.epoch == 0


async def test_forgetting_leaves_nothing_of_an_account_and_tells_it() -> None:
    kept = keep()
    for kind in (RecordKind.SECRETS, RecordKind.MEMO):
        await kept.keeper.store.save(kind, ACCOUNT, b"{}", if_version=None)
    await kept.keeper.adopt(made(kept.clock))
    await kept.keeper.forget(ACCOUNT)
    for kind in (RecordKind.SESSIONS, RecordKind.SECRETS, RecordKind.MEMO):
        assert await kept.keeper.store.list_keys(kind) == ()
    assert kept.keeper.opened == ()
    assert len(kept.epochs) == 2
    await kept.keeper.forget(ACCOUNT)
    assert len(kept.epochs) == 2


# Saving.


async def test_a_sliding_renewal_is_saved_once_a_minute_and_at_the_end() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock))

    async def changed(label: str, *, now: bool = False) -> str | None:
        account.replace(replace(account.session, label=label))
        await (
            kept.keeper.save_changes(account, now=True)
            if now
            else kept.keeper.save_changes(account)
        )
        return (await stored(kept.keeper)).label

    assert await changed("one") == "one"
    assert not account.dirty
    await kept.clock.sleep(59)
    assert await changed("two") == "one"
    await kept.clock.sleep(1)
    assert await changed("three") == "three"
    assert await changed("four") == "three"
    assert await changed("five", now=True) == "five"


async def test_what_did_not_change_is_not_saved() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock))
    version = account.version
    await kept.keeper.save_changes(account, now=True)
    found = await kept.keeper.store.load(RecordKind.SESSIONS, ACCOUNT)
    assert found is not None
    assert found.version == account.version == version


async def test_the_session_of_another_process_is_taken_over() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock))
    theirs = keep(kept.keeper.store, clock=kept.clock)  # type: ignore[arg-type]  # a MemoryStore
    await theirs.keeper.adopt(made(kept.clock, "theirs"))
    account.replace(replace(account.session, label="ours"))
    await kept.keeper.save(account)
    assert account.session == await stored(kept.keeper)
    assert (account.session.secret("access_token"), account.session.label) == ("theirs", None)
    account.replace(replace(account.session, label="ours"))
    await kept.keeper.save(account)
    assert (await stored(kept.keeper)).label == "ours"


async def test_an_account_that_another_process_erased_is_closed() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock))
    await kept.keeper.store.delete(RecordKind.SESSIONS, ACCOUNT)
    account.replace(replace(account.session, label="ours"))
    await kept.keeper.save(account)
    assert kept.keeper.at_hand(ACCOUNT) is None
    assert await kept.keeper.accounts() == ()
    assert len(kept.epochs) == 2


# When to refresh.


def due_at(account: OpenAccount, part: float, kept: Kept, born: float) -> bool:
    kept.clock._time = born + part * LIFE.total_seconds()
    return kept.keeper.refresh_is_due(account)


@given(name=st.text("abc", min_size=1, max_size=8), part=st.floats(0, 2))
def test_a_refresh_comes_due_once_between_seven_and_nine_tenths_of_a_life(
    name: str, part: float
) -> None:
    kept = keep()
    account = OpenAccount(made(kept.clock, account=name), 1, adapter(Renewal.ROTATING))
    born = kept.clock.monotonic()
    assert not due_at(account, 0.699, kept, born)
    assert due_at(account, 0.901, kept, born)
    due = due_at(account, part, kept, born)
    assert due_at(account, part + 0.2, kept, born) >= due


def test_accounts_that_signed_in_together_come_due_apart() -> None:
    kept = keep()
    born = kept.clock.monotonic()
    accounts = [
        OpenAccount(made(kept.clock, account=f"a{number}"), 1, adapter(Renewal.ROTATING))
        for number in range(300)
    ]
    parts = [0.7 + 0.02 * step for step in range(11)]
    due = [sum(due_at(account, part, kept, born) for account in accounts) for part in parts]
    assert [abs(count - 30 * step) < 25 for step, count in enumerate(due)] == [True] * 11


async def test_only_what_can_be_refreshed_comes_due() -> None:
    kept = keep()
    born = kept.clock.monotonic()
    whole = made(kept.clock)
    endless = whole.with_credentials(access_token=Credential(SecretStr("access")))
    none = replace(whole, credentials={"refresh_token": whole.credentials["refresh_token"]})
    for session, renewal, due in (
        (whole, Renewal.ROTATING, True),
        (whole, Renewal.NONE, False),
        (whole, Renewal.SLIDING, False),
        (replace(whole, status=SessionStatus.REFRESHING), Renewal.ROTATING, False),
        (made(VirtualClock(), refresh=False), Renewal.ROTATING, False),
        (endless, Renewal.ROTATING, False),
        (none, Renewal.ROTATING, False),
    ):
        assert due_at(OpenAccount(session, 1, adapter(renewal)), 0.95, kept, born) is due


# Refreshing.


async def renewed(kept: Kept, account: OpenAccount) -> None:
    await kept.keeper.renew(account, account.session)


async def asked(kept: Kept, account: OpenAccount) -> str:
    """Why a renewal needs a person."""
    with pytest.raises(InteractionRequired) as caught:
        await renewed(kept, account)
    session = account.session
    assert (caught.value.method, caught.value.provider) == (session.method, session.provider)
    return caught.value.reason


async def test_a_refreshed_session_is_kept_and_its_life_begins() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock))
    account.dirty = True
    await kept.clock.sleep(8 * DAY)
    await renewed(kept, account)
    assert kept.renewals.refreshed == [SessionStatus.REFRESHING]
    assert account.session == await stored(kept.keeper)
    assert account.session.secret("access_token") == "access-1"
    assert account.session.created_at == kept.clock.now()
    assert account.session.status is SessionStatus.ACTIVE
    assert not account.dirty


@pytest.mark.parametrize("status", [SessionStatus.NEEDS_LOGIN, SessionStatus.FROZEN])
async def test_a_session_that_a_person_must_renew_is_not_touched(status: SessionStatus) -> None:
    kept = keep()
    account = await kept.keeper.adopt(replace(made(kept.clock), status=status))
    assert await asked(kept, account) == "revoked"
    assert kept.renewals.refreshed == []


async def test_a_refusal_needs_a_person() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock))
    kept.renewals.error = SessionLost()
    assert await asked(kept, account) == "refused"
    assert (await stored(kept.keeper)).status is SessionStatus.NEEDS_LOGIN


@pytest.mark.parametrize(
    "error, raised, reason",
    [
        (LoginOutcomeUnknown(), LoginOutcomeUnknown, "refused"),
        (ServerFailure(http_status=502), ServerFailure, "refresh_unknown"),
        (NotFound("gone", http_status=404), SessionLost, "refresh_unknown"),
    ],
)
async def test_an_unknown_outcome_may_be_asked_for_once_more(
    error: GatewayError, raised: type[GatewayError], reason: str
) -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock))
    kept.renewals.error = error
    with pytest.raises(raised) as caught:
        await renewed(kept, account)
    assert (caught.value.message, caught.value.http_status) == (error.message, error.http_status)
    assert (await stored(kept.keeper)).status is SessionStatus.REFRESHING
    assert await asked(kept, account) == reason
    assert (await stored(kept.keeper)).status is SessionStatus.NEEDS_LOGIN
    assert account.session == await stored(kept.keeper)


@pytest.mark.parametrize("before", [SessionStatus.ACTIVE, SessionStatus.REFRESHING])
async def test_what_never_reached_the_service_leaves_the_session_as_it_was(
    before: SessionStatus,
) -> None:
    kept = keep()
    account = await kept.keeper.adopt(replace(made(kept.clock), status=before))
    kept.renewals.error = Maintenance()
    for _ in range(3):
        with pytest.raises(Maintenance):
            await renewed(kept, account)
    assert (await stored(kept.keeper)).status is account.session.status is before


async def test_without_anybody_to_renew_it_a_session_is_left() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock))
    kept.keeper.renewer = None
    with pytest.raises(GatewayError, match="no login machine"):
        await renewed(kept, account)


# Refreshing beside other processes.


@asynccontextmanager
async def two_processes() -> AsyncIterator[tuple[Kept, OpenAccount, Kept, OpenAccount]]:
    """One account, open in two processes."""
    one = keep()
    ours = await one.keeper.adopt(made(one.clock))
    other = keep(one.keeper.store, clock=one.clock)  # type: ignore[arg-type]  # a MemoryStore
    yield one, ours, other, await other.keeper.open(ACCOUNT)


async def test_what_another_process_has_renewed_is_used() -> None:
    async with two_processes() as (one, ours, other, theirs):
        await renewed(one, ours)
        theirs.dirty = True
        await renewed(other, theirs)
        assert other.renewals.refreshed == []
        assert theirs.session == ours.session
        assert not theirs.dirty
        theirs.replace(replace(theirs.session, label="label"))
        await other.keeper.save(theirs)
        assert (await stored(one.keeper)).label == "label"


async def test_what_another_process_has_only_saved_is_refreshed_nevertheless() -> None:
    async with two_processes() as (one, ours, other, theirs):
        ours.replace(replace(ours.session, label="label"))
        await one.keeper.save(ours)
        await renewed(other, theirs)
        assert len(other.renewals.refreshed) == 1
        assert theirs.session == await stored(other.keeper)
        assert theirs.session.label == "label"


async def test_a_sign_in_that_comes_during_a_refresh_wins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with two_processes() as (one, ours, other, theirs):
        rejected = theirs.session
        refresh = other.renewals.refresh

        async def meanwhile(account: OpenAccount) -> Session:
            await one.keeper.adopt(made(one.clock, "fresh"))
            return await refresh(account)

        monkeypatch.setattr(other.renewals, "refresh", meanwhile)
        with pytest.raises(StoreConflict):
            await renewed(other, theirs)
        assert theirs.session == ours.session == await stored(one.keeper)
        await other.keeper.renew(theirs, rejected)
        assert len(other.renewals.refreshed) == 1


async def test_another_process_is_waited_for_half_a_minute() -> None:
    async with two_processes() as (one, ours, other, theirs):
        lease = one.keeper.store.lease(RecordKind.SESSIONS, ACCOUNT, seconds=0)
        async with lease:
            begun = one.clock.monotonic()
            with pytest.raises(StoreConflict):
                await renewed(other, theirs)
            assert one.clock.monotonic() - begun == pytest.approx(30, abs=0.1)
            assert other.renewals.refreshed == []
            await one.keeper.adopt(made(one.clock, "fresh"))
            await renewed(other, theirs)
        assert theirs.session == ours.session
        assert other.renewals.refreshed == []


async def test_an_account_that_was_erased_meanwhile_is_not_refreshed() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock))
    await kept.keeper.store.delete(RecordKind.SESSIONS, ACCOUNT)
    assert await asked(kept, account) == "revoked"
    assert kept.renewals.refreshed == []


# Signing in unattended.


async def test_a_remembered_secret_is_used_once_in_five_minutes() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock, refresh=False))
    for pause, due in ((0, True), (299, False), (1, True), (300, True)):
        await kept.clock.sleep(pause)
        account.session = replace(account.session, credentials={})
        if due:
            await renewed(kept, account)
            assert account.session.secret("access_token") == "again"
        else:
            assert await asked(kept, account) == "expired"
    begun = kept.renewals.signed_in[0]
    assert [moment - begun for moment in kept.renewals.signed_in] == [0, 300, 600]


async def test_where_a_sign_in_ends_the_others_none_is_made_unattended() -> None:
    kept = keep(single_session=True)
    account = await kept.keeper.adopt(made(kept.clock, refresh=False))
    assert await asked(kept, account) == "expired"
    assert kept.renewals.signed_in == []
    assert (await stored(kept.keeper)).status is SessionStatus.ACTIVE


@pytest.mark.parametrize(
    "error, reason",
    [
        (WrongCredentials(), "refused"),
        (LoginOutcomeUnknown(), "refused"),
        (InteractionRequired(reason="second_factor"), "second_factor"),
        (None, "no_refresh"),
    ],
    ids=str,
)
async def test_a_sign_in_that_cannot_be_needs_a_person(
    error: GatewayError | None, reason: str
) -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock, refresh=False))
    kept.renewals.error, kept.renewals.remembered = error, False
    assert await asked(kept, account) == reason
    assert (await stored(kept.keeper)).status is SessionStatus.NEEDS_LOGIN
    assert account.session.status is SessionStatus.NEEDS_LOGIN
    await kept.clock.sleep(600)
    assert await asked(kept, account) == "revoked"
    assert len(kept.renewals.signed_in) == 1


async def test_a_sign_in_of_another_process_is_used() -> None:
    async with two_processes() as (one, ours, other, theirs):
        for account in (ours, theirs):
            account.session = replace(account.session, credentials={})
        await one.keeper.save(ours)
        await renewed(one, ours)
        await renewed(other, theirs)
        assert theirs.session == ours.session == await stored(one.keeper)
        assert (len(one.renewals.signed_in), len(other.renewals.signed_in)) == (1, 0)


async def test_what_a_session_slid_to_in_another_process_is_used() -> None:
    one = keep()
    ours = await one.keeper.adopt(made(one.clock, refresh=False))
    other = keep(one.keeper.store, clock=one.clock)  # type: ignore[arg-type]  # a MemoryStore
    theirs = await other.keeper.open(ACCOUNT)
    slid = Credential(SecretStr("slid"), one.clock.now() + LIFE)
    ours.replace(ours.session.with_credentials(access_token=slid))
    await one.keeper.save(ours)
    await renewed(other, theirs)
    assert theirs.session == ours.session
    assert other.renewals.signed_in == []


async def test_a_sign_in_that_another_process_has_just_tried_is_waited_for() -> None:
    kept = keep()
    account = await kept.keeper.adopt(made(kept.clock, refresh=False))
    kept.renewals.error = TooManyAttempts()
    assert await asked(kept, account) == "expired"
    assert (await stored(kept.keeper)).status is SessionStatus.ACTIVE
    await kept.clock.sleep(300)
    kept.renewals.error = None
    await renewed(kept, account)
    assert account.session.secret("access_token") == "again"


@pytest.mark.parametrize("refresh", [True, False])
@pytest.mark.parametrize("status", [SessionStatus.NEEDS_LOGIN, SessionStatus.FROZEN])
async def test_what_another_process_found_to_need_a_person_needs_one_here_too(
    refresh: bool, status: SessionStatus
) -> None:
    one = keep()
    ours = await one.keeper.adopt(made(one.clock, refresh=refresh))
    other = keep(one.keeper.store, clock=one.clock)  # type: ignore[arg-type]  # a MemoryStore
    theirs = await other.keeper.open(ACCOUNT)
    ours.replace(replace(ours.session, status=status))
    await one.keeper.save(ours)
    assert await asked(other, theirs) == "revoked"
    assert theirs.session.status is status
    assert (other.renewals.refreshed, other.renewals.signed_in) == ([], [])
