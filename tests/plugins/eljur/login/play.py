"""Plays logins in the whole gateway; every move is made by another process over the same store."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import gateway_eljur.plugin
from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.flow import StepInput
from gateway.core.contract.session import Session
from gateway.core.contract.steps import StepAction
from gateway.core.login.record import FlowRecord
from gateway.core.login.status import Login
from gateway.core.registry.plugins import Registry
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import Exchange, StreamingCarrier
from gateway.testing.clock import VirtualClock
from tests.core.scripted import ScriptedCarrier

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
DEVKEY = "0123456789abcdef" * 2

Reply = tuple[int, object]


def query_of(exchange: Exchange) -> dict[str, str]:
    """The query of a request."""
    return dict(parse_qsl(exchange.target.partition("?")[2], keep_blank_values=True))


def form_of(exchange: Exchange) -> dict[str, str]:
    """The form of a request."""
    return dict(parse_qsl(exchange.content.decode(), keep_blank_values=True))


class Play:
    """One login, or several over the same store."""

    def __init__(
        self, carrier: StreamingCarrier | None = None, *, assumed: bool = True, **own: Any
    ) -> None:
        self.carrier = carrier or ScriptedCarrier()
        self.clock = VirtualClock(auto=True, start=NOW)
        self.store = MemoryStore(clock=self.clock)
        self.login: Login
        self._settings = Settings(
            login_rate=1000.0,
            allow_assumed_logins=assumed,
            providers={"eljur": {"devkey": DEVKEY, **own}},
        )

    @property
    def script(self) -> ScriptedCarrier:
        """The carrier, where it follows a script."""
        assert isinstance(self.carrier, ScriptedCarrier)
        return self.carrier

    def on(self, path: str, *replies: Reply | Exception) -> "Play":
        """What a path answers, one reply after the other, then nothing more."""
        left = list(replies)

        def answer(_: Exchange) -> Reply | Exception:
            assert left, f"{path} is asked more often than it should"
            return left.pop(0)

        self.script.on(path, answer)
        return self

    def sent(self, path: str) -> list[Exchange]:
        """What was sent to a path."""
        return [item for item in self.script.sent if item.target.partition("?")[0] == path]

    @asynccontextmanager
    async def gateway(self) -> AsyncIterator[AsyncGateway]:
        """A gateway that knows only the store."""
        made = AsyncGateway(
            settings=self._settings,
            store=self.store,
            registry=Registry([], plugins={"eljur": gateway_eljur.plugin}),
            clock=self.clock,
            transport=Transport(self.carrier),
        )
        async with made as gateway:
            yield gateway

    async def begin(self, method: str, **where: Any) -> Any:
        """The first step."""
        async with self.gateway() as gateway:
            return self._at(await gateway.begin_login("eljur", method=method, **where))

    async def submit(self, answer: StepInput, *, again: bool = False) -> Any:
        """The step that follows an answer; None at the end."""
        async with self.gateway() as gateway:
            return self._at(await gateway.submit(self.login.id, answer, again=again))

    async def act(self, action: StepAction) -> Any:
        """The step that follows an action."""
        async with self.gateway() as gateway:
            return self._at(await gateway.act(self.login.id, action))

    async def record(self) -> FlowRecord:
        """What is kept of the login."""
        stored = await self.store.load(RecordKind.FLOWS, self.login.id)
        assert stored is not None
        return FlowRecord.from_bytes(stored.payload)

    async def sessions(self) -> list[Session]:
        """Sessions of the accounts that the login opened."""
        self.login.raise_if_failed()
        async with self.gateway() as gateway:
            keeper = gateway._services.keeper
            return [(await keeper.open(key)).session for key in self.login.accounts]

    async def session(self) -> Session:
        """The only one of them."""
        (found,) = await self.sessions()
        return found

    def _at(self, login: Login) -> Any:
        self.login = login
        return login.step


def code_of(step: Any) -> str | None:
    """Code of the error that a step shows."""
    return None if step.error is None else step.error.code


def told(value: Any) -> str:
    """Everything that a step or a login says."""
    return json.dumps(value.model_dump(mode="json"), ensure_ascii=False)
