"""What the machine makes of what a flow gives back, whatever the flow."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from pydantic import SecretStr

from gateway.core.config import Settings
from gateway.core.contract.declaration import Certainty, Declaration, LoginMethod
from gateway.core.contract.flow import Finished, LoginFlow, Next, SignedIn, StepInput
from gateway.core.contract.session import SessionStatus
from gateway.core.contract.steps import (
    CodeMedium,
    Form,
    FormField,
    OneTimeCode,
    Step,
    StepAction,
    StepError,
    WaitForApproval,
    Words,
)
from gateway.core.errors import (
    AccountLocked,
    CodeExpired,
    ConnectFailed,
    FlowExpired,
    FlowNotFound,
    ForgedState,
    GatewayError,
    IllegalAnswer,
    InteractionRequired,
    KnownWrongSecret,
    MethodNotOffered,
    ServerFailure,
    SignInCancelled,
    Text,
    TokenRejected,
    WrongCode,
    WrongCredentials,
)
from gateway.core.login.status import Login
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.secrets import recall_secret
from gateway.core.sessions.store import RecordKind
from gateway.testing.clock import VirtualClock
from tests.core import scripted
from tests.core.scripted import (
    ACCOUNT,
    FORM,
    TEXT,
    SampleAdapter,
    ScriptedCarrier,
    Token,
    gateway,
    session,
)

ANSWERED = {"login": "parent", "password": "a-password"}
ANSWER = {name: SecretStr(value) for name, value in ANSWERED.items()}
CODE = OneTimeCode(
    medium=CodeMedium.SMS,
    actions=(StepAction.SUBMIT, StepAction.RESEND, StepAction.SWITCH, StepAction.CANCEL),
)
WAIT = WaitForApproval(poll_after=2)

Reply = Callable[[Any], Next]


@dataclass
class Played(LoginFlow):
    """Does what it is told, and remembers what it was asked.

    Attributes:
        replies: What comes of the moves in turn: an end, a step, an error, or a function of the
            link.
        asked: The moves: name, step and answer or action.
        links: The links that they were given.
    """

    replies: list[Next | GatewayError | Reply] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)

    def then(self, *replies: Next | GatewayError | Reply) -> None:
        self.replies.extend(replies)

    async def _move(self, link: Any, *asked: object) -> Next:
        self.asked.append(asked)
        self.links.append(link)
        reply = self.replies.pop(0)
        if isinstance(reply, GatewayError):
            raise reply
        return reply(link) if callable(reply) else reply

    async def start(self, link: Any) -> Next:
        return await self._move(link, "start")

    async def submit(self, link: Any, step: Step, answer: StepInput) -> Next:
        return await self._move(link, "submit", step.type, answer)

    async def poll(self, link: Any, step: Step) -> Next:
        return await self._move(link, "poll", step.type)

    async def act(self, link: Any, step: Step, action: StepAction) -> Next:
        return await self._move(link, "act", step.type, action)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Played:
    flow = Played()
    monkeypatch.setattr(SampleAdapter, "login_flow", lambda _, method: flow)
    return flow


def signed_in(link: Any) -> SignedIn:
    return SignedIn((session(Token("token"), link),))


async def told(move: Awaitable[Login]) -> str:
    """The code of the error that a step shows after a move."""
    login = await move
    assert login.step is not None
    assert login.step.error is not None
    return login.step.error.code


# Moves.


async def test_an_error_that_nobody_can_answer_keeps_its_own_words(played: Played) -> None:
    words = Text("Ключ не от этого сервиса.", "The token is of another service.")
    played.then(FORM, TokenRejected("too old", text=words))
    async with gateway(ScriptedCarrier()) as made:
        with pytest.raises(TokenRejected) as caught:
            await made.login("sample", **ANSWERED)
    assert caught.value.text == words
    assert (caught.value.message, caught.value.provider) == (words.en, "sample")


async def test_the_end_of_a_wait_is_polled_for(played: Played) -> None:
    played.then(WAIT, WAIT, signed_in)
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample")
        assert (await made.poll(login.id)).step == WAIT
        done = await made.poll(login.id)
    assert (done.accounts, done.step, done.is_over) == ((ACCOUNT,), None, True)
    assert played.asked == [("start",), ("poll", WAIT.type), ("poll", WAIT.type)]


async def test_what_waits_for_an_answer_is_not_polled(played: Played) -> None:
    played.then(FORM)
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample")
        with pytest.raises(IllegalAnswer):
            await made.poll(login.id)
    assert played.asked == [("start",)]


async def test_a_step_does_what_it_offers_and_nothing_else(played: Played) -> None:
    played.then(CODE, CODE, WAIT)
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample")
        assert (await made.act(login.id, StepAction.RESEND)).step == CODE
        with pytest.raises(IllegalAnswer):
            await made.act(login.id, StepAction.SUBMIT)
        assert (await made.act(login.id, StepAction.SWITCH)).step == WAIT
        with pytest.raises(IllegalAnswer):
            await made.act(login.id, StepAction.RESEND)
    assert played.asked[1:] == [
        ("act", CODE.type, StepAction.RESEND),
        ("act", CODE.type, StepAction.SWITCH),
    ]


async def test_a_cancelled_login_is_over_and_leaves_nothing(played: Played) -> None:
    played.then(CODE)
    store = MemoryStore()
    async with gateway(ScriptedCarrier(), store=store) as made:
        login = await made.begin_login("sample")
        ended = await made.act(login.id, StepAction.CANCEL)
        assert isinstance(ended.error, SignInCancelled)
        assert (ended.is_over, ended.error.provider) == (True, "sample")
        with pytest.raises(FlowNotFound):
            await made.login_status(login.id)
    assert played.asked == [("start",)]
    assert await store.list_keys(RecordKind.FLOWS) == ()


async def test_a_login_may_end_without_an_account(played: Played) -> None:
    played.then(CODE, Finished())
    store = MemoryStore()
    async with gateway(ScriptedCarrier(), store=store) as made:
        login = await made.begin_login("sample")
        done = await made.submit(login.id, "123456")
    assert (done.is_over, done.accounts, done.error) == (True, (), None)
    assert (done.id, done.provider, done.method) == (login.id, "sample", "password")
    assert await store.list_keys(RecordKind.FLOWS) == ()


# Errors.


async def test_an_error_that_cannot_be_mended_ends_the_login(played: Played) -> None:
    played.then(CODE, AccountLocked())
    store = MemoryStore()
    async with gateway(ScriptedCarrier(), store=store) as made:
        login = await made.begin_login("sample")
        ended = await made.submit(login.id, "123456")
    assert isinstance(ended.error, AccountLocked)
    assert (ended.error.provider, ended.error.operation) == ("sample", "login")
    assert ended.is_over
    assert await store.list_keys(RecordKind.FLOWS) == ()


async def test_an_error_that_can_be_mended_shows_the_step_again(played: Played) -> None:
    played.then(CODE, WrongCode(), CodeExpired(), signed_in)
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample")
        assert await told(made.submit(login.id, "1")) == WrongCode.code
        assert await told(made.submit(login.id, "2")) == CodeExpired.code
        assert await told(made.login_status(login.id)) == CodeExpired.code
        assert (await made.submit(login.id, "3")).accounts == (ACCOUNT,)


@pytest.mark.parametrize("error", [ConnectFailed(), ServerFailure(), ForgedState()])
async def test_what_a_flow_remembered_before_a_passing_failure_is_kept(
    played: Played, error: GatewayError
) -> None:
    def broken(link: Any) -> Next:
        link.state["seen"] = "yes"
        raise error

    played.then(CODE, broken, signed_in)
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample")
        with pytest.raises(type(error)):
            await made.submit(login.id, "1")
        assert (await made.login_status(login.id)).step == CODE
        assert (await made.submit(login.id, "1")).accounts == (ACCOUNT,)
    assert played.links[-1].state["seen"] == "yes"


@pytest.mark.parametrize("error", [ConnectFailed(), ForgedState(), WrongCode(), AccountLocked()])
async def test_a_login_that_cannot_begin_leaves_nothing(
    played: Played, error: GatewayError
) -> None:
    played.then(error)
    store = MemoryStore()
    async with gateway(ScriptedCarrier(), store=store) as made:
        try:
            login = await made.begin_login("sample")
        except GatewayError as raised:
            seen: GatewayError | None = raised
        else:
            seen = login.error
    assert seen is error
    assert (seen.provider, seen.operation) == ("sample", "login")
    assert await store.list_keys(RecordKind.FLOWS) == ()


# What a flow is told, and what becomes of the account.


async def test_a_flow_knows_the_region_and_that_a_person_is_there(played: Played) -> None:
    played.then(CODE, CODE)
    async with gateway(ScriptedCarrier()) as made:
        await made.begin_login("sample", region="77")
        await made.begin_login("sample")
    assert [link.state for link in played.links] == [{"region": "77"}, {}]
    assert all(link.person_present for link in played.links)
    assert len({link.flow_id for link in played.links}) == 2


@pytest.mark.parametrize("label, kept", [("son", "son"), (None, "of the flow")])
async def test_the_persons_own_label_comes_first(
    played: Played, label: str | None, kept: str
) -> None:
    played.then(
        lambda link: SignedIn((replace(session(Token("token"), link), label="of the flow"),))
    )
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample", label=label)
        assert (await made.account(login.accounts[0])).label == kept


async def test_a_login_ends_after_a_quarter_of_an_hour_and_not_before(played: Played) -> None:
    played.then(CODE, CODE)
    clock = VirtualClock(auto=True)
    async with gateway(ScriptedCarrier(), clock=clock) as made:
        login = await made.begin_login("sample")
        await clock.sleep(899)
        await made.submit(login.id, "1")
        await clock.sleep(1)
        with pytest.raises(FlowExpired):
            await made.submit(login.id, "1")


@pytest.mark.parametrize("allowed", [True, False])
async def test_a_method_that_is_only_assumed_is_off(
    played: Played, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    def assumed(*given: Any) -> Declaration:
        method = LoginMethod(name="password", title=TEXT, certainty=Certainty.ASSUMED)
        return replace(plain(*given), login_methods=(method,))

    plain = scripted.declaration
    monkeypatch.setattr(scripted, "declaration", assumed)
    played.then(CODE)
    settings = Settings(allow_assumed_logins=allowed)
    async with gateway(ScriptedCarrier(), settings=settings) as made:
        if allowed:
            assert (await made.begin_login("sample")).step == CODE
        else:
            with pytest.raises(MethodNotOffered, match="only assumed"):
                await made.begin_login("sample")


# Secrets.


async def kept_fields(store: MemoryStore) -> dict[str, str] | None:
    kept = await recall_secret(store, ACCOUNT)
    if kept is None:
        return None
    assert kept.method == "password"
    return {name: value.get_secret_value() for name, value in kept.fields.items()}


@pytest.mark.parametrize("remember", [True, False])
async def test_a_secret_is_kept_where_its_owner_wants_it(played: Played, remember: bool) -> None:
    played.then(FORM, signed_in)
    store = MemoryStore()
    async with gateway(ScriptedCarrier(), store=store) as made:
        await made.login("sample", remember=remember, login="parent", password="a-password")
    assert await kept_fields(store) == (ANSWERED if remember else None)


async def test_a_login_without_a_secret_has_none_to_keep(played: Played) -> None:
    played.then(CODE, signed_in)
    store = MemoryStore()
    async with gateway(ScriptedCarrier(), store=store) as made:
        login = await made.begin_login("sample", remember=True)
        await made.submit(login.id, "123456")
    assert await kept_fields(store) is None


@pytest.mark.parametrize("remember", [True, False])
async def test_a_password_that_is_set_in_a_login_is_the_one_that_is_kept(
    played: Played, remember: bool
) -> None:
    new = Form(
        fields=(
            FormField(name="new_password", label=Words(ru="Новый", en="New"), secret=True),
            FormField(name="hint", label=Words(ru="Намёк", en="Hint"), required=False),
        )
    )
    played.then(FORM, new, signed_in)
    store = MemoryStore()
    async with gateway(ScriptedCarrier(), store=store) as made:
        login = await made.begin_login("sample", remember=remember)
        login = await made.submit(login.id, ANSWER)
        assert login.step == new
        await made.submit(login.id, {"new_password": "newer", "hint": "a dog"})
    wanted = {**ANSWERED, "password": "newer"}
    assert await kept_fields(store) == (wanted if remember else None)


async def test_only_secret_fields_make_a_secret(played: Played) -> None:
    played.then(FORM, WrongCredentials())
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample")
        assert await told(made.submit(login.id, ANSWER)) == WrongCredentials.code
        typed = {**ANSWER, "login": SecretStr(" PARENT")}
        assert await told(made.submit(login.id, typed)) == KnownWrongSecret.code
    assert len(played.asked) == 2


async def test_a_form_that_names_nobody_is_always_sent(played: Played) -> None:
    nameless = Form(fields=(FORM.fields[1],))
    open_form = Form(fields=(FORM.fields[0],))
    played.then(nameless, *[WrongCredentials()] * 5, open_form, *[WrongCredentials()] * 5)
    async with gateway(ScriptedCarrier()) as made:
        for name in ("password", "login"):
            login = await made.begin_login("sample")
            for _ in range(5):
                assert await told(made.submit(login.id, {name: "x"})) == WrongCredentials.code


async def test_a_right_secret_clears_what_was_refused_before_it(played: Played) -> None:
    other = {**ANSWER, "password": SecretStr("another")}
    played.then(FORM, WrongCredentials(), CODE, signed_in, FORM, signed_in)
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample")
        await made.submit(login.id, ANSWER)
        await made.submit(login.id, other)
        await made.submit(login.id, "123456")
        login = await made.begin_login("sample")
        assert (await made.submit(login.id, ANSWER)).accounts == (ACCOUNT,)


async def test_a_form_that_is_shown_again_without_an_error_refuses_nothing(
    played: Played,
) -> None:
    played.then(FORM, FORM, CODE)
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample")
        assert (await made.submit(login.id, ANSWER)).step == FORM
        assert (await made.submit(login.id, ANSWER)).step == CODE


async def test_a_captcha_after_a_secret_is_the_same_attempt(played: Played) -> None:
    refused = FORM.model_copy(update={"error": StepError.of(WrongCredentials())})
    played.then(FORM, CODE, WrongCode(), refused)
    async with gateway(ScriptedCarrier()) as made:
        login = await made.begin_login("sample")
        await made.submit(login.id, ANSWER)
        assert await told(made.submit(login.id, "1")) == WrongCode.code
        assert await told(made.submit(login.id, "2")) == WrongCredentials.code
        assert await told(made.submit(login.id, ANSWER)) == KnownWrongSecret.code
    assert len(played.asked) == 4


async def test_nobody_is_there_when_a_remembered_secret_is_sent(played: Played) -> None:
    played.then(FORM, signed_in, FORM, signed_in)
    clock = VirtualClock(auto=True)
    async with gateway(ScriptedCarrier(), clock=clock) as made:
        await made.login("sample", remember=True, login="parent", password="a-password")
        account = await made._services.keeper.open(ACCOUNT)
        rejected = account.session
        await clock.sleep(600)
        await made._services.keeper.renew(account, rejected)
        assert account.session.epoch == rejected.epoch + 1
    assert [link.person_present for link in played.links] == [True, True, False, False]
    assert [name for name, *_ in played.asked] == ["start", "submit"] * 2
    assert played.asked[-1][-1] == ANSWER


async def test_a_lock_that_a_remembered_secret_meets_needs_the_person(played: Played) -> None:
    played.then(FORM, signed_in, FORM, AccountLocked())
    clock = VirtualClock(auto=True)
    async with gateway(ScriptedCarrier(), clock=clock) as made:
        await made.login("sample", remember=True, login="parent", password="a-password")
        account = await made._services.keeper.open(ACCOUNT)
        await clock.sleep(600)
        with pytest.raises(InteractionRequired) as caught:
            await made._services.keeper.renew(account, account.session)
    assert caught.value.reason == "refused"
    assert isinstance(caught.value.__cause__, AccountLocked)
    assert account.session.status is SessionStatus.NEEDS_LOGIN


async def test_only_secrets_wait_for_their_turn(played: Played) -> None:
    played.then(*[FORM] * 5, *[CODE] * 5, *[CODE] * 5)
    clock = VirtualClock(auto=True)
    begun = clock.monotonic()
    async with gateway(ScriptedCarrier(), clock=clock, settings=Settings(login_rate=1)) as made:
        logins = [await made.begin_login("sample") for _ in range(5)]
        assert clock.monotonic() == begun
        for number, login in enumerate(logins):
            await made.submit(login.id, {"login": f"parent-{number}", "password": "a-password"})
        sent = clock.monotonic()
        assert sent - begun == pytest.approx(4)
        for login in logins:
            await made.submit(login.id, "123456")
        assert clock.monotonic() == sent
