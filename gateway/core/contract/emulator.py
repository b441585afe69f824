"""What every plugin ships to be tried without the real service."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Step

if TYPE_CHECKING:
    from gateway.sandbox.world import World, WorldState

ASGIApp = Any
"""An ASGI application; its own protocol types differ between frameworks."""


@dataclass(frozen=True, slots=True)
class SandboxStudent:
    """A student as `diary sandbox accounts` prints them."""

    id: str
    gateway_id: str
    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxAccount:
    """One account of an emulator.

    Attributes:
        provider: Provider name.
        label: What it shows, such as `parent of two`.
        state: `ok`, or the awkward state that it is in.
        roles: Roles of the person.
        login: Login, where it has one.
        password: Password, where it has one.
        code: The one-time code that will be accepted.
        expired_code: A code that was right once, where the emulator tells it from a wrong one.
        token: A token that may be pasted.
        region: Region code.
        school: School, where the login form asks for it.
        config: What a client must be configured with.
        students: Whose diaries it opens.
        methods: Login methods that work for it.
        key: Key of the account in the world.
    """

    provider: str
    label: str
    state: str
    roles: tuple[str, ...]
    key: str
    login: str | None = None
    password: str | None = None
    code: str | None = None
    expired_code: str | None = None
    token: str | None = None
    region: str | None = None
    school: str | None = None
    config: Mapping[str, str] = field(default_factory=dict)
    students: tuple[SandboxStudent, ...] = ()
    methods: tuple[str, ...] = ()


class Emulator(ABC):
    """A provider's own service over the fictional world."""

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration

    @property
    @abstractmethod
    def hosts(self) -> tuple[str, ...]:
        """Host names that the emulator stands for, served by path on one port."""

    @abstractmethod
    def app(self, world: "World", state: "WorldState", *, origin: str) -> ASGIApp:
        """The ASGI application; absolute URLs in its answers start with `origin`."""

    @abstractmethod
    def accounts(self, world: "World") -> tuple[SandboxAccount, ...]:
        """Its accounts, in every state that the provider knows."""

    @abstractmethod
    def settings(self, origin: str) -> Mapping[str, object]:
        """Provider settings with which the gateway speaks to it."""

    @abstractmethod
    def answer(self, step: Step, account: SandboxAccount, *, origin: str) -> StepInput:
        """What a person with this account would answer to a step."""
