"""A running emulator for tests, and the ways of its clients."""

from dataclasses import dataclass
from random import Random
from typing import Any, Final

import httpx

from gateway.core.contract.emulator import SandboxAccount
from gateway_eljur.declaration import ELJUR
from gateway_eljur.emulator import EljurEmulator
from gateway_eljur.emulator.doors import DEVKEY
from gateway_eljur.emulator.quirks import USUAL, Quirks
from tests.plugins import emulation

ORIGIN: Final = "http://127.0.0.1:8773"
PLAIN: Final = {"devkey": DEVKEY, "out_format": "json"}


class Service(emulation.Service[EljurEmulator]):
    """A running emulator, and who holds a token of it."""

    def account(self, key: str) -> SandboxAccount:
        found = {item.key: item for item in self.emulator.accounts(self.world)}
        return found[key]

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
    return Service.of(
        lambda clock: EljurEmulator(ELJUR, now=clock, rng=Random(7), quirks=quirks), ORIGIN
    )


def error_of(answer: httpx.Response) -> tuple[int, int, str]:
    """HTTP status, state and error of a refusal."""
    envelope = answer.json()["response"]
    return answer.status_code, envelope["state"], envelope["error"]
