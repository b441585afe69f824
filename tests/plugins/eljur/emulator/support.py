"""A running emulator for tests, and the ways of its clients."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, Final

import httpx

from gateway.core.contract.emulator import SandboxAccount
from gateway.sandbox.world import World, WorldState, build_world
from gateway_eljur.declaration import ELJUR
from gateway_eljur.emulator import EljurEmulator
from gateway_eljur.emulator.doors import DEVKEY
from gateway_eljur.emulator.quirks import USUAL, Quirks

ORIGIN: Final = "http://127.0.0.1:8773"
TODAY: Final = date(2026, 2, 12)  # a Thursday, every school at work
PLAIN: Final = {"devkey": DEVKEY, "out_format": "json"}


@cache
def the_world() -> World:
    return build_world(1, TODAY)


class Clock:
    """Aware time that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, delta: timedelta) -> None:
        self.now += delta


@dataclass
class Service:
    """A running emulator with its world, its state and clients for it."""

    emulator: EljurEmulator
    world: World
    state: WorldState
    app: Any
    clock: Clock
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    def account(self, key: str) -> SandboxAccount:
        found = {item.key: item for item in self.emulator.accounts(self.world)}
        return found[key]

    def browser(self, base: str = ORIGIN, **kwargs: Any) -> httpx.AsyncClient:
        """A client with a cookie jar that follows no redirects."""
        client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=base, **kwargs)
        self.clients.append(client)
        return client

    def signed_in(self, key: str) -> "Diary":
        """Somebody who holds a token already."""
        account = self.account(key)
        return Diary(self.browser(), account)


@dataclass
class Diary:
    """The interface as one account sees it."""

    browser: httpx.AsyncClient
    account: SandboxAccount

    @property
    def params(self) -> dict[str, str]:
        token, vendor = self.account.token or "", self.account.school or ""
        return {**PLAIN, "vendor": vendor, "auth_token": token}

    async def ask(self, method: str, **params: Any) -> httpx.Response:
        return await self.browser.get(f"/apiv3/{method}", params={**self.params, **params})

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self.ask(method, **params)
        assert answer.status_code == 200, answer.text
        envelope = answer.json()["response"]
        assert (envelope["state"], envelope["error"]) == (200, None)
        return envelope["result"]

    async def of_student(self, method: str, **params: Any) -> Any:
        """The record of the only pupil."""
        (record,) = (await self.result(method, **params))["students"].values()
        return record


def started(quirks: Quirks = USUAL) -> Service:
    clock, world = Clock(), the_world()
    emulator = EljurEmulator(ELJUR, now=clock, rng=Random(7), quirks=quirks)
    state = WorldState(world)
    return Service(emulator, world, state, emulator.app(world, state, origin=ORIGIN), clock)


def error_of(answer: httpx.Response) -> tuple[int, int, str]:
    """HTTP status, state and error of a refusal."""
    envelope = answer.json()["response"]
    return answer.status_code, envelope["state"], envelope["error"]
