"""The emulator of МЭШ and of the regional nodes."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from random import Random
from secrets import SystemRandom
from typing import Final

from gateway.core.contract.declaration import Declaration
from gateway.core.contract.emulator import ASGIApp, Emulator, SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Step
from gateway.sandbox.world import World, WorldState
from gateway_mos_ru.emulator import doors, play
from gateway_mos_ru.emulator.app import build_app
from gateway_mos_ru.emulator.people import sandbox_accounts
from gateway_mos_ru.emulator.service import Service
from gateway_mos_ru.emulator.sites import hosts_of
from gateway_mos_ru.nodes import BY_PROVIDER

PROOF_BITS: Final = 15
"""How hard the proof of work at mos.ru is."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class MosEmulator(Emulator):
    """The platform over the fictional world; `declaration.name` chooses the installation.

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
        proof_bits: int = PROOF_BITS,
    ) -> None:
        super().__init__(declaration)
        self._node = BY_PROVIDER[declaration.name]
        self._now = now
        self._rng = rng or SystemRandom()
        self._proof_bits = proof_bits

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that it stands for."""
        return hosts_of(self._node)

    def app(self, world: World, state: WorldState, *, origin: str) -> ASGIApp:
        """A fresh service: its tokens and codes live and die with it."""
        return build_app(
            Service(
                node=self._node,
                world=world,
                state=state,
                origin=origin.rstrip("/"),
                now=self._now,
                rng=self._rng,
                proof_bits=self._proof_bits,
            )
        )

    def accounts(self, world: World) -> tuple[SandboxAccount, ...]:
        """Every account of the world with the ways in that work for it."""
        return sandbox_accounts(self.declaration, world, self._now())

    def settings(self, origin: str) -> Mapping[str, object]:
        """The sandbox's address, and for Moscow invented registration data."""
        return {"base_url": origin} | doors.registration(self._node)

    def answer(self, step: Step, account: SandboxAccount, *, origin: str) -> StepInput:
        """What the person with this account would answer; a phone opens the link of a QR code."""
        return play.answer(step, account, self._node, origin)
