"""Are ranges of days taken, split or refused as declared?

Scenarios, each with a dated read as its case: `senseless_ranges_are_refused`,
`long_ranges_are_split_or_refused`.
"""

from datetime import timedelta
from typing import Final

from gateway.core.contract.declaration import Quality
from gateway.core.contract.windows import LONGEST_RANGE
from gateway.core.errors import DateRangeTooLong, GatewayError, InvalidRequest
from gateway.core.model import DateRange
from gateway.testing.bench import Bench, copy_of
from gateway.testing.findings import NotApplicable, findings
from gateway.testing.scenario import dated_reads, scenario_for
from gateway.testing.sweep import sweep_of
from gateway.testing.walking import own_ids

_BEYOND: Final = 3
"""Days by which a range is longer than may be asked at once."""


@scenario_for(dated_reads, Quality.BRONZE)
async def senseless_ranges_are_refused(bench: Bench, operation: str) -> None:
    """A range that ends before it starts, or is longer than any diary, is refused unsent."""
    sweep = await sweep_of(bench)
    read = sweep.richest(operation)
    today = bench.config.today
    with findings() as found:
        for start in (today + timedelta(days=1), today - timedelta(days=LONGEST_RANGE + 1)):
            async with bench.gateway(await copy_of(sweep.store_of(read), bench)) as gateway:
                diary = await gateway.diary(read.call.student, account=read.call.account)
                mark = len(bench.traffic)
                try:
                    await getattr(diary, operation)(start, today)
                except InvalidRequest:
                    pass
                except GatewayError as error:
                    found.add(f"a senseless range ends in {type(error).__name__}")
                else:
                    found.add("a senseless range is answered")
                found.check(len(bench.traffic) == mark, "a senseless range is sent")


@scenario_for(dated_reads, Quality.SILVER)
async def long_ranges_are_split_or_refused(bench: Bench, operation: str) -> None:
    """A range beyond `max_days` is answered whole by several requests, or refused unsent."""
    sweep = await sweep_of(bench)
    read = sweep.richest(operation)
    info = bench.declaration.supports(read.call.operation.capability)
    if info.max_days is None:
        raise NotApplicable("any range may be asked at once")
    end = bench.config.today
    start = end - timedelta(days=info.max_days + _BEYOND - 1)
    middle = start + timedelta(days=info.max_days // 2)
    async with bench.gateway(await copy_of(sweep.store_of(read), bench)) as gateway:
        diary = await gateway.diary(read.call.student, account=read.call.account)
        ask = getattr(diary, operation)
        mark = len(bench.traffic)
        if not info.splittable:
            try:
                await ask(start, end)
            except DateRangeTooLong:
                if len(bench.traffic) > mark:
                    raise AssertionError("a range that is too long is sent") from None
                return
            raise AssertionError("a range that is too long is answered")
        whole = await ask(start, end)
        parts = [await ask(start, middle), await ask(middle + timedelta(days=1), end)]
    with findings() as found:
        found.check(whole.covered == DateRange(start, end), f"only {whole.covered} is covered")
        ids = own_ids(whole)
        found.check(len(set(ids)) == len(ids), "things come twice where two parts meet")
        expected = {found_id for part in parts for found_id in own_ids(part)}
        found.check(
            set(ids) == expected, f"{len(set(ids) ^ expected)} things differ from the parts"
        )
