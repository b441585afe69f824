import asyncio

import pytest
from pydantic import SecretStr

from gateway.core.config import Settings
from gateway.core.contract.steps import Form, OneTimeCode, Redirect, StepAction
from gateway.core.errors import (
    AccountMismatch,
    ConnectFailed,
    ConnectionBroken,
    FlowExpired,
    FlowNotFound,
    ForgedState,
    IllegalAnswer,
    InteractionRequired,
    KnownWrongSecret,
    LoginOutcomeUnknown,
    MethodNotOffered,
    WrongCode,
    WrongCredentials,
)
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.core.transport.exchange import Exchange, RawAnswer, Sent, TransportFault, faulted
from gateway.testing.clock import VirtualClock
from tests.core.scripted import ACCOUNT, DAY, ScriptedCarrier, gateway

RIGHT = {"login": "parent", "password": SecretStr("right-password")}
WRONG = {"login": "parent", "password": SecretStr("wrong-password")}


async def test_a_password_opens_an_account() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "token"}))
    async with gateway(carrier) as made:
        accounts = await made.login("sample", login="parent", password="right-password")
        students = await made.students()
    assert [item.key for item in accounts] == [ACCOUNT]
    assert [item.account for item in students] == [ACCOUNT]


async def test_a_wrong_password_is_sent_once_and_never_again() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (401, {}))
    store = MemoryStore()
    async with gateway(carrier, store=store) as made:
        login = await made.begin_login("sample")
        login = await made.submit(login.id, WRONG)
        assert isinstance(login.step, Form)
        assert login.step.error is not None
        assert login.step.error.code == WrongCredentials.code
        login = await made.submit(login.id, WRONG)
        assert login.step is not None
        assert login.step.error is not None
        assert login.step.error.code == KnownWrongSecret.code
    assert len(carrier.sent) == 1
    async with gateway(carrier, store=store) as another:
        with pytest.raises(KnownWrongSecret):
            await another.login("sample", login="parent", password="wrong-password")
        carrier.on("/login", (200, {"access": "token"}))
        await another.login("sample", login="parent", password="right-password")
    assert len(carrier.sent) == 2


async def test_a_person_may_insist_on_a_refused_password() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (401, {}))
    async with gateway(carrier) as made:
        login = await made.begin_login("sample")
        await made.submit(login.id, WRONG)
        carrier.on("/login", (200, {"access": "token"}))
        login = await made.submit(login.id, WRONG, again=True)
    assert login.accounts == (ACCOUNT,)
    assert len(carrier.sent) == 2


async def test_a_login_without_an_answer_is_not_repeated_within_a_minute() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    lost = faulted(ConnectionBroken(), TransportFault.SENT_NO_ANSWER, Sent(started=True))
    carrier.on("/login", lost)
    async with gateway(carrier, clock=clock) as made:
        login = await made.begin_login("sample")
        login = await made.submit(login.id, RIGHT)
        assert login.step is not None
        assert login.step.error is not None
        assert login.step.error.code == LoginOutcomeUnknown.code
        login = await made.submit(login.id, RIGHT)
        assert len(carrier.sent) == 1
        await clock.sleep(61)
        carrier.on("/login", (200, {"access": "token"}))
        login = await made.submit(login.id, RIGHT)
    assert login.accounts == (ACCOUNT,)


async def test_a_provider_that_was_not_reached_leaves_the_step_waiting() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/login", lambda _: faulted(ConnectFailed(), TransportFault.NOT_SENT))
    async with gateway(carrier, clock=clock) as made:
        login = await made.begin_login("sample")
        with pytest.raises(ConnectFailed):
            await made.submit(login.id, RIGHT)
        assert len(carrier.sent) == 2  # once more, since not one byte was sent
        carrier.on("/login", (200, {"access": "token"}))
        login = await made.submit(login.id, RIGHT)
    assert login.accounts == (ACCOUNT,)


async def test_a_flow_goes_on_in_another_process() -> None:
    carrier, store = ScriptedCarrier(), MemoryStore()
    carrier.on("/login", (200, {"access": "half", "code_wanted": True}))
    async with gateway(carrier, store=store) as first:
        login = await first.begin_login("sample")
        login = await first.submit(login.id, RIGHT)
        assert isinstance(login.step, OneTimeCode)
    stored = await store.load(RecordKind.FLOWS, login.id)
    assert stored is not None
    async with gateway(carrier, store=store) as second:
        assert (await second.login_status(login.id)).step == login.step
        carrier.on("/code", (200, {"access": ""}))
        again = await second.submit(login.id, "000000")
        assert again.step is not None
        assert again.step.error is not None
        assert again.step.error.code == WrongCode.code
        carrier.on("/code", (200, {"access": "whole"}))
        done = await second.submit(login.id, "123456")
    assert done.accounts == (ACCOUNT,)
    assert await store.load(RecordKind.FLOWS, login.id) is None


async def test_a_flow_is_too_old_after_a_quarter_of_an_hour() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    async with gateway(carrier, clock=clock) as made:
        login = await made.begin_login("sample")
        await clock.sleep(901)
        with pytest.raises(FlowExpired):
            await made.submit(login.id, RIGHT)
        with pytest.raises(FlowNotFound):
            await made.submit(login.id, RIGHT)


async def test_a_state_comes_back_once_and_only_the_one_that_was_sent() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/exchange", (200, {"access": "token"}))
    async with gateway(carrier) as made:
        login = await made.begin_login("sample", method="oauth")
        assert isinstance(login.step, Redirect)
        state = login.step.url.partition("state=")[2]
        done = "https://api.sample.example/done?code=1&state="
        with pytest.raises(ForgedState):
            await made.submit(login.id, done + "forged")
        assert carrier.sent == []
        login = await made.begin_login("sample", method="oauth")
        assert isinstance(login.step, Redirect)
        own = login.step.url.partition("state=")[2]
        with pytest.raises(ForgedState):
            await made.submit(login.id, done + state)
        login = await made.begin_login("sample", method="oauth")
        assert isinstance(login.step, Redirect)
        own = login.step.url.partition("state=")[2]
        ended = await made.submit(login.id, done + own)
        assert ended.accounts == (ACCOUNT,)
        with pytest.raises(FlowNotFound):
            await made.submit(login.id, done + own)


@pytest.mark.parametrize(
    "answer", ["text", True, {"login": "x"}, {"login": "x", "password": "y", "more": "z"}, ["x"]]
)
async def test_an_answer_that_does_not_fit_is_refused_and_the_step_stays(answer: object) -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "token"}))
    async with gateway(carrier) as made:
        login = await made.begin_login("sample")
        with pytest.raises(IllegalAnswer):
            await made.submit(login.id, answer)  # type: ignore[arg-type]  # wrong on purpose
        assert carrier.sent == []
        assert (await made.submit(login.id, RIGHT)).accounts == (ACCOUNT,)


async def test_a_login_can_be_cancelled() -> None:
    carrier = ScriptedCarrier()
    async with gateway(carrier) as made:
        login = await made.begin_login("sample")
        ended = await made.act(login.id, StepAction.CANCEL)
        assert ended.error is not None
        login = await made.begin_login("sample")
        with pytest.raises(IllegalAnswer):
            await made.act(login.id, StepAction.RESEND)


async def test_a_method_that_is_not_offered_is_named() -> None:
    async with gateway(ScriptedCarrier()) as made:
        with pytest.raises(MethodNotOffered, match="password, oauth"):
            await made.begin_login("sample", method="qr")


async def test_a_further_step_with_nobody_to_ask_ends_the_login() -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "half", "code_wanted": True}))
    async with gateway(carrier) as made:
        with pytest.raises(InteractionRequired):
            await made.login("sample", login="parent", password="right-password")


async def test_reauthentication_must_end_in_the_same_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    carrier = ScriptedCarrier()
    carrier.on("/login", (200, {"access": "first"}))
    async with gateway(carrier) as made:
        await made.login("sample", login="parent", password="right-password")
        login = await made.reauthenticate(ACCOUNT)
        carrier.on("/login", (200, {"access": "second"}))
        assert (await made.submit(login.id, RIGHT)).accounts == (ACCOUNT,)
        monkeypatch.setattr("tests.core.scripted.ACCOUNT", "sample:account:2")
        login = await made.reauthenticate(ACCOUNT)
        with pytest.raises(AccountMismatch):
            await made.submit(login.id, RIGHT)


async def test_secrets_do_not_outlive_the_flow() -> None:
    carrier, store = ScriptedCarrier(), MemoryStore()
    carrier.on("/login", (200, {"access": "token"}))
    async with gateway(carrier, store=store) as made:
        await made.login("sample", login="parent", password="right-password")
    for kind in RecordKind:
        for key in await store.list_keys(kind):
            stored = await store.load(kind, key)
            assert stored is not None
            assert b"right-password" not in stored.payload


async def test_a_remembered_secret_signs_in_again_without_a_person() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/login", (200, {"access": "first"}))
    async with gateway(carrier, clock=clock) as made:
        await made.login("sample", login="parent", password="right-password", remember=True)
        await clock.sleep(600)
        carrier.on("/login", (200, {"access": "second"}))

        def guarded(exchange: object) -> tuple[int, object]:
            headers = dict(exchange.headers)  # type: ignore[attr-defined]
            return (200, []) if headers["Authorization"] == "Bearer second" else (401, {})

        carrier.on("/marks/7", guarded)
        diary = await made.diary("sample:student:7")
        assert (await diary.list_marks(DAY, DAY)).value == ()
    assert carrier.paths() == ["/login", "/marks/7", "/login", "/marks/7"]


@pytest.mark.parametrize(
    "answer, reason",
    [((401, {}), "refused"), ((200, {"access": "half", "code_wanted": True}), "second_factor")],
)
async def test_a_remembered_secret_that_does_not_do_is_sent_once(
    answer: tuple[int, object], reason: str
) -> None:
    carrier, clock, store = ScriptedCarrier(), VirtualClock(auto=True), MemoryStore()
    carrier.on("/login", (200, {"access": "first"}))
    carrier.on("/marks/7", (401, {}))
    async with gateway(carrier, clock=clock, store=store) as made:
        await made.login("sample", login="parent", password="right-password", remember=True)
        carrier.on("/login", answer)
        diary = await made.diary("sample:student:7")
        for told in (reason, "revoked", "revoked"):
            await clock.sleep(600)
            with pytest.raises(InteractionRequired) as caught:
                await diary.list_marks(DAY, DAY)
            assert (caught.value.reason, caught.value.method) == (told, "password")
    assert carrier.paths() == ["/login", "/marks/7", "/login"]
    assert await store.list_keys(RecordKind.FLOWS) == ()


async def test_secrets_are_sent_no_faster_than_one_per_second() -> None:
    carrier, clock = ScriptedCarrier(), VirtualClock(auto=True)
    carrier.on("/login", (200, {"access": "token"}))
    moments = []
    async with gateway(carrier, clock=clock, settings=Settings()) as made:
        for number in range(3):
            await made.login("sample", login=f"parent-{number}", password="right-password")
            moments.append(clock.monotonic())
    assert moments[2] - moments[0] >= 2


async def test_logins_that_nobody_went_on_with_are_erased() -> None:
    clock, store = VirtualClock(auto=True), MemoryStore()
    async with gateway(ScriptedCarrier(), clock=clock, store=store) as made:
        abandoned = await made.begin_login("sample")
        await clock.sleep(1000)
        fresh = await made.begin_login("sample")
    assert await store.list_keys(RecordKind.FLOWS) == (fresh.id,)
    assert abandoned.id != fresh.id


async def test_a_password_refused_only_after_a_further_step_is_remembered_too() -> None:
    carrier, store = ScriptedCarrier(), MemoryStore()
    carrier.on("/login", (200, {"access": "half", "code_wanted": True}))
    carrier.on("/code", (200, {"access": "", "refused": True}))
    async with gateway(carrier, store=store) as first:
        login = await first.begin_login("sample")
        login = await first.submit(login.id, WRONG)
    async with gateway(carrier, store=store) as second:
        login = await second.submit(login.id, "123456")
        assert isinstance(login.step, Form)
        login = await second.submit(login.id, WRONG)
        assert login.step is not None
        assert login.step.error is not None
        assert login.step.error.code == KnownWrongSecret.code
    assert carrier.paths() == ["/login", "/code"]


class HeldCarrier(ScriptedCarrier):
    """Answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.released = asyncio.Event(), asyncio.Event()

    async def send(self, exchange: Exchange) -> RawAnswer:
        self.asked.set()
        await self.released.wait()
        return await super().send(exchange)


async def leave_while_the_password_is_on_its_way(carrier: HeldCarrier, store: MemoryStore) -> None:
    async with gateway(carrier, store=store) as made:
        login = await made.begin_login("sample")
        submitting = asyncio.create_task(made.submit(login.id, RIGHT))
        await carrier.asked.wait()
        submitting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await submitting
        carrier.released.set()


async def test_a_sign_in_whose_caller_left_is_kept() -> None:
    carrier, store = HeldCarrier(), MemoryStore()
    carrier.on("/login", (200, {"access": "token"}))
    await leave_while_the_password_is_on_its_way(carrier, store)
    assert await store.list_keys(RecordKind.SESSIONS) == (ACCOUNT,)
    assert await store.list_keys(RecordKind.FLOWS) == ()


async def test_a_refusal_whose_caller_left_is_remembered() -> None:
    carrier, store = HeldCarrier(), MemoryStore()
    carrier.on("/login", (401, {}))
    await leave_while_the_password_is_on_its_way(carrier, store)
    async with gateway(carrier, store=store) as another:
        with pytest.raises(KnownWrongSecret):
            await another.login("sample", login="parent", password="right-password")
    assert len(carrier.sent) == 1
