"""The bench that scenarios work on: one provider, its emulator served, gateways over its stores."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Final

from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability, SupportInfo
from gateway.core.contract.declaration import Declaration, LoginMethod
from gateway.core.contract.emulator import Emulator, SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.loading import load
from gateway.core.contract.observer import AttemptEvent, BreakerEvent, CallEvent
from gateway.core.contract.session import Session
from gateway.core.contract.steps import Step
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.codec import SessionCodec
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.core.wire.request import RequestKind
from gateway.testing.config import SuiteConfig
from gateway.testing.hasty_clock import HastyClock
from gateway.testing.recording import Traffic, WatchedSandbox

_SCHOOL_HOUR: Final = time(11, tzinfo=UTC)
"""The same calendar day in every zone of Russia."""

_CLOSERS: Final = ThreadPoolExecutor(thread_name_prefix="closing-benches")
"""A server takes a fifth of a second to end; the next scenario need not wait for that."""

OPENING_STATES: Final = frozenset(
    {"ok", "second_factor", "captcha", "consent", "linking_offer", "two_identities"}
)
"""States of accounts that open in the end, some after a further step."""


class Attempts:
    """An observer that keeps every attempt of a gateway."""

    def __init__(self) -> None:
        self.all: list[AttemptEvent] = []

    def on_call(self, event: CallEvent) -> None:
        """Calls are not counted."""

    def on_attempt(self, event: AttemptEvent) -> None:
        """Keeps it."""
        self.all.append(event)

    def on_breaker(self, event: BreakerEvent) -> None:
        """Breakers are not counted."""

    def of(self, *kinds: RequestKind) -> tuple[AttemptEvent, ...]:
        """The attempts of some kinds."""
        return tuple(event for event in self.all if event.kind in kinds)


@dataclass(frozen=True, slots=True)
class Door:
    """A login method together with an account that it opens."""

    method: str
    account: SandboxAccount


class Bench:
    """One provider under test.

    Attributes:
        config: What the provider's author told.
        registry: The plugins.
        declaration: The provider's declaration.
        traffic: What goes over the wire.
        clock: The time of every gateway of this bench.
        answers: What scenarios of one class share (see `gateway.testing.sweep`).
    """

    def __init__(self, provider: str, config: SuiteConfig) -> None:
        self.provider = provider
        self.config = config
        self.registry = config.registry if config.registry is not None else Registry()
        self.declaration: Declaration = self.registry.provider(provider)
        self.traffic = Traffic()
        self.clock = HastyClock(start=datetime.combine(config.today, _SCHOOL_HOUR))
        self.answers: object = None
        self._sandbox = WatchedSandbox(
            self.registry, seed=config.seed, today=config.today, traffic=self.traffic
        )
        self._stack = ExitStack()
        self._closing: list[Future[None]] = []

    def supports(self) -> Iterator[tuple[str, Capability, SupportInfo]]:
        """Every capability as the provider, and as each instance declares it, with whose it is."""
        for capability in Capability:
            yield "provider", capability, self.declaration.supports(capability)
        for instance in self.declaration.instances:
            for capability, info in instance.capabilities.items():
                yield instance.key, capability, info

    # The emulator.

    @cached_property
    def adapter_class(self) -> type[Adapter]:
        """The provider's adapter."""
        return load(self.declaration.adapter, Adapter)

    @cached_property
    def emulator(self) -> Emulator:
        """The provider's emulator."""
        return self._sandbox.emulator(self.provider)

    @cached_property
    def accounts(self) -> tuple[SandboxAccount, ...]:
        """All accounts of the emulator."""
        return self.emulator.accounts(self._sandbox.world)

    @cached_property
    def origin(self) -> str:
        """Where the emulator is served, from the first use to `close()`."""
        ports = {self.provider: 0}
        (served,) = self._stack.enter_context(self._sandbox.serving(ports))
        return served.origin

    def close(self) -> None:
        """Ends the emulator's server, and those of fresh benches that are still ending."""
        self._stack.close()
        for ending in self._closing:
            ending.result()

    @contextmanager
    def fresh(self) -> Iterator["Bench"]:
        """A bench of its own over the same world: for what changes accounts or diaries."""
        bench = Bench(self.provider, self.config)
        try:
            yield bench
        finally:
            self._closing.append(_CLOSERS.submit(bench.close))

    def method(self, name: str) -> LoginMethod:
        """A declared login method.

        Raises:
            KeyError: There is none of this name.
        """
        return {item.name: item for item in self.declaration.login_methods}[name]

    def answer(self, step: Step, account: SandboxAccount) -> StepInput:
        """What the person of an account answers to a step."""
        return self.emulator.answer(step, account, origin=self.origin)

    def doors(self, method: str | None = None) -> tuple[Door, ...]:
        """Accounts that open, each with the first declared method that works for it.

        Args:
            method: Only this one, even if it ends without opening an account.
        """
        methods = [item.name for item in self.declaration.login_methods if item.opens_account]
        wanted = methods if method is None else [method]
        found: list[Door] = []
        for account in self.accounts:
            own = [name for name in wanted if name in account.methods]
            if own and account.students and account.state in OPENING_STATES:
                found.append(Door(own[0], account))
        return tuple(found)

    # Gateways.

    def gateway(
        self,
        store: MemoryStore | None = None,
        *,
        attempts: Attempts | None = None,
        **settings: object,
    ) -> AsyncGateway:
        """A gateway that speaks to the emulator.

        Args:
            store: Its store; an empty one if absent.
            attempts: Told of every attempt.
            **settings: Further settings of the provider.
        """
        sandbox = self._sandbox
        own = {**self.emulator.settings(self.origin), **settings}
        return AsyncGateway(
            settings=sandbox.settings(()).with_provider(self.provider, **own),
            store=store if store is not None else MemoryStore(clock=self.clock),
            registry=self.registry,
            observers=() if attempts is None else (attempts,),
            clock=self.clock,
        )

    def store(self) -> MemoryStore:
        """An empty store."""
        return MemoryStore(clock=self.clock)


async def sessions_of(store: MemoryStore) -> Mapping[str, Session]:
    """The sessions of a store by account."""
    codec = SessionCodec()
    found: dict[str, Session] = {}
    for key in await store.list_keys(RecordKind.SESSIONS):
        stored = await store.load(RecordKind.SESSIONS, key)
        if stored is not None:
            found[key] = codec.decode(stored.payload)
    return found


async def copy_of(store: MemoryStore, bench: Bench) -> MemoryStore:
    """A store with the same sessions: what a scenario does to them harms no other."""
    copy = bench.store()
    for key in await store.list_keys(RecordKind.SESSIONS):
        stored = await store.load(RecordKind.SESSIONS, key)
        if stored is not None:
            await copy.save(RecordKind.SESSIONS, key, stored.payload, if_version=None)
    return copy
