"""The emulator of «Дневник.ру» and its sisters."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from random import Random
from secrets import SystemRandom

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import ASGIApp, Emulator, SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Step
from gateway.sandbox.world import World, WorldState
from gateway_dnevnik_ru.emulator import doors, play
from gateway_dnevnik_ru.emulator.app import build_app
from gateway_dnevnik_ru.emulator.families import BY_PROVIDER, hosts_of
from gateway_dnevnik_ru.emulator.people import sandbox_accounts
from gateway_dnevnik_ru.emulator.service import Service


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DnevnikEmulator(Emulator):
    """The service over the fictional world; `declaration.name` chooses among the sisters.

    All hosts are served by path on one port. Addresses in answers start with the origin, unless
    the request's `Host` is a real one: a client that is redirected beneath HTTP expects to see the
    real addresses. Every pair of GUIDs is a known application; `settings` gives the documented one.
    """

    def __init__(
        self,
        declaration: Declaration,
        *,
        now: Callable[[], datetime] = _utc_now,
        rng: Random | None = None,
    ) -> None:
        super().__init__(declaration)
        self._families = BY_PROVIDER[declaration.name]
        self._now = now
        self._rng = rng or SystemRandom()

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that it stands for."""
        return hosts_of(self.declaration.name)

    def app(self, world: World, state: WorldState, *, origin: str) -> ASGIApp:
        """A fresh service: its tokens, cookies and captchas live and die with it."""
        return build_app(
            Service(
                provider=self.declaration.name,
                family=self._families[0],
                world=world,
                state=state,
                origin=origin.rstrip("/"),
                now=self._now,
                rng=self._rng,
            )
        )

    def accounts(self, world: World) -> tuple[SandboxAccount, ...]:
        """Every account of the world with the ways in that work for it."""
        return sandbox_accounts(self.declaration, world)

    def settings(self, origin: str) -> Mapping[str, object]:
        """The sandbox's address and the documented application pair."""
        return {
            "base_url": origin,
            "client_id": doors.CLIENT_ID,
            "client_secret": doors.CLIENT_SECRET,
        }

    def answer(self, step: Step, account: SandboxAccount, *, origin: str) -> StepInput:
        """What the person with this account would answer; no network is used."""
        return play.answer(step, account, self._families[0], origin)
