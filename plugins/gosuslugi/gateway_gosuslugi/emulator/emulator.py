"""The emulator of the portal, its diary and its sign-in."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from random import Random
from secrets import SystemRandom

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import ASGIApp, Emulator, SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Step
from gateway.sandbox.world import World, WorldState
from gateway_gosuslugi.emulator import play
from gateway_gosuslugi.emulator.app import build_app
from gateway_gosuslugi.emulator.people import sandbox_accounts
from gateway_gosuslugi.emulator.service import Service
from gateway_gosuslugi.emulator.sites import HOSTS


def _utc_now() -> datetime:
    return datetime.now(UTC)


class GosuslugiEmulator(Emulator):
    """Gosuslugi over the fictional world.

    All hosts are served by path on one port. Addresses in answers start with the origin, unless
    the request's `Host` is a real one: a client that is redirected beneath HTTP expects to see the
    real addresses.
    """

    def __init__(
        self,
        declaration: Declaration,
        *,
        now: Callable[[], datetime] = _utc_now,
        rng: Random | None = None,
    ) -> None:
        super().__init__(declaration)
        self._now = now
        self._rng = rng or SystemRandom()

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that it stands for."""
        return HOSTS

    def app(self, world: World, state: WorldState, *, origin: str) -> ASGIApp:
        """A fresh service: its sessions and codes live and die with it."""
        return build_app(
            Service(
                world=world, state=state, origin=origin.rstrip("/"), now=self._now, rng=self._rng
            )
        )

    def accounts(self, world: World) -> tuple[SandboxAccount, ...]:
        """Every person of the world who has a state account, with the ways in that work."""
        return sandbox_accounts(self.declaration, world, self._now())

    def settings(self, origin: str) -> Mapping[str, object]:
        """The sandbox's address."""
        return {"base_url": origin}

    def answer(self, step: Step, account: SandboxAccount, *, origin: str) -> StepInput:
        """What the person with this account would answer."""
        return play.answer(step, account)
