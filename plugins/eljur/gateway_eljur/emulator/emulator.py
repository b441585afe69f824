"""The emulator of ЭлЖур."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from random import Random
from secrets import SystemRandom

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import ASGIApp, Emulator, SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Step
from gateway.sandbox.world import World, WorldState
from gateway_eljur.emulator import doors, play
from gateway_eljur.emulator.app import build_app
from gateway_eljur.emulator.people import sandbox_accounts
from gateway_eljur.emulator.quirks import USUAL, Quirks
from gateway_eljur.emulator.service import Service
from gateway_eljur.emulator.sites import all_hosts


def _utc_now() -> datetime:
    return datetime.now(UTC)


class EljurEmulator(Emulator):
    """The service over the fictional world: every school is a tenant.

    All hosts are served by path on one port. The tenant comes from the parameter `vendor`, or from
    a real `Host`; addresses in answers start with the origin, unless the `Host` is a real one.
    """

    def __init__(
        self,
        declaration: Declaration,
        *,
        now: Callable[[], datetime] = _utc_now,
        rng: Random | None = None,
        quirks: Quirks = USUAL,
    ) -> None:
        super().__init__(declaration)
        self._now = now
        self._rng = rng or SystemRandom()
        self._quirks = quirks

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that it stands for; besides, every school's own under `eljur.ru`."""
        return all_hosts()

    def app(self, world: World, state: WorldState, *, origin: str) -> ASGIApp:
        """A fresh service: its tokens and codes live and die with it."""
        return build_app(
            Service(
                world=world,
                state=state,
                origin=origin.rstrip("/"),
                now=self._now,
                rng=self._rng,
                quirks=self._quirks,
            )
        )

    def accounts(self, world: World) -> tuple[SandboxAccount, ...]:
        """Every account of every school with the ways in that work for it."""
        return sandbox_accounts(self.declaration, world, self._now())

    def settings(self, origin: str) -> Mapping[str, object]:
        """The sandbox's address, a key of an application, and that its sites are opened too."""
        return {"base_url": origin, "devkey": doors.DEVKEY, "web_session": True}

    def answer(self, step: Step, account: SandboxAccount, *, origin: str) -> StepInput:
        """What the person with this account would answer."""
        return play.answer(step, account, origin)
