"""The gateway: providers, logins, accounts and diaries behind one object."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import SystemRandom
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from pydantic import SecretStr

from gateway.core.client.caller import Caller
from gateway.core.client.diary import AsyncDiary
from gateway.core.client.options import CallOptions
from gateway.core.client.services import Services
from gateway.core.config import Settings
from gateway.core.contract.capability import Capability, SupportInfo
from gateway.core.contract.declaration import Declaration
from gateway.core.contract.flow import StepInput
from gateway.core.contract.observer import CallObserver
from gateway.core.contract.session import SessionStatus
from gateway.core.contract.steps import Form, Step, StepAction
from gateway.core.errors import (
    GatewayClosed,
    GatewayError,
    InteractionRequired,
    InvalidRequest,
    RegionNotServed,
)
from gateway.core.login.machine import LoginMachine
from gateway.core.login.status import Login
from gateway.core.model import Answer, Application, Student
from gateway.core.model.people import Role
from gateway.core.pipeline.clock import Clock, SystemClock
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordStore

if TYPE_CHECKING:
    from gateway.core.regions import RegionDirectory
    from gateway.core.transport.client import Transport

Ask = Callable[[Step], Awaitable[StepInput]]
"""Asks the person what a step wants to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A signed-in account, without its secrets.

    Attributes:
        key: Key for `diary()`, `reauthenticate()` and `sign_out()`.
        students: Unified ids of the students whose diaries it opens.
        base_urls: Where the operator mapped the host roles when it was made; empty if nowhere.
    """

    key: str
    provider: str
    instance: str
    method: str
    role: Role
    label: str | None
    status: SessionStatus
    students: tuple[str, ...]
    base_urls: Mapping[str, str] = field(default_factory=dict)


class AsyncGateway:
    """One API to the e-diaries of all installed providers.

    Use it as an asynchronous context manager; on the way out, calls under way get five seconds
    and every connection is closed.
    """

    def __init__(
        self,
        *,
        settings: Settings | None = None,
        store: RecordStore | None = None,
        registry: Registry | None = None,
        observers: tuple[CallObserver, ...] = (),
        clock: Clock | None = None,
        transport: "Transport | None" = None,
    ) -> None:
        """Prepares a gateway; nothing is sent.

        Args:
            settings: Defaults if absent; the environment is read only by `Settings.load()`.
            store: Where sessions and logins are kept; in memory if absent.
            registry: Plugins; the installed ones if absent.
            observers: Told of calls, attempts and breakers.
            clock: Source of time.
            transport: Carries requests; made from the settings if absent.
        """
        self.settings = settings if settings is not None else Settings()
        self.registry = registry if registry is not None else Registry()
        self._clock = clock if clock is not None else SystemClock()
        self._services = Services(
            settings=self.settings,
            registry=self.registry,
            store=store if store is not None else MemoryStore(clock=self._clock),
            transport=transport if transport is not None else make_transport(self.settings),
            clock=self._clock,
            rng=SystemRandom(),
            observers=observers,
        )
        self._logins = LoginMachine(
            source=self._services,
            keeper=self._services.keeper,
            engine=self._services.engine,
            flights=self._services.flights,
            clock=self._clock,
            allow_assumed=self.settings.allow_assumed_logins,
            login_rate=self.settings.login_rate,
        )
        self._services.keeper.renewer = self._logins
        self._caller = Caller(self._services)
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Takes no new calls, lets those under way end within 5 s, and closes everything."""
        if self._closed:
            return
        self._closed = True
        await self._services.flights.aclose()
        for account in self._services.keeper.opened:
            await self._services.keeper.save_changes(account, now=True)
        await self._services.transport.aclose()

    # What there is.

    @property
    def providers(self) -> Mapping[str, Declaration]:
        """Declarations of the installed providers by name."""
        return self.registry.providers

    @property
    def regions(self) -> "RegionDirectory":
        """The region directory, overlaid by the operator's file if one is set."""
        from gateway.core.regions import load_directory  # noqa: PLC0415 - read on demand

        return load_directory(self.settings.regions_file)

    def provider_for_region(self, region: str) -> tuple[Declaration, str]:
        """The provider of a region and its instance there.

        Raises:
            UnknownRegion: There is no such region.
            RegionNotServed: No installed plugin speaks to its system; the error names it.
        """
        found = self.regions.get(region)
        serving = self.registry.for_region(found.code)
        if not serving:
            text = self.regions.explain(found.code)
            raise RegionNotServed(
                f"no installed plugin speaks to {found.platform!r}",
                text=text,
                context={"region": found.code, "platform": found.platform},
            )
        declaration, instance = serving[0]
        return declaration, instance

    # Signing in.

    async def begin_login(
        self,
        provider: str | None = None,
        *,
        method: str | None = None,
        instance: str | None = None,
        region: str | None = None,
        label: str | None = None,
        remember: bool = False,
    ) -> Login:
        """Begins a login; drive it by `submit()`, `poll()` and `act()`, in any process.

        Args:
            provider: Provider name; found by `region` if absent.
            method: Login method; the provider's first if absent.
            instance: Instance key; the region's or the default if absent.
            region: Region code, where the provider serves several.
            label: The user's own label for the account.
            remember: Keep the secret, encrypted, for unattended sign-ins.

        Raises:
            MethodNotOffered: The provider has no such method.
            RegionNotServed: No installed plugin speaks to the region's system.
            GatewayError: The provider could not be asked.
        """
        declaration, place = self._provider(provider, instance, region)
        return await self._logins.begin(
            declaration,
            method=method,
            instance=place,
            region=region,
            label=label,
            remember=remember,
        )

    async def login_status(self, login_id: str) -> Login:
        """Where a login stands."""
        return await self._logins.status(login_id)

    async def submit(self, login_id: str, answer: StepInput, *, again: bool = False) -> Login:
        """Answers the step that waits; `again` insists on a secret that was refused before.

        Raises:
            FlowError: The answer does not fit, was forged or replayed, or the login is over.
            GatewayError: The provider could not be asked; the step still waits.
        """
        return await self._logins.submit(login_id, answer, again=again)

    async def poll(self, login_id: str) -> Login:
        """Looks whether something that a step waits for has happened."""
        return await self._logins.poll(login_id)

    async def act(self, login_id: str, action: StepAction) -> Login:
        """Resends a code, switches its way, or cancels the login."""
        return await self._logins.act(login_id, action)

    async def login(
        self,
        provider: str | None = None,
        *,
        ask: Ask | None = None,
        method: str | None = None,
        instance: str | None = None,
        region: str | None = None,
        label: str | None = None,
        remember: bool = False,
        **fields: str | SecretStr,
    ) -> tuple[Account, ...]:
        """Signs in from beginning to end.

        Args:
            provider: As `begin_login()`.
            ask: Asks the person whatever `fields` do not tell.
            method: As `begin_login()`.
            instance: As `begin_login()`.
            region: As `begin_login()`.
            label: As `begin_login()`.
            remember: As `begin_login()`.
            **fields: Answers to the first form, such as `login` and `password`.

        Raises:
            LoginError: It ended badly, or the answer was refused and nobody can be asked.
            InteractionRequired: A further step waits and nobody can be asked.
        """
        login = await self.begin_login(
            provider,
            method=method,
            instance=instance,
            region=region,
            label=label,
            remember=remember,
        )
        given: Mapping[str, str | SecretStr] | None = fields or None
        while (step := login.step) is not None:
            if given is not None and isinstance(step, Form):
                answer: StepInput = given
                given = None
            elif ask is not None:
                answer = await ask(step)
            else:
                await self._logins.act(login.id, StepAction.CANCEL)
                raise _cannot_ask(login, step)
            login = await self.submit(login.id, answer)
        login.raise_if_failed()
        return tuple([await self.account(key) for key in login.accounts])

    async def reauthenticate(self, account: str, *, method: str | None = None) -> Login:
        """Begins a login that renews an account; it must end in the same account.

        Raises:
            AccountNotFound: There is no such account.
        """
        opened = await self._services.keeper.open(account)
        session = opened.session
        return await self._logins.begin(
            opened.adapter.declaration,
            method=method or session.method,
            instance=session.instance,
            label=session.label,
            account=account,
        )

    # Accounts.

    async def accounts(self) -> tuple[Account, ...]:
        """All stored accounts of installed providers."""
        keys = await self._services.keeper.accounts()
        known = [key for key in keys if key.split(":")[0].split("@")[0] in self.providers]
        return tuple([await self.account(key) for key in known])

    async def account(self, key: str) -> Account:
        """One stored account.

        Raises:
            AccountNotFound: There is none with this key.
        """
        session = (await self._services.keeper.open(key)).session
        return Account(
            key=session.account,
            provider=session.provider,
            instance=session.instance,
            method=session.method,
            role=session.role,
            label=session.label,
            status=session.status,
            students=tuple(student.id for student in session.students),
            base_urls=session.base_urls,
        )

    async def sign_out(self, account: str) -> None:
        """Ends a session at the provider where it can be ended, and erases the account here."""
        opened = await self._services.keeper.open(account)
        with suppress(GatewayError):  # the provider's end of it is a courtesy; ours the promise
            await self._caller.sign_out(opened)
        await self.erase(account)

    async def erase(self, account: str) -> None:
        """Removes all that is kept of an account; late results are dropped."""
        await self._services.keeper.forget(account)

    # Diaries.

    async def students(self, **options: Unpack[CallOptions]) -> tuple[Student, ...]:
        """Children of all stored accounts, each with its account and the user's own label.

        Raises:
            GatewayError: One account's children could not be listed.
        """
        found: list[Student] = []
        for account in await self.accounts():
            found.extend((await self.list_students(account.key, **options)).value)
        return tuple(found)

    async def list_students(
        self, account: str, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Student, ...]]:
        """Children of one account, or the student themselves."""
        return await self._caller.students(account, options)

    async def list_applications(
        self, account: str, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Application, ...]]:
        """Applications for access that one account has filed."""
        return await self._caller.read("list_applications", account, None, {}, options)

    async def diary(self, student: "Student | str", *, account: str | None = None) -> AsyncDiary:
        """A student's diary.

        Args:
            student: A student, or a unified id.
            account: Account to read it with; the student's own, or any that sees them.

        Raises:
            AccountNotFound: No stored account sees the student.
        """
        student_id = student if isinstance(student, str) else student.id
        if account is None and not isinstance(student, str):
            account = student.account
        key = account or await self._caller.account_of(student_id)
        await self._services.keeper.open(key)
        return AsyncDiary(self._caller, key, student_id)

    async def supports(
        self, capability: Capability, student: "Student | str", *, account: str | None = None
    ) -> SupportInfo:
        """What a student's diary says of a capability; sends nothing."""
        return (await self.diary(student, account=account)).supports(capability)

    def _provider(
        self, provider: str | None, instance: str | None, region: str | None
    ) -> tuple[Declaration, str | None]:
        if self._closed:
            raise GatewayClosed
        if provider is not None:
            declaration = self.registry.provider(provider)
            serving = (item.key for item in declaration.instances if region in item.regions)
            return declaration, instance or next(serving, None)
        if region is None:
            raise InvalidRequest("name a provider or a region")
        declaration, place = self.provider_for_region(region)
        return declaration, instance or place


def _cannot_ask(login: Login, step: Step) -> GatewayError:
    if step.error is not None:
        return step.error.to_error(login.provider)
    return InteractionRequired(
        f"the login goes on with {step.type}; pass `ask`",
        method=login.method,
        reason=step.type,
        provider=login.provider,
    )


def make_transport(settings: Settings) -> "Transport":
    """The transport of a gateway, by its settings."""
    from gateway.core.transport.making import make  # noqa: PLC0415 - httpx loads with it

    return make(fast=settings.fast)
