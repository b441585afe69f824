"""Are writes confirmed, seen at once, and never sent twice?

Scenarios, each with a write as its case: `writes_are_confirmed`, `writes_are_never_repeated`.
Without cases: `opening_is_left_to_people`.
"""

from collections.abc import Mapping
from typing import Any, Final

from gateway.core.client.diary import AsyncDiary
from gateway.core.contract.capability import Capability
from gateway.core.contract.declaration import Quality
from gateway.core.contract.operation import OPERATIONS, Operation
from gateway.core.errors import GatewayError, OutcomeUnknown
from gateway.core.ids import parse_id
from gateway.core.model import Message, MessageFolder, Receipt
from gateway.core.wire.request import RequestKind
from gateway.sandbox.faults import FaultKind
from gateway.testing.bench import Attempts, Bench, Door
from gateway.testing.calls import READS, ReadCall, usual_arguments
from gateway.testing.findings import Findings, NotApplicable, findings
from gateway.testing.inventing import Invention, invent
from gateway.testing.people import open_account
from gateway.testing.scenario import scenario, scenario_for, writes

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@scenario_for(writes, Quality.SILVER)
async def writes_are_confirmed(bench: Bench, operation: str) -> None:
    """A write gives a receipt, shows where it should, and makes the reads it names ask again."""
    wanted = OPERATIONS[operation]
    with bench.fresh() as own, findings() as found:
        door, store, account = await _writer(own, wanted)
        attempts = Attempts()
        async with own.gateway(store, attempts=attempts) as gateway:
            diary = await _diary(gateway, account)
            invention = await invent(diary, operation, own.config)
            calls = _invalidated(own, diary, wanted)
            for call in calls:
                await call.make(gateway)
                mark = len(own.traffic)
                await call.make(gateway)
                cached = len(own.traffic) == mark
                found.check(cached, f"{call.operation.name} is not cached before the write")
            receipt = await getattr(diary, operation)(**invention.arguments)
            _check_receipt(found, receipt, operation, invention)
            written = bool(attempts.of(RequestKind.WRITE))
            found.check(written, "nothing is sent as a WRITE, so it may be repeated")
            for call in calls:
                mark = len(own.traffic)
                await call.make(gateway)
                asked = len(own.traffic) > mark
                found.check(asked, f"{call.operation.name} is answered as before the write")
            seen = await invention.shows(receipt)
            found.check(seen, f"{door.account.label}: what was written cannot be read back")


@scenario_for(writes, Quality.BRONZE)
async def writes_are_never_repeated(bench: Bench, operation: str) -> None:
    """A write that fails or gets no whole answer is sent once; the latter is OutcomeUnknown."""
    wanted = OPERATIONS[operation]
    with bench.fresh() as own, findings() as found:
        _, store, account = await _writer(own, wanted)
        for fault, expected in (
            (FaultKind.ERROR_500, GatewayError),
            (FaultKind.CUT, OutcomeUnknown),
        ):
            attempts = Attempts()
            async with own.gateway(store, attempts=attempts) as gateway:
                diary = await _diary(gateway, account)
                invention = await invent(diary, operation, own.config)
                mark = len(own.traffic)
                with own.traffic.striking(fault):
                    try:
                        await getattr(diary, operation)(**invention.arguments)
                    except expected:
                        pass
                    except GatewayError as error:
                        # A look before the write may have failed; then nothing was written.
                        wrote = bool(attempts.of(RequestKind.WRITE))
                        found.check(not wrote, f"{fault.value} ends in {type(error).__name__}")
                    else:
                        found.add(f"{fault.value} is taken for a confirmation")
            repeated = [event for event in attempts.of(RequestKind.WRITE) if event.number > 1]
            sent = [item.line for item in own.traffic.since(mark) if item.method not in _SAFE]
            again = bool(repeated) or len(set(sent)) < len(sent)
            found.check(not again, f"after {fault.value} the write is sent again")


@scenario(Quality.SILVER)
async def opening_is_left_to_people(bench: Bench) -> None:
    """No list marks a message as read; opening it does, once, and the next look is cached."""
    declaration = bench.declaration
    info = declaration.supports(Capability.MESSAGE)
    if not info.is_available or not info.side_effect:
        raise NotApplicable("opening a message changes nothing")
    with bench.fresh() as own:
        for door in own.doors():
            store = own.store()
            account = (await open_account(own, store, door))[0]
            async with own.gateway(store) as gateway:
                diary = await _diary(gateway, account)
                unread = await _unread(diary)
                if unread is None:
                    continue
                await _read_all_but_messages(own, gateway, diary)
                if not await _is_unread(diary, unread):
                    raise AssertionError("a message is read without having been opened")
                await diary.get_message(unread)
                mark = len(own.traffic)
                await diary.get_message(unread)
                if len(own.traffic) > mark:
                    raise AssertionError("a second look opens the message again")
                if await _is_unread(diary, unread):
                    raise AssertionError("an opened message stays unread")
                return
    raise NotApplicable("nobody has an unread message")


async def _writer(bench: Bench, operation: Operation) -> tuple[Door, Any, str]:
    """Somebody who may write, signed in."""
    for door in bench.doors():
        store = bench.store()
        account = (await open_account(bench, store, door))[0]
        async with bench.gateway(store) as gateway:
            diary = await _diary(gateway, account)
            if not diary.supports(operation.capability).is_available:
                continue
            try:
                await invent(diary, operation.name, bench.config)
            except NotApplicable:
                continue
            return door, store, account
    raise AssertionError(f"no account of the emulator can {operation.name}")


async def _diary(gateway: Any, account: str) -> AsyncDiary:
    student = (await gateway.account(account)).students[0]
    diary: AsyncDiary = await gateway.diary(student, account=account)
    return diary


def _invalidated(bench: Bench, diary: AsyncDiary, operation: Operation) -> list[ReadCall]:
    """Calls of the reads that a write names, where this diary has them."""
    info = bench.declaration.supports(operation.capability)
    calls: list[ReadCall] = []
    for name in sorted(info.invalidates):
        read = OPERATIONS[name]
        own = diary.supports(read.capability)
        arguments = usual_arguments(read, own, bench.config, {})
        if own.is_available and arguments is not None:
            calls.append(
                ReadCall(
                    account=diary.account,
                    student=diary.student_id,
                    operation=read,
                    arguments=arguments,
                )
            )
    return calls


def _check_receipt(found: Findings, receipt: object, operation: str, invention: Invention) -> None:
    if not isinstance(receipt, Receipt):
        found.add("there is no receipt")
        return
    found.check(receipt.operation == operation, f"the receipt says {receipt.operation}")
    found.check(receipt.confirmed_at.tzinfo is not None, "the receipt's moment is naive")
    for text in (receipt.target, receipt.created):
        if text is not None:
            parse_id(text)
    if invention.target is not None:
        found.check(receipt.target == invention.target, "the receipt names another target")


async def _unread(diary: AsyncDiary) -> str | None:
    messages = await diary.list_messages(folder=MessageFolder.INBOX)
    return next((item.id for item in messages if item.is_read is False), None)


async def _is_unread(diary: AsyncDiary, message_id: str) -> bool:
    found: Mapping[str, Message] = {item.id: item for item in await diary.list_messages(max_age=0)}
    return found[message_id].is_read is False


async def _read_all_but_messages(bench: Bench, gateway: Any, diary: AsyncDiary) -> None:
    for operation in READS:
        info = diary.supports(operation.capability)
        arguments = usual_arguments(operation, info, bench.config, {})
        if info.is_available and not info.side_effect and arguments is not None:
            call = ReadCall(
                account=diary.account,
                student=diary.student_id,
                operation=operation,
                arguments=arguments,
            )
            await call.make(gateway)
