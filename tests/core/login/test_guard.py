"""What a login's end means for the next one; the records are kept in the store."""

import pytest
from pydantic import SecretStr

from gateway.core.errors import (
    AccountLocked,
    ConnectFailed,
    GatewayError,
    KnownWrongSecret,
    LoginOutcomeUnknown,
    OutcomeUnknown,
    Refused,
    StoreConflict,
    TooManyAttempts,
    WrongCredentials,
)
from gateway.core.login.guard import LoginGuard, Sending
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.core.transport.exchange import TransportFault, faulted
from gateway.testing.clock import VirtualClock


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(auto=True)


@pytest.fixture
def guard(clock: VirtualClock) -> LoginGuard:
    return LoginGuard(MemoryStore(), clock)


async def sent(
    guard: LoginGuard,
    password: str = "a-password",
    *,
    login: str = "parent",
    by_person: bool = True,
    again: bool = False,
) -> Sending:
    fields = {"password": SecretStr(password)}
    return await guard.sending("p@main", fields, login, by_person=by_person, again=again)


@pytest.mark.parametrize("told, pause", [(1_800.0, 1_800.0), (None, 60.0)])
async def test_a_lock_holds_every_secret_for_as_long_as_it_says(
    guard: LoginGuard, clock: VirtualClock, told: float | None, pause: float
) -> None:
    await (await sent(guard)).failed(AccountLocked(retry_after=told))
    with pytest.raises(AccountLocked) as caught:
        await sent(guard, "another-password")
    assert caught.value.retry_after == pytest.approx(pause)
    await clock.sleep(pause)
    await sent(guard)


@pytest.mark.parametrize("error", [LoginOutcomeUnknown(), OutcomeUnknown()])
async def test_the_minute_of_an_unknown_outcome_begins_with_its_end(
    guard: LoginGuard, clock: VirtualClock, error: GatewayError
) -> None:
    sending = await sent(guard)
    await clock.sleep(25)
    await sending.failed(error)
    with pytest.raises(LoginOutcomeUnknown) as caught:
        await sent(guard)
    assert caught.value.retry_after == pytest.approx(60)


async def test_a_sending_that_never_left_costs_nothing(guard: LoginGuard) -> None:
    for number in range(5):
        sending = await sent(guard, f"guess-{number}")
        await sending.failed(faulted(ConnectFailed(), TransportFault.NOT_SENT))


@pytest.mark.parametrize(
    "error", [Refused(), faulted(ConnectFailed(), TransportFault.SENT_NO_ANSWER)]
)
async def test_a_sending_that_left_counts_whatever_came_of_it(
    guard: LoginGuard, error: GatewayError
) -> None:
    for number in range(3):
        await (await sent(guard, f"guess-{number}")).failed(error)
    with pytest.raises(TooManyAttempts):
        await sent(guard, "guess-3")
    await sent(guard, "guess-3", login="another-parent")


async def test_a_secret_that_the_provider_asks_more_about_is_not_lost(guard: LoginGuard) -> None:
    await (await sent(guard)).goes_on()
    await sent(guard)


async def test_only_a_person_may_insist(guard: LoginGuard) -> None:
    await (await sent(guard)).failed(WrongCredentials())
    with pytest.raises(KnownWrongSecret):
        await sent(guard, by_person=False, again=True)
    with pytest.raises(KnownWrongSecret):
        await sent(guard)
    await sent(guard, again=True)


async def test_one_login_has_one_record_however_it_is_typed(guard: LoginGuard) -> None:
    await (await sent(guard, login="Parent@Example.ru ")).failed(WrongCredentials())
    with pytest.raises(KnownWrongSecret):
        await sent(guard, login="parent@example.ru")


async def test_every_secret_field_counts_in_whatever_order(guard: LoginGuard) -> None:
    one = {"password": SecretStr("a"), "pin": SecretStr("b")}
    turned = {"pin": SecretStr("b"), "password": SecretStr("a")}
    other = {"password": SecretStr("b"), "pin": SecretStr("a")}
    sending = await guard.sending("p@main", one, "parent", by_person=True, again=False)
    await sending.failed(WrongCredentials())
    with pytest.raises(KnownWrongSecret):
        await guard.sending("p@main", turned, "parent", by_person=True, again=False)
    await guard.sending("p@main", other, "parent", by_person=True, again=False)
    await guard.sending("q@main", one, "parent", by_person=True, again=False)


async def test_guards_of_one_store_know_the_same(clock: VirtualClock) -> None:
    store = MemoryStore()
    guards = [LoginGuard(store, clock) for _ in range(2)]
    for guard in guards:  # each has its key before the other writes
        await (await sent(guard, login="somebody")).went_well()
    await (await sent(guards[0])).failed(WrongCredentials())
    with pytest.raises(KnownWrongSecret):
        await sent(guards[1])


class ContestedStore(MemoryStore):
    """Another process saves the record of a login a few times before we do."""

    def __init__(self) -> None:
        super().__init__()
        self.contests = 0

    async def save(
        self, kind: RecordKind, key: str, payload: bytes, *, if_version: int | None
    ) -> int:
        if self.contests:
            self.contests -= 1
            raise StoreConflict("somebody was faster")
        return await super().save(kind, key, payload, if_version=if_version)


async def test_what_another_process_writes_meanwhile_is_read_again(clock: VirtualClock) -> None:
    store = ContestedStore()
    guard = LoginGuard(store, clock)
    sending = await sent(guard)
    store.contests = 4
    await sending.failed(WrongCredentials())
    with pytest.raises(KnownWrongSecret):
        await sent(guard)
    store.contests = 5
    with pytest.raises(StoreConflict):
        await sent(guard, "another-password")
    assert store.contests == 0
