"""What one case plays on: a lane, a gateway in a hurry, and the people of the fictional school."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Final

from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.emulator import SandboxAccount
from gateway.core.contract.session import Session
from gateway.core.contract.steps import Step
from gateway.core.login.status import Login
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.codec import SessionCodec
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.core.transport.client import Transport
from gateway.sandbox.connecting import SANDBOX_LOGIN_RATE, emulator_of
from gateway.testing.canaries import Canaries, people_of
from gateway.testing.config import SCHOOL_DAY
from gateway.testing.worlds import world_of
from tests.faults.carrier import HurriedCarrier, resolver_without
from tests.faults.clock import ScaledClock
from tests.faults.door import Door, LaneDoor
from tests.faults.server import SEED

SCALE: Final = 100.0
"""By how much intervals are divided."""

_SCHOOL_HOUR: Final = time(11, tzinfo=UTC)
_MOST_STEPS: Final = 20
_DESCRIPTORS: Final = Path("/proc/self/fd")


class Cast:
    """A provider's people, the same in every case and in the server's process.

    Attributes:
        good: What calls give where nothing goes wrong, by name.
        people: Keys of the accounts that take part.
    """

    people = frozenset({"account-parent-one", "account-parent-two", "account-consent"})

    def __init__(self, provider: str) -> None:
        self.provider = provider
        self.registry = Registry()
        self.declaration = self.registry.provider(provider)
        self.emulator = emulator_of(self.declaration)
        self.world = world_of(SEED, SCHOOL_DAY)
        self.good: dict[str, object] = {}
        self._templates: dict[tuple[str, str], Session] = {}

    @cached_property
    def accounts(self) -> Mapping[str, SandboxAccount]:
        """All accounts of the emulator by their key in the world."""
        return {item.key: item for item in self.emulator.accounts(self.world)}

    @cached_property
    def canaries(self) -> Canaries:
        """Secrets of all accounts, and names of all who take part."""
        found = Canaries()
        for account in self.accounts.values():
            found.add_account(account)
            if account.key in self.people:
                students = [student.key for student in account.students]
                for person in people_of(self.world, students):
                    found.add_person(self.world, person)
        return found

    async def session(self, account: str, method: str, stage: "Stage") -> Session:
        """A session that holds on every lane; signed in for once in a process.

        Only for methods whose credentials every running emulator knows from the start.
        """
        found = self._templates.get((account, method))
        if found is None:
            (key,) = await stage.sign_in(account, method)
            found = await stage.stored(key)
            self._templates[account, method] = found
        return replace(found, base_urls=dict.fromkeys(found.base_urls, stage.lane.origin))


@dataclass
class Stage:
    """One case's gateway over one lane.

    Attributes:
        cast: The people.
        lane: Where the emulator is.
        clock: The gateway's time.
        carrier: Its way to the sockets.
        store: Its store.
        gateway: The gateway.
        errors: Every error that was seen, to be searched for secrets.
        shown: Texts that were shown, likewise.
    """

    cast: Cast
    lane: LaneDoor
    clock: ScaledClock
    carrier: HurriedCarrier
    store: MemoryStore
    gateway: AsyncGateway
    errors: list[BaseException] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    # Sessions.

    async def adopt(self, account: str, method: str) -> str:
        """Puts a signed-in account into the store; gives its key."""
        session = await self.cast.session(account, method, self)
        await self.put(session)
        return session.account

    async def put(self, session: Session) -> None:
        """Stores a session."""
        payload = SessionCodec().encode(session)
        await self.store.save(RecordKind.SESSIONS, session.account, payload, if_version=None)

    async def stored(self, key: str) -> Session:
        """A session as it is in the store."""
        found = await self.store.load(RecordKind.SESSIONS, key)
        assert found is not None
        return SessionCodec().decode(found.payload)

    # Signing in.

    def answer(self, step: Step, account: str) -> object:
        """What the person of an account answers to a step."""
        return self.cast.emulator.answer(step, self.cast.accounts[account], origin=self.lane.origin)

    async def begin(self, account: str, method: str, *, steps: int = 0) -> Login:
        """Begins a login and answers the first steps of it."""
        person = self.cast.accounts[account]
        login = await self.gateway.begin_login(
            self.cast.provider, method=method, region=person.region
        )
        for _ in range(steps):
            login = await self.go_on(login, account)
        return login

    async def go_on(self, login: Login, account: str) -> Login:
        """Answers the step that waits.

        Raises:
            GatewayError: Also where the login tells its error rather than raises it.
        """
        assert login.step is not None
        login = await self.gateway.submit(login.id, self.answer(login.step, account))  # type: ignore[arg-type]  # as the emulator says
        if login.error is not None:
            raise login.error
        if login.step is not None and login.step.error is not None:
            raise login.step.error.to_error()
        return login

    async def sign_in(self, account: str, method: str) -> tuple[str, ...]:
        """Signs in from beginning to end."""
        login = await self.begin(account, method)
        for _ in range(_MOST_STEPS):
            if login.step is None:
                return login.accounts
            login = await self.go_on(login, account)
        raise AssertionError("the login does not end")

    # What is left behind.

    @property
    def busy(self) -> str:
        """What the gateway still does; empty if nothing."""
        services = self.gateway._services
        limiter = services.engine.limiter
        counts = {
            "calls": services.flights.running,
            "slots": limiter.in_flight(self.lane.origin),
            "queue": limiter.waiting(self.lane.origin),
        }
        return ", ".join(f"{count} {name}" for name, count in counts.items() if count)

    async def until_idle(self, within: float = 5.0) -> None:
        """Lets calls that were left end by themselves."""
        end = asyncio.get_running_loop().time() + within
        while self.busy:
            assert asyncio.get_running_loop().time() < end, f"still there: {self.busy}"
            await asyncio.sleep(0.001)


@asynccontextmanager
async def staged(
    cast: Cast, door: Door, *, scale: float = SCALE, places: Mapping[str, str] | None = None
) -> AsyncIterator[Stage]:
    """A stage for the time of a block."""
    found = places if places is not None else await door.ask("places")
    async with door.lane() as lane:
        with resolver_without():
            clock = ScaledClock(scale, start=datetime.combine(SCHOOL_DAY, _SCHOOL_HOUR))
            carrier = HurriedCarrier(clock, found)
            store = MemoryStore(clock=clock)
            gateway = AsyncGateway(
                settings=_settings(cast, lane.origin),
                store=store,
                registry=cast.registry,
                clock=clock,
                transport=Transport(carrier),
            )
            async with gateway:
                yield Stage(cast, lane, clock, carrier, store, gateway)


def _settings(cast: Cast, origin: str) -> Settings:
    return Settings(
        providers={cast.provider: dict(cast.emulator.settings(origin))},
        login_rate=SANDBOX_LOGIN_RATE,
        allow_assumed_logins=True,
    )


def open_sockets() -> int:
    """Sockets of this process; 0 where the system does not tell."""
    found = 0
    for link in _DESCRIPTORS.iterdir() if _DESCRIPTORS.is_dir() else ():
        with suppress(OSError):  # the one that lists them is closed meanwhile
            found += str(link.readlink()).startswith("socket:")
    return found
