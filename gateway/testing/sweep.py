"""One sweep over everything that can be read, shared by the scenarios that only look at answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.operation import Operation, Scope
from gateway.core.model import Answer
from gateway.core.sessions.memory import MemoryStore
from gateway.core.sessions.session import Session
from gateway.testing.bench import Bench, Door, copy_of, sessions_of
from gateway.testing.calls import FOLLOW_UPS, READS, call, usual_arguments
from gateway.testing.people import open_account
from gateway.testing.walking import own_ids, spots


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One read of one student's diary, polled twice.

    Attributes:
        door: Who signed in, and how.
        account: Key of the account.
        student: Unified id of the student; empty for reads of the account.
        operation: The operation.
        arguments: With what it was called.
        first: The answer.
        second: The answer of a second poll.
        error: Why there is none; anything, since it is to be reported.
    """

    door: Door
    account: str
    student: str
    operation: Operation
    arguments: Mapping[str, object]
    first: Answer[Any] | None = None
    second: Answer[Any] | None = None
    error: Exception | None = None

    def __str__(self) -> str:
        return f"{self.operation.name} for {self.door.account.label} by {self.door.method}"


class Household:
    """All accounts signed in, a store for each login method.

    The first declared method of each account opens it; of every other method one account is
    enough, for it only has to reach the same operations.
    """

    def __init__(self) -> None:
        self.stores: dict[str, MemoryStore] = {}
        self.opened: dict[str, list[tuple[Door, str]]] = {}

    async def fill(self, bench: Bench) -> None:
        """Signs everybody in.

        Raises:
            AssertionError: Nobody can sign in by any method.
        """
        doors = list(bench.doors())
        for item in bench.declaration.login_methods:
            others = bench.doors(item.name)
            if others and not any(door.method == item.name for door in doors):
                doors.append(others[0])
        for door in doors:
            store = self.stores.setdefault(door.method, bench.store())
            for account in await open_account(bench, store, door):
                self.opened.setdefault(door.method, []).append((door, account))
        if not doors:
            raise AssertionError("the emulator has no account that any declared method opens")


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
        return tuple(item for item in self.reads if item.operation.name == operation)

    def answered(self, operation: str | None = None) -> Iterator[tuple[Read, Answer[Any]]]:
        """The reads that were answered."""
        for item in self.reads:
            if item.first is not None and operation in {None, item.operation.name}:
                yield item, item.first


async def household_of(bench: Bench) -> Household:
    """Everybody signed in; shared by all scenarios, so copy a store before harming it."""
    return (await sweep_of(bench)).household


async def sweep_of(bench: Bench) -> Sweep:
    """The sweep of a bench, made at first use."""
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
    return bench.answers


async def some_read(bench: Bench, operation: str) -> Read:
    """One answered read of an operation, with the most records that anybody has.

    Raises:
        AssertionError: Nobody got an answer.
    """
    sweep = await sweep_of(bench)
    found = [(len(own_ids(answer)), read) for read, answer in sweep.answered(operation)]
    if not found:
        raise AssertionError(f"{operation} was never answered")
    return max(found, key=lambda pair: pair[0])[1]


async def _of_account(
    bench: Bench, gateway: AsyncGateway, door: Door, session: Session
) -> list[Read]:
    reads: list[Read] = []
    students = [student.id for student in session.students]
    for student in students:
        diary = await gateway.diary(student, account=session.account)
        ids: dict[str, str] = {}
        for operation in _in_order():
            if not diary.supports(operation.capability).is_available:
                continue
            whole = operation.scope is Scope.ACCOUNT
            if whole and student != students[0]:
                continue
            arguments = _arguments(bench, operation, ids)
            if arguments is None:
                continue
            read = await _poll(gateway, door, session, "" if whole else student, operation, arguments)
            reads.append(read)
            if read.first is not None:
                ids.update(_ids_by_model(read.first))
    return reads


async def _poll(
    gateway: AsyncGateway,
    door: Door,
    session: Session,
    student: str,
    operation: Operation,
    arguments: Mapping[str, object],
) -> Read:
    first = second = None
    error: Exception | None = None
    account = session.account
    try:
        first = await call(gateway, account, student, operation, arguments)
        second = await call(gateway, account, student, operation, arguments, max_age=0)
    except Exception as broken:  # noqa: BLE001 - whatever it is, a scenario reports it
        error = broken
    return Read(
        door=door,
        account=account,
        student=student,
        operation=operation,
        arguments=arguments,
        first=first,
        second=second,
        error=error,
    )


def _in_order() -> tuple[Operation, ...]:
    """Reads, those that need an id of another answer last."""
    return tuple(sorted(READS, key=lambda item: item.name in FOLLOW_UPS))


def _arguments(
    bench: Bench, operation: Operation, ids: Mapping[str, str]
) -> dict[str, object] | None:
    info = bench.declaration.supports(operation.capability)
    today, told = bench.config.today, bench.config.arguments
    found = usual_arguments(operation, info, today, told)
    if found is not None:
        return found
    argument, model = FOLLOW_UPS[operation.name]
    return {argument: ids[model]} if model in ids else None


def _ids_by_model(answer: Answer[Any]) -> Iterator[tuple[str, str]]:
    """An id of each kind of record, however deep it stands; the last of each counts."""
    for spot in spots(answer.value):
        if spot.field == "id" and isinstance(spot.value, str):
            yield type(spot.owner).__name__, spot.value



def available_reads(bench: Bench) -> tuple[Operation, ...]:
    """Reads that some instance of the provider has."""
    return tuple(item for item in READS if is_available(bench, item))


def is_available(bench: Bench, operation: Operation) -> bool:
    """Whether some instance of the provider has an operation."""
    declaration = bench.declaration
    return any(
        declaration.supports(operation.capability, instance).is_available
        for instance in declaration.instances
    )

