"""One sweep over everything that can be read, shared by the scenarios that only look at answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.operation import Operation, Scope
from gateway.core.contract.session import Session
from gateway.core.errors import GatewayError
from gateway.core.model import Answer, Model
from gateway.core.sessions.memory import MemoryStore
from gateway.testing.bench import Bench, Door, copy_of, sessions_of
from gateway.testing.calls import FOLLOW_UPS, READS, ReadCall, usual_arguments
from gateway.testing.people import open_account
from gateway.testing.walking import Spot, records_of, spots


@dataclass(frozen=True, kw_only=True)
class Read:
    """One read of one student's diary, polled twice.

    Attributes:
        door: Who signed in, and how.
        call: What was asked.
        first: The answer.
        second: The answer of a second poll.
        error: Why there is none; anything, since it is to be reported.
    """

    door: Door
    call: ReadCall
    first: Answer[Any] | None = None
    second: Answer[Any] | None = None
    error: Exception | None = None

    @property
    def answer(self) -> Answer[Any]:
        """The answer of a read that was answered."""
        if self.first is None:
            raise AssertionError(f"{self} has no answer")
        return self.first

    @property
    def records(self) -> tuple[Model, ...]:
        """The records of the answer."""
        return records_of(self.answer)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every field of the answer, collected once for all scenarios."""
        return tuple(spots(self.answer.value))

    def __str__(self) -> str:
        return f"{self.call.operation.name} for {self.door.account.label} by {self.door.method}"


class Household:
    """All accounts signed in, a store for each login method.

    The first declared method of each account opens it; of every other method one account is
    enough, for it only has to reach the same operations. Whoever stays outside is the finding of
    a scenario of its own and is missed by no other.
    """

    def __init__(self) -> None:
        self.stores: dict[str, MemoryStore] = {}
        self.opened: dict[str, list[tuple[Door, str]]] = {}

    async def fill(self, bench: Bench) -> None:
        """Signs in everybody who gets in."""
        doors = list(bench.doors())
        for item in bench.declaration.login_methods:
            others = bench.doors(item.name) if item.opens_account else ()
            if others and not any(door.method == item.name for door in doors):
                doors.append(others[0])
        for door in doors:
            store = self.stores.get(door.method) or bench.store()
            try:
                accounts = await open_account(bench, store, door)
            except (AssertionError, GatewayError):
                continue
            self.stores[door.method] = store
            self.opened.setdefault(door.method, []).extend((door, key) for key in accounts)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Everything that was read.

    Attributes:
        household: Who was signed in.
        reads: What they read.
    """

    household: Household
    reads: tuple[Read, ...]

    def of(self, operation: str) -> tuple[Read, ...]:
        """The reads of one operation."""
        return tuple(item for item in self.reads if item.call.operation.name == operation)

    def answered(self, operation: str | None = None) -> tuple[Read, ...]:
        """The reads that were answered, all or those of one operation."""
        return tuple(
            item
            for item in self.reads
            if item.first is not None and operation in {None, item.call.operation.name}
        )

    def richest(self, operation: str) -> Read:
        """The answered read of an operation with the most records.

        Raises:
            AssertionError: Nobody got an answer.
        """
        found = self.answered(operation)
        if not found:
            raise AssertionError(f"{operation} is never answered")
        return max(found, key=lambda read: len(read.records))

    def store_of(self, read: Read) -> MemoryStore:
        """The store that a read's account lies in; copy it before harming it."""
        return self.household.stores[read.door.method]


async def sweep_of(bench: Bench) -> Sweep:
    """The sweep of a bench, made at first use.

    Raises:
        AssertionError: Nobody can sign in by any method.
    """
    if not isinstance(bench.answers, Sweep):
        household = Household()
        await household.fill(bench)
        reads: list[Read] = []
        for method, store in household.stores.items():
            async with bench.gateway(await copy_of(store, bench)) as gateway:
                sessions = await sessions_of(store)
                for door, account in household.opened[method]:
                    reads += await _of_account(bench, gateway, door, sessions[account])
        bench.answers = Sweep(household, tuple(reads))
    if not bench.answers.household.opened:
        raise AssertionError("nobody can sign in: see login_opens_the_account")
    return bench.answers


async def _of_account(
    bench: Bench, gateway: AsyncGateway, door: Door, session: Session
) -> list[Read]:
    reads: list[Read] = []
    students = [student.id for student in session.students]
    for student in students:
        diary = await gateway.diary(student, account=session.account)
        ids: dict[str, str] = {}
        for operation in _in_order():
            info = diary.supports(operation.capability)
            whole = operation.scope is Scope.ACCOUNT
            arguments = usual_arguments(operation, info, bench.config, ids)
            if not info.is_available or arguments is None or (whole and student != students[0]):
                continue
            call = ReadCall(
                account=session.account,
                student="" if whole else student,
                operation=operation,
                arguments=arguments,
            )
            read = await _poll(gateway, door, call)
            reads.append(read)
            if read.first is not None:
                ids.update(_ids_by_model(read))
    return reads


async def _poll(gateway: AsyncGateway, door: Door, call: ReadCall) -> Read:
    first = second = None
    error: Exception | None = None
    try:
        first = await call.make(gateway)
        second = await call.make(gateway, max_age=0)
    except Exception as broken:  # noqa: BLE001 - whatever it is, a scenario reports it
        error = broken
    return Read(door=door, call=call, first=first, second=second, error=error)


def _in_order() -> tuple[Operation, ...]:
    """Reads, those that need an id of another answer last."""
    return tuple(sorted(READS, key=lambda item: item.name in FOLLOW_UPS))


def _ids_by_model(read: Read) -> Mapping[str, str]:
    """An id of each kind of record, however deep it stands; the last of each."""
    return {
        type(spot.owner).__name__: spot.value
        for spot in read.spots
        if spot.field == "id" and isinstance(spot.value, str)
    }
