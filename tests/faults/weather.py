"""Bad days in virtual time: an outage of a minute, and a provider that fails now and then."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from gateway.core.client.gateway import AsyncGateway
from gateway.core.errors import BadResponse, ConnectFailed, ConnectionBroken, GatewayError
from gateway.core.model import Answer
from gateway.core.transport.exchange import Exchange, RawAnswer, Sent, TransportFault, faulted
from gateway.testing.clock import VirtualClock
from tests.core.scripted import DAY, ScriptedCarrier, gateway, marks
from tests.faults.families import diary_of, store_of
from tests.faults.figures import Figures

FAMILIES: Final = 200
CALLS_PER_SECOND: Final = 8
SECONDS: Final = 300
DEAD: Final = (120.0, 180.0)
BACKGROUND: Final = 0.05
FIRST_SUCCESS: Final = 20.0
SERVED_STALE: Final = 0.999
SUCCEED: Final = 0.9995

Failure = Callable[[], RawAnswer | GatewayError]


def _answer(status: int, body: bytes = b"{}") -> RawAnswer:
    headers = (("content-type", "application/json"),)
    return RawAnswer(status, headers, body, Sent(started=True, received=len(body)))


_ILL: Final[tuple[Failure, ...]] = (
    lambda: faulted(ConnectFailed(), TransportFault.NOT_SENT),
    lambda: faulted(ConnectionBroken(), TransportFault.STALE_CONNECTION, Sent(reused=True)),
    lambda: faulted(ConnectionBroken(), TransportFault.SENT_NO_ANSWER, Sent(started=True)),
    lambda: faulted(BadResponse(), TransportFault.PROTOCOL, Sent(started=True)),
    lambda: _answer(500),
    lambda: _answer(502),
    lambda: _answer(504),
    lambda: _answer(200, b'[{"id":'),
)
_DEAD: Final[tuple[tuple[float, Failure], ...]] = (
    (0.0, _ILL[0]),
    (5.0, _ILL[0]),
    (0.1, lambda: _answer(502)),
)
"""How a host can be dead: it refuses, it is a black hole, its front answers for it."""


@dataclass
class Weather(ScriptedCarrier):
    """A provider that is well, ill now and then, or dead.

    Attributes:
        clock: Virtual time.
        rng: Decides who is struck.
        background: Part of all exchanges that fail.
        dead: How it is dead; None while it is not.
        sends: Exchanges so far.
        in_vain: Those of them while it was dead.
    """

    clock: VirtualClock = field(default_factory=VirtualClock)
    rng: Random = field(default_factory=Random)
    background: float = BACKGROUND
    dead: tuple[float, Failure] | None = None
    sends: int = 0
    in_vain: int = 0

    async def send(self, exchange: Exchange) -> RawAnswer:
        self.sends += 1
        self.in_vain += self.dead is not None
        seconds, failure = self.dead or (0.05, None)
        await self.clock.sleep(seconds)
        if failure is None and self.rng.random() < self.background:
            failure = self.rng.choice(_ILL)
        if failure is None:
            return _answer(200, _MARKS)
        got = failure()
        if isinstance(got, GatewayError):
            raise got
        return got


_MARKS: Final = json.dumps(marks(1)).encode()


@dataclass
class _Tally:
    calls: int = 0
    sends: int = 0
    served: int = 0
    stale: int = 0
    first_success: float | None = None


async def outage(*, seeds: int) -> Figures:
    """A minute without the provider inside five, with failures in the background."""
    figures = Figures("60 s outage inside 300 s", f"{seeds} seeds", "")
    sends, first, stale, total = 0.0, 0.0, 0, 0
    for seed in range(seeds):
        tally = await _minutes(seed)
        per_call = tally.sends / tally.calls
        figures.require(per_call <= 1, f"seed {seed}: {per_call:.2f} sends per call")
        healed = tally.first_success
        good = healed is not None and healed <= FIRST_SUCCESS
        figures.require(good, f"seed {seed}: first success after {healed}")
        sends, first = max(sends, per_call), max(first, healed or float("inf"))
        stale, total = stale + tally.stale, total + tally.served
    figures.require(stale >= SERVED_STALE * total, f"{stale} of {total} served stale")
    figures.found = (
        f"{sends:.2f} sends per call at most, first success {first:.1f} s after healing at most, "
        f"{stale} of {total} failing cached reads served stale"
    )
    return figures


async def _minutes(seed: int) -> _Tally:
    clock = VirtualClock(auto=True)
    carrier = Weather(clock=clock, rng=Random(seed), background=0.0)
    tally = _Tally()
    async with gateway(carrier, store=await store_of(FAMILIES), clock=clock) as made:
        made._services.engine._rng = Random(seed)  # the breaker's pauses, the same in every run
        for number in range(FAMILIES):  # everybody has looked once before it begins
            await _look(made, number, max_age=None)
        carrier.background = BACKGROUND
        begun = clock.monotonic()
        running = []
        for call in range(SECONDS * CALLS_PER_SECOND):
            at = clock.monotonic() - begun
            dead = DEAD[0] <= at < DEAD[1]
            carrier.dead = _DEAD[seed % len(_DEAD)] if dead else None
            look = _counted(made, clock, call % FAMILIES, tally, begun, dead=dead)
            running.append(asyncio.create_task(look))
            await clock.sleep(1 / CALLS_PER_SECOND)
        await asyncio.gather(*running)
    tally.sends = carrier.in_vain
    return tally


async def _look(made: AsyncGateway, number: int, *, max_age: float | None) -> Answer[Any]:
    return await (await diary_of(made, number)).list_marks(DAY, DAY, max_age=max_age)


async def _counted(
    made: AsyncGateway, clock: VirtualClock, number: int, tally: _Tally, begun: float, *, dead: bool
) -> None:
    """One read of somebody who has an answer from before; old ones are welcome."""
    tally.calls += dead
    try:
        answer = await _look(made, number, max_age=1)
    except GatewayError:
        tally.served += 1
        return
    if answer.stale:
        tally.served += 1
        tally.stale += 1
    elif tally.first_success is None and clock.monotonic() - begun >= DEAD[1]:
        tally.first_success = clock.monotonic() - begun - DEAD[1]


async def background(*, reads: int, seed: int) -> Figures:
    """One exchange of twenty fails, in any way."""
    figures = Figures("5 % random faults", f"{reads} reads", "")
    clock = VirtualClock(auto=True)
    carrier = Weather(clock=clock, rng=Random(seed))
    good = 0
    async with gateway(carrier, store=await store_of(FAMILIES), clock=clock) as made:
        for number in range(reads):
            try:
                await _look(made, number % FAMILIES, max_age=0)
            except GatewayError:
                continue
            good += 1
    figures.require(good >= SUCCEED * reads, f"{good} of {reads} succeed")
    figures.found = (
        f"{good} succeed ({good / reads:.2%}), {carrier.sends / reads:.3f} sends per read"
    )
    return figures
