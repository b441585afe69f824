"""Fuzzed answers of a provider: whatever comes, only the one error tree leaves the gateway.

The provider's emulator answers in this very process and every call meets one or more spoiled
answers on its way. What comes back must be a model that survives JSON, or an error of the tree.
"""

import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any, Final

from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.config import Settings
from gateway.core.contract.operation import OPERATIONS, Scope
from gateway.core.contract.session import Session
from gateway.core.errors import GatewayError
from gateway.core.model import Answer as Read
from gateway.core.pipeline.validation import adapter_for
from gateway.core.sessions.codec import SessionCodec
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.store import RecordKind
from gateway.core.transport.client import Transport
from gateway.core.transport.exchange import (
    AnswerLimits,
    Exchange,
    Headers,
    RawAnswer,
    RawStream,
    Sent,
)
from gateway.core.transport.headers import decode, encode
from gateway.sandbox.connecting import SANDBOX_LOGIN_RATE
from gateway.sandbox.world import WorldState
from gateway.testing.calls import FOLLOW_UPS, READS, usual_arguments
from gateway.testing.clock import VirtualClock
from gateway.testing.config import SCHOOL_DAY, SuiteConfig
from gateway.testing.walking import spots
from tests.faults.calls import READER
from tests.faults.figures import Figures
from tests.faults.http11 import Answer, Asked, answered
from tests.faults.spoiling import spoiled
from tests.faults.stage import Cast

ORIGIN: Final = "http://127.0.0.1:9"
_NOW: Final = datetime.combine(SCHOOL_DAY, time(11, tzinfo=UTC))
_MOST_STEPS: Final = 12


class SpoilingCarrier:
    """Asks the emulator without a network and spoils some of its answers.

    Attributes:
        rng: Decides which and how; None leaves all answers as they are.
        spoils: How many were spoiled.
    """

    def __init__(self, app: Any) -> None:
        self._app = app
        self.rng: Random | None = None
        self.spoils = 0

    async def send(self, exchange: Exchange) -> RawAnswer:
        answer = await self._answer(exchange)
        return RawAnswer(answer.status, _heads(answer), answer.body, Sent(started=True))

    @asynccontextmanager
    async def stream(self, exchange: Exchange) -> AsyncIterator[RawStream]:
        answer = await self._answer(exchange)

        async def pieces() -> AsyncIterator[bytes]:
            yield answer.body

        yield RawStream(answer.status, _heads(answer), pieces())

    async def aclose(self) -> None:
        return

    async def _answer(self, exchange: Exchange) -> Answer:
        length = ("content-length", str(len(exchange.content)))
        headers = [*exchange.headers, ("host", exchange.origin.host), length]
        listed = [(name.lower(), value) for name, value in encode(headers)]
        asked = Asked(exchange.method, exchange.target, listed, exchange.content)
        answer = await answered(self._app, asked)
        if self.rng is not None and self.rng.random() < 0.6:
            self.spoils += 1
            answer = spoiled(answer, self.rng)
        return answer


def _heads(answer: Answer) -> Headers:
    return decode(answer.headers, AnswerLimits().headers)


class Fuzz:
    """Everything a provider can be asked for, again and again."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._carrier = SpoilingCarrier(
            cast.emulator.app(cast.world, WorldState(cast.world), origin=ORIGIN)
        )
        self._sessions: dict[str, Session] = {}
        self._ids: Mapping[str, str] = {}

    async def run(self, *, runs: int, seed: int) -> Figures:
        """Makes calls that meet spoiled answers."""
        figures = Figures(f"fuzzed answers, {self._cast.provider}", f"{runs} runs", "")
        await self._look_around()
        results = errors = 0
        for number in range(runs):
            rng = Random(f"{seed}/{number}")
            try:
                value = await self._one(rng)
            except GatewayError:
                errors += 1
            except Exception as escaped:  # noqa: BLE001 - this is what the suite looks for
                last = traceback.extract_tb(escaped.__traceback__)[-1]
                where = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
                figures.wrong.append(f"run {number}: {type(escaped).__name__} at {where}")
            else:
                results += 1
                if value is not None:
                    figures.require(_survives_json(value), f"run {number}: no valid model")
        figures.found = (
            f"{self._carrier.spoils} answers spoiled: {results} results, {errors} errors of the "
            f"tree, {len(figures.wrong)} others"
        )
        return figures

    @asynccontextmanager
    async def _gateway(self) -> AsyncIterator[AsyncGateway]:
        clock = VirtualClock(start=_NOW, auto=True)
        store = MemoryStore(clock=clock)
        for session in self._sessions.values():
            payload = SessionCodec().encode(session)
            await store.save(RecordKind.SESSIONS, session.account, payload, if_version=None)
        cast = self._cast
        made = AsyncGateway(
            settings=Settings(
                providers={cast.provider: dict(cast.emulator.settings(ORIGIN))},
                login_rate=SANDBOX_LOGIN_RATE,
                allow_assumed_logins=True,
            ),
            store=store,
            registry=cast.registry,
            clock=clock,
            transport=Transport(self._carrier),
        )
        async with made:
            yield made

    async def _look_around(self) -> None:
        """Signs the reader in by every method, and learns ids that follow-up reads take."""
        self._carrier.rng = None
        ids: dict[str, str] = {}
        for method in self._cast.accounts[READER].methods:
            async with self._gateway() as made:
                await self._sign_in(made, method)
                (account,) = [item for item in await made.accounts() if item.method == method]
                session = (await made._services.keeper.open(account.key)).session
                self._sessions = {method: session}
                diary = await made.diary(account.students[0], account=account.key)
                homework = await diary.list_homework(SCHOOL_DAY - timedelta(14), SCHOOL_DAY)
                lessons = await diary.list_lessons(SCHOOL_DAY - timedelta(14), SCHOOL_DAY)
                found = await diary.list_marks(SCHOOL_DAY - timedelta(14), SCHOOL_DAY)
                for answer in (homework, lessons, found):
                    for spot in spots(answer.value):
                        if spot.field == "id" and isinstance(spot.value, str):
                            ids[type(spot.owner).__name__] = spot.value
        self._ids = ids

    async def _one(self, rng: Random) -> object:
        """One random call that meets spoiled answers; its value, where it is to be checked."""
        self._carrier.rng = None
        methods = self._cast.accounts[READER].methods
        async with self._gateway() as made:
            kind = rng.choices(("read", "login", "file", "write"), (14, 4, 1, 1))[0]
            if kind == "login":
                self._carrier.rng = rng
                await self._sign_in(made, rng.choice(methods))
                return None
            (session,) = self._sessions.values()
            diary = await made.diary(session.students[0].id, account=session.account)
            self._carrier.rng = rng
            if kind == "file":
                async with diary.open_attachment(self._ids["Attachment"]) as file:
                    await file.read()
                return None
            if kind == "write":
                await diary.submit_homework(
                    self._ids["Homework"], file_name="a.txt", media_type="text/plain", content=b"a"
                )
                return None
            return await self._read(made, diary, rng)

    async def _read(self, made: AsyncGateway, diary: AsyncDiary, rng: Random) -> object:
        config = SuiteConfig()
        able = [
            (operation, arguments)
            for operation in READS
            if (info := diary.supports(operation.capability)).is_available
            and (arguments := usual_arguments(operation, info, config, self._ids)) is not None
        ]
        operation, arguments = rng.choice(able)
        assert operation.name not in FOLLOW_UPS or arguments
        if operation.scope is Scope.ACCOUNT:
            ask: Callable[..., Awaitable[Read[Any]]] = getattr(made, operation.name)
            return operation.name, await ask(diary.account)
        ask = getattr(diary, operation.name)
        return operation.name, await ask(**arguments)

    async def _sign_in(self, made: AsyncGateway, method: str) -> None:
        person = self._cast.accounts[READER]
        login = await made.begin_login(self._cast.provider, method=method, region=person.region)
        for _ in range(_MOST_STEPS):
            if login.step is None or login.step.error is not None:
                return
            answer = self._cast.emulator.answer(login.step, person, origin=ORIGIN)
            login = await made.submit(login.id, answer)


def _survives_json(read: object) -> bool:
    """Whether an answer's value is the same after it went through JSON."""
    assert isinstance(read, tuple)
    name, answer = read
    adapter = adapter_for(OPERATIONS[name])
    return bool(adapter.validate_json(adapter.dump_json(answer.value)) == answer.value)
