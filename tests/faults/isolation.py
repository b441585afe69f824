"""Fifty accounts at once in every order: no byte of one family ever reaches another.

Each account's token, cookie and answers carry a word of its own. Whatever arrives at the provider,
comes back to a caller, is raised, or is logged must hold the words of one account only.
"""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Final

from gateway.core.client.gateway import AsyncGateway
from gateway.core.errors import GatewayError
from gateway.core.sessions.codec import SessionCodec
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.core.transport.exchange import Exchange, RawAnswer, Sent, TransportFault, faulted
from gateway.testing.canaries import all_logs
from gateway.testing.clock import VirtualClock
from tests.core.scripted import DAY, ScriptedCarrier, gateway
from tests.faults.families import account_of, diary_of, session_of, store_of, word
from tests.faults.figures import Figures

ACCOUNTS: Final = 50
AT_ONCE: Final = 6
"""Accounts that take part in one interleaving."""

_WORD: Final = re.compile(r"canary-(\d+)-")


def _owners(text: str) -> set[int]:
    return {int(number) for number in _WORD.findall(text)}


@dataclass
class MixingCarrier(ScriptedCarrier):
    """Answers each account with its own words, in any order, sometimes badly.

    Attributes:
        rng: Decides about order and luck.
        foreign: Requests that carried words of more than one account, or of another than asked.
    """

    rng: Random = field(default_factory=Random)
    foreign: list[str] = field(default_factory=list)

    async def send(self, exchange: Exchange) -> RawAnswer:
        self.sent.append(exchange)
        headers = " ".join(value for _, value in exchange.headers)
        asked = re.search(r"/marks/(\d+)", exchange.target)
        owners = _owners(headers) | ({int(asked[1])} if asked else set())
        if len(owners) != 1:
            self.foreign.append(f"{exchange.target}: {sorted(owners)}")
        owner = min(owners, default=0)
        for _ in range(self.rng.randrange(6)):
            await asyncio.sleep(0)
        luck = self.rng.random()
        if luck < 0.05:
            raise faulted(GatewayError("lost"), TransportFault.SENT_NO_ANSWER, Sent(started=True))
        status, body = 200, "{}"
        if luck < 0.1:
            status, body = 502, f'{{"text":"{word(owner, "failure")}"}}'
        elif asked:
            text = word(owner, f"mark {self.rng.randrange(10**6)}")
            body = f'[{{"id":{self.rng.randrange(10**6)},"text":"{text}","date":"{DAY}"}}]'
        cookie = f"sid={word(owner, str(self.rng.randrange(10**6)))}; Path=/"
        return RawAnswer(
            status,
            (("content-type", "application/json"), ("set-cookie", cookie)),
            body.encode(),
            Sent(started=True, received=len(body)),
        )


async def isolation(*, interleavings: int, seed: int) -> Figures:
    """Random interleavings of random calls of random accounts."""
    figures = Figures("isolation", f"{interleavings} interleavings, {ACCOUNTS} accounts", "")
    rng = Random(seed)
    carrier, store, clock = (
        MixingCarrier(rng=rng),
        await store_of(ACCOUNTS),
        VirtualClock(auto=True),
    )
    codec = SessionCodec()
    foreign = answers = 0
    with all_logs() as logs:
        async with gateway(carrier, store=store, clock=clock) as made:
            play = _Play(made, store, rng)
            for _ in range(interleavings):
                accounts = rng.sample(range(ACCOUNTS), AT_ONCE)
                steps = [play.step(rng.choice(accounts)) for _ in range(rng.randint(4, 10))]
                for owner, text in await asyncio.gather(*steps):
                    answers += 1
                    foreign += bool(_owners(text) - {owner})
                await play.restore(accounts)
            await clock.sleep(60)
            for number in range(ACCOUNTS):
                session = (await made._services.keeper.open(account_of(number))).session
                kept = codec.encode(session).decode()
                foreign += bool(_owners(kept) - {number})
    figures.require(not carrier.foreign, f"sent: {carrier.foreign[:3]}")
    figures.require(foreign == 0, f"{foreign} answers or sessions with foreign words")
    logged = sum(bool(_owners(line)) for line in logs.lines)
    figures.require(logged == 0, f"{logged} lines of the log with words of an account")
    figures.found = (
        f"{answers} answers and {len(carrier.sent)} requests looked at, "
        f"{foreign + len(carrier.foreign) + logged} foreign"
    )
    return figures


class _Play:
    """The moves of an interleaving."""

    def __init__(self, made: AsyncGateway, store: MemoryStore, rng: Random) -> None:
        self._made = made
        self._store = store
        self._rng = rng

    async def restore(self, accounts: list[int]) -> None:
        """Signs in again who was erased."""
        for number in accounts:
            key = account_of(number)
            if await self._store.load(RecordKind.SESSIONS, key) is None:
                payload = SessionCodec().encode(session_of(number))
                await self._store.save(RecordKind.SESSIONS, key, payload, if_version=None)

    async def step(self, number: int) -> tuple[int, str]:
        """One random call of an account; gives all that its caller saw of it."""
        for _ in range(self._rng.randrange(8)):
            await asyncio.sleep(0)
        move = self._rng.choices(
            (self._read, self._fresh, self._leave, self._write, self._cached, self._erase),
            weights=(6, 6, 3, 3, 2, 1),
        )[0]
        try:
            return number, await move(number)
        except GatewayError as error:
            return number, f"{error!r} {error.to_problem()} {error.__cause__!r}"

    async def _read(self, number: int, **options: object) -> str:
        diary = await diary_of(self._made, number)
        start = DAY - timedelta(days=self._rng.randrange(3))
        return repr(await diary.list_marks(start, DAY, **options))  # type: ignore[arg-type]  # the options of a call

    async def _fresh(self, number: int) -> str:
        return await self._read(number, max_age=0)

    async def _cached(self, number: int) -> str:
        return await self._read(number, cached_only=True)

    async def _leave(self, number: int) -> str:
        task = asyncio.ensure_future(self._fresh(number))
        for _ in range(self._rng.randrange(6)):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            return await task
        return ""

    async def _write(self, number: int) -> str:
        diary = await diary_of(self._made, number)
        return repr(await diary.set_homework_done(f"sample:homework:{number}"))

    async def _erase(self, number: int) -> str:
        await self._made.erase(account_of(number))
        return ""
