"""Drives login flows: one step at a time, in any process, with nothing kept alive between."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, Protocol

from pydantic import SecretStr

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.declaration import Certainty, Declaration, Instance, LoginMethod
from gateway.core.contract.flow import Finished, LoginFlow, Next, SignedIn, StepInput
from gateway.core.contract.identity import IdentityProvider, beneath
from gateway.core.contract.session import Session
from gateway.core.contract.steps import Form, Step, StepAction, StepError
from gateway.core.errors import (
    AccountMismatch,
    FlowError,
    FlowExpired,
    FlowNotFound,
    GatewayError,
    IllegalAnswer,
    InteractionRequired,
    LoginError,
    MethodNotOffered,
    SignInCancelled,
    WrongCredentials,
)
from gateway.core.login.fit import check_fit
from gateway.core.login.guard import LoginGuard, Sending
from gateway.core.login.link import FlowBearer, FlowLink, RenewingLink, SessionBearer
from gateway.core.login.record import FlowRecord
from gateway.core.login.remedy import stays
from gateway.core.login.status import Login
from gateway.core.login.visiting import VisitingAdapter
from gateway.core.pipeline.account import OpenAccount
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.engine import CallContext, Engine
from gateway.core.pipeline.limiter import HostLimits, Limiter
from gateway.core.pipeline.memo import BoundedMemo
from gateway.core.pipeline.single_flight import SingleFlight
from gateway.core.sessions.keeper import SessionKeeper
from gateway.core.sessions.secrets import RememberedSecret, recall_secret, remember_secret
from gateway.core.sessions.store import RecordKind
from gateway.core.transport.way import Way

FLOW_SECONDS: Final = 900.0
"""Life of a login that nobody goes on with."""

STEP_LEASE: Final = 5.0
"""Seconds to wait for another process that is at the same step."""

_NAMING_FIELD: Final = "login"
_PASSWORD: Final = "password"  # noqa: S105 - the name of a field
_NEW_PASSWORD: Final = "new_password"  # noqa: S105 - likewise
_REMEMBERED: Final = "remembered:"

Move = Callable[[LoginFlow, FlowLink], Awaitable[Next]]


class AdapterSource(Protocol):
    """Where the machine gets adapters and their ways from."""

    def adapter(
        self, declaration: Declaration, instance: Instance, base_urls: Mapping[str, str]
    ) -> Adapter:
        """The adapter of an instance."""
        ...

    def way(self, adapter: Adapter) -> Way:
        """How its requests travel."""
        ...

    def mapping(self, declaration: Declaration, instance: Instance) -> Mapping[str, str]:
        """Where the operator maps the host roles."""
        ...

    def instance(self, declaration: Declaration, key: str | None) -> Instance:
        """An instance by key."""
        ...

    def declaration(self, name: str) -> Declaration:
        """A provider's declaration."""
        ...

    def identity_provider(self, declaration: Declaration, method: str) -> IdentityProvider | None:
        """The sign-in system that a login method goes through, if it is installed."""
        ...


class LoginMachine:
    """All logins of one gateway."""

    def __init__(
        self,
        *,
        source: AdapterSource,
        keeper: SessionKeeper,
        engine: Engine,
        flights: SingleFlight,
        clock: Clock,
        allow_assumed: bool = False,
        login_rate: float | None = None,
    ) -> None:
        self._source = source
        self._keeper = keeper
        self._engine = engine
        self._flights = flights
        self._clock = clock
        self._guard = LoginGuard(keeper.store, clock)
        self._secrets = Limiter(clock)
        self._login_rate = login_rate
        self._limited: set[str] = set()
        self._swept_at = float("-inf")
        self._allow_assumed = allow_assumed

    async def begin(
        self,
        declaration: Declaration,
        *,
        method: str | None = None,
        instance: str | None = None,
        region: str | None = None,
        label: str | None = None,
        remember: bool = False,
        account: str | None = None,
        person_present: bool = True,
    ) -> Login:
        """Begins a login and gives its first step.

        Raises:
            MethodNotOffered: The provider has no such method, or only an assumed one.
            GatewayError: The provider could not be asked.
        """
        await self._sweep()
        chosen = self._method(declaration, method)
        place = self._source.instance(declaration, instance)
        record = FlowRecord(
            id=secrets.token_urlsafe(24),
            provider=declaration.name,
            instance=place.key,
            method=chosen.name,
            expires_at=self._clock.now().timestamp() + FLOW_SECONDS,
            account=account,
            person_present=person_present,
            remember=remember,
            label=label,
            region=region,
        )
        if region is not None:
            record.state["region"] = region
        return await self._move(record, lambda flow, link: flow.start(link), version=0)

    async def status(self, flow_id: str) -> Login:
        """Where a login stands.

        Raises:
            FlowNotFound: It has ended or never began.
        """
        record, _ = await self._load(flow_id)
        return _login(record, step=record.step)

    async def submit(self, flow_id: str, answer: StepInput, *, again: bool = False) -> Login:
        """Answers the step that waits.

        Args:
            flow_id: The login.
            answer: As the step's class says.
            again: The person insists on a secret that was refused before.

        Raises:
            IllegalAnswer: The answer does not fit the step.
            FlowError: The login has ended, is too old, or the answer was forged or replayed.
            GatewayError: The provider could not be asked; the step still waits.
        """

        async def answered(record: FlowRecord, version: int) -> Login:
            step = _waiting(record)
            check_fit(step, answer)
            try:
                sending = await self._sending(record, step, answer, again=again)
            except LoginError as error:
                return await self._failed(record, error, version)
            return await self._move(
                record,
                lambda flow, link: flow.submit(link, step, answer),
                version=version,
                sending=sending,
            )

        return await self._alone(flow_id, answered)

    async def poll(self, flow_id: str) -> Login:
        """Looks whether something that was waited for has happened."""

        async def polled(record: FlowRecord, version: int) -> Login:
            step = _waiting(record)
            if step.poll_after is None:
                raise IllegalAnswer("this step is answered, not waited for")
            return await self._move(
                record, lambda flow, link: flow.poll(link, step), version=version
            )

        return await self._alone(flow_id, polled)

    async def act(self, flow_id: str, action: StepAction) -> Login:
        """Does what a step offers besides an answer: resend, switch or cancel."""

        async def acted(record: FlowRecord, version: int) -> Login:
            step = _waiting(record)
            if action not in step.actions or action is StepAction.SUBMIT:
                raise IllegalAnswer(f"{action.value} is not possible at this step")
            if action is StepAction.CANCEL:
                await self._erase(record)
                return _login(record, error=SignInCancelled(provider=record.provider))
            return await self._move(
                record, lambda flow, link: flow.act(link, step, action), version=version
            )

        return await self._alone(flow_id, acted)

    async def refresh(self, account: OpenAccount) -> Session:
        """Sends the refresh of a session; the keeper holds the lease."""
        bearer = SessionBearer(account.session, account.adapter)
        call = self._call(bearer, account.adapter, by_person=False)
        link = RenewingLink(
            account,
            self._engine,
            call,
            self._clock,
            bearer=bearer,
            keep=lambda session: self._keeper.keep(account, session),
        )
        return await account.adapter.refresh(link, account.session)

    async def unattended(self, account: OpenAccount) -> bool:
        """Signs in with a remembered secret; False if its owner wanted none kept."""
        remembered = await recall_secret(self._keeper.store, account.key)
        if remembered is None:
            return False
        login = await self.begin(
            account.adapter.declaration,
            method=remembered.method,
            instance=account.session.instance,
            account=account.key,
            person_present=False,
        )
        if isinstance(login.step, Form):
            asked = {field.name for field in login.step.fields}
            known = {name: value for name, value in remembered.fields.items() if name in asked}
            login = await self.submit(login.id, known)
        if login.step is not None:
            await self.act(login.id, StepAction.CANCEL)
            if login.step.error is not None:
                raise login.step.error.to_error(login.provider)
            raise InteractionRequired(method=remembered.method, reason="second_factor")
        login.raise_if_failed()
        return True

    async def _sweep(self) -> None:
        """Erases logins that nobody went on with, at most once in their lifetime."""
        now = self._clock.monotonic()
        if now - self._swept_at < FLOW_SECONDS:
            return
        self._swept_at = now
        store = self._keeper.store
        for key in await store.list_keys(RecordKind.FLOWS):
            with suppress(FlowExpired, FlowNotFound):
                await self._load(key)

    async def _alone(
        self, flow_id: str, do: Callable[[FlowRecord, int], Awaitable[Login]]
    ) -> Login:
        """Runs one move of a login, in no other process at the same time.

        Detached with all that it records: who asked may leave, but a secret that was sent, and
        what came of it, is known afterwards.
        """
        store = self._keeper.store

        async def held() -> Login:
            async with store.lease(RecordKind.FLOWS, flow_id, seconds=STEP_LEASE):
                record, version = await self._load(flow_id)
                return await do(record, version)

        return await self._flights.run_alone(held)

    async def _load(self, flow_id: str) -> tuple[FlowRecord, int]:
        stored = await self._keeper.store.load(RecordKind.FLOWS, flow_id)
        if stored is None:
            raise FlowNotFound("no such login; it may have ended")
        record = FlowRecord.from_bytes(stored.payload)
        now = self._clock.now()
        if now.timestamp() >= record.expires_at:
            await self._erase(record)
            raise FlowExpired("the login was begun too long ago", provider=record.provider)
        return record, stored.version

    async def _move(
        self, record: FlowRecord, move: Move, *, version: int, sending: Sending | None = None
    ) -> Login:
        """Runs one move detached, keeps what it changed, and tells where the login stands."""
        declaration = self._source.declaration(record.provider)
        system = self._source.identity_provider(declaration, record.method)
        adapter = self._adapter(declaration, record.instance, system)
        flow = adapter.login_flow(record.method)
        bearer = FlowBearer(record, VisitingAdapter.of(adapter, system))
        call = self._call(bearer, adapter, by_person=record.person_present)

        def place(instance: str) -> tuple[Adapter, Way]:
            other = self._adapter(declaration, instance, system)
            return VisitingAdapter.of(other, system), self._source.way(other)

        link = FlowLink(
            record, adapter, self._engine, call, self._clock, BoundedMemo(), place=place
        )

        async def moved() -> Next:
            if sending is None:
                return await move(flow, link)
            host = self._login_host(record, declaration)
            async with self._secrets.slot(host, record.id, call.deadline):
                return await move(flow, link)

        try:
            following = await self._flights.run_alone(moved)
        except GatewayError as error:
            error.located(provider=record.provider, operation="login")
            await self._learn(record, error)
            return await self._failed(record, error, version)
        if isinstance(following, SignedIn):
            if record.sent is not None:
                await self._guard.resumed(*record.sent).went_well()
            return await self._signed_in(record, following)
        if isinstance(following, Finished):
            await self._erase(record)
            return _login(record)
        if record.sent is not None and following.error is not None:
            await self._learn(record, following.error.to_error(record.provider))
        elif sending is not None:
            await sending.goes_on()
        record.step = following
        await self._save(record, version)
        return _login(record, step=following)

    async def _learn(self, record: FlowRecord, error: GatewayError) -> None:
        """Remembers what an error tells of the secret that was sent in this login."""
        if record.sent is not None:
            await self._guard.resumed(*record.sent).failed(error)
            if isinstance(error, WrongCredentials):
                record.sent = None

    def _login_host(self, record: FlowRecord, declaration: Declaration) -> str:
        """The instance as the limiter of secrets knows it (resilience notes 3)."""
        host = f"{record.provider}@{record.instance}"
        if host not in self._limited:
            limits = declaration.limits
            rate = self._login_rate or limits.login_rate
            self._secrets.configure(
                host,
                HostLimits(concurrency=limits.login_concurrency, account_concurrency=1, rate=rate),
            )
            self._limited.add(host)
        return host

    async def _failed(self, record: FlowRecord, error: GatewayError, version: int) -> Login:
        """Shows the same step again, ends the login, or passes a passing failure on."""
        if record.step is not None and isinstance(error, LoginError) and stays(error):
            record.step = record.step.model_copy(update={"error": StepError.of(error)})
            await self._save(record, version)
            return _login(record, step=record.step)
        if not isinstance(error, LoginError) or isinstance(error, FlowError):
            if record.step is not None:
                await self._save(record, version)
            raise error
        await self._erase(record)
        return _login(record, error=error)

    def _adapter(
        self, declaration: Declaration, instance: str, system: IdentityProvider | None
    ) -> Adapter:
        place = beneath(self._source.instance(declaration, instance), system)
        return self._source.adapter(declaration, place, self._source.mapping(declaration, place))

    async def _signed_in(self, record: FlowRecord, end: SignedIn) -> Login:
        declaration = self._source.declaration(record.provider)
        await self._erase(record)
        if record.account is not None:
            same = [item for item in end.sessions if item.account == record.account]
            if not same:
                raise AccountMismatch(provider=record.provider)
            end = SignedIn(tuple(same))
        for session in end.sessions:
            place = self._source.instance(declaration, session.instance)
            base_urls = dict(self._source.mapping(declaration, place))
            made = replace(session, base_urls=base_urls, label=record.label or session.label)
            await self._keeper.adopt(made)
            if record.remember:
                await self._remember(record, made)
        return _login(record, accounts=tuple(item.account for item in end.sessions))

    async def _remember(self, record: FlowRecord, session: Session) -> None:
        kept = {
            name.removeprefix(_REMEMBERED): value
            for name, value in record.secrets.items()
            if name.startswith(_REMEMBERED)
        }
        if kept:
            secret = RememberedSecret(
                account=session.account,
                method=session.method,
                fields=kept,
                saved_at=self._clock.now(),
            )
            await remember_secret(self._keeper.store, secret)

    async def _sending(
        self, record: FlowRecord, step: Step, answer: StepInput, *, again: bool
    ) -> Sending | None:
        """Asks whether a password may be sent; None where no account could be locked by it."""
        if not isinstance(step, Form) or not isinstance(answer, Mapping):
            return None
        if record.remember and _NEW_PASSWORD in answer:
            record.secrets[_REMEMBERED + _PASSWORD] = _secret(answer[_NEW_PASSWORD])
        if _NAMING_FIELD not in answer:
            return None
        hidden = {
            item.name: _secret(answer[item.name])
            for item in step.fields
            if item.secret and item.name in answer
        }
        if not hidden:
            return None
        if record.remember:
            kept = {name: _secret(value) for name, value in answer.items()}
            record.secrets.update({_REMEMBERED + name: value for name, value in kept.items()})
        # The same secret at another school, or as somebody else, is another attempt.
        attempt = {name: _secret(value) for name, value in answer.items() if name != _NAMING_FIELD}
        installation = record.instance.partition(".")[0]  # whichever school was moved to meanwhile
        sending = await self._guard.sending(
            f"{record.provider}@{installation}",
            attempt,
            _secret(answer[_NAMING_FIELD]).get_secret_value(),
            by_person=record.person_present,
            again=again,
        )
        record.sent = (sending.place, sending.mark)
        return sending

    def _call(
        self, bearer: FlowBearer | SessionBearer, adapter: Adapter, *, by_person: bool
    ) -> CallContext:
        seconds = adapter.declaration.limits.call_seconds
        return CallContext(
            bearer=bearer,
            way=self._source.way(adapter),
            deadline=Deadline.after(self._clock, seconds),
            by_person=by_person,
        )

    def _method(self, declaration: Declaration, name: str | None) -> LoginMethod:
        method = declaration.login_method(name)
        if method is None:
            known = ", ".join(item.name for item in declaration.login_methods)
            raise MethodNotOffered(
                f"{declaration.name} has no login method {name!r}; there are: {known}",
                provider=declaration.name,
            )
        if method.certainty is Certainty.ASSUMED and not self._allow_assumed:
            raise MethodNotOffered(
                f"the wire form of {method.name!r} is only assumed; it is off for real hosts",
                provider=declaration.name,
            )
        return method

    async def _save(self, record: FlowRecord, version: int) -> None:
        await self._keeper.store.save(
            RecordKind.FLOWS, record.id, record.to_bytes(), if_version=version
        )

    async def _erase(self, record: FlowRecord) -> None:
        await self._keeper.store.delete(RecordKind.FLOWS, record.id)


def _secret(value: str | SecretStr) -> SecretStr:
    return value if isinstance(value, SecretStr) else SecretStr(value)


def _waiting(record: FlowRecord) -> Step:
    if record.step is None:
        raise FlowNotFound("the login has no step to go on with")
    return record.step


def _login(
    record: FlowRecord,
    *,
    step: Step | None = None,
    accounts: tuple[str, ...] = (),
    error: LoginError | None = None,
) -> Login:
    return Login(
        id=record.id,
        provider=record.provider,
        method=record.method,
        step=step,
        accounts=accounts,
        error=error,
    )
