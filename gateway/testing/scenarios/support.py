"""Does what is lacking say so without asking the provider?

Scenarios: `unsupported_calls_send_nothing`, `unverified_calls_need_leave`,
`other_families_are_refused`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.declaration import Quality
from gateway.core.contract.operation import OPERATIONS, Operation, Scope
from gateway.core.errors import CapabilityUnverified, GatewayError, NotSupported, OtherFamily
from gateway.core.ids import Ids
from gateway.testing.bench import Bench, copy_of
from gateway.testing.calls import any_arguments, plain_read
from gateway.testing.findings import NotApplicable, findings
from gateway.testing.scenario import scenario
from gateway.testing.sweep import sweep_of


@scenario(Quality.BRONZE)
async def unsupported_calls_send_nothing(bench: Bench) -> None:
    """A capability that is lacking raises NotSupported with its reason, before any request."""
    with findings() as found:
        async with _one_diary(bench) as (diary, gateway):
            mark = len(bench.traffic)
            for operation in OPERATIONS.values():
                info = diary.supports(operation.capability)
                if info.support is not Support.UNSUPPORTED:
                    continue
                error = await _error_of(gateway, diary, operation, bench.config.today)
                good = isinstance(error, NotSupported)
                found.check(good, f"{operation.name} ends in {error}")
                said = error is not None and error.text == info.reason
                found.check(said, f"{operation.name} does not give its reason")
            if diary.supports(Capability.ATTACHMENTS).support is Support.UNSUPPORTED:
                refused = await _attachment_is_refused(diary)
                found.check(refused, "open_attachment is not refused")
            found.check(len(bench.traffic) == mark, "something was sent")


@scenario(Quality.SILVER)
async def unverified_calls_need_leave(bench: Bench) -> None:
    """An unverified capability is refused unsent; with the operator's leave its body can be had."""
    unverified = [
        item
        for item in OPERATIONS.values()
        if item.kind == "read"
        and bench.declaration.supports(item.capability).support is Support.UNKNOWN
    ]
    if not unverified:
        raise NotApplicable("every capability is verified")
    with findings() as found:
        async with _one_diary(bench) as (diary, gateway):
            mark = len(bench.traffic)
            for operation in unverified:
                error = await _error_of(gateway, diary, operation, bench.config.today)
                is_ours = diary.supports(operation.capability).support is Support.UNKNOWN
                good = isinstance(error, CapabilityUnverified if is_ours else NotSupported)
                found.check(good, f"{operation.name} ends in {error}")
            found.check(len(bench.traffic) == mark, "something unverified was sent")
        async with _one_diary(bench, allow_unverified=True) as (diary, _):
            for operation in unverified:
                other_role = diary.supports(operation.capability).support is not Support.UNKNOWN
                if operation.scope is Scope.ACCOUNT or other_role:
                    continue
                ask = getattr(diary, operation.name)
                try:
                    answer = await ask(
                        **any_arguments(operation, bench.config.today), keep_raw=True
                    )
                except GatewayError as error:
                    found.add(f"{operation.name} with leave ends in {error}")
                else:
                    found.check(bool(answer.raw), f"{operation.name} keeps no body")


@scenario(Quality.BRONZE)
async def other_families_are_refused(bench: Bench) -> None:
    """A student whom the account does not see is refused before any request."""
    async with _one_diary(bench) as (own, gateway):
        stranger = Ids(bench.provider).of("student", "somebody-elses-child")
        read = await plain_read(gateway, own.account, bench.config)
        diary = await gateway.diary(stranger, account=own.account)
        mark = len(bench.traffic)
        try:
            await getattr(diary, read.operation.name)(**read.arguments)
        except OtherFamily:
            if len(bench.traffic) > mark:
                raise AssertionError("another family's child was asked for") from None
            return
        raise AssertionError("another family's child is answered")


@asynccontextmanager
async def _one_diary(
    bench: Bench, *, allow_unverified: bool = False
) -> AsyncIterator[tuple[AsyncDiary, AsyncGateway]]:
    """A diary of the first account with its gateway."""
    sweep = await sweep_of(bench)
    method, store = next(iter(sweep.household.stores.items()))
    account = sweep.household.opened[method][0][1]
    async with bench.gateway(
        await copy_of(store, bench), allow_unverified=allow_unverified
    ) as gateway:
        student = (await gateway.account(account)).students[0]
        yield await gateway.diary(student, account=account), gateway


async def _error_of(
    gateway: AsyncGateway, diary: AsyncDiary, operation: Operation, today: date
) -> GatewayError | None:
    try:
        if operation.scope is Scope.ACCOUNT:
            await getattr(gateway, operation.name)(diary.account)
        else:
            await getattr(diary, operation.name)(**any_arguments(operation, today))
    except GatewayError as error:
        return error
    return None


async def _attachment_is_refused(diary: AsyncDiary) -> bool:
    try:
        async with diary.open_attachment("nothing:file:0"):
            return False
    except NotSupported:
        return True
