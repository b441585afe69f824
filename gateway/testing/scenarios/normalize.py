"""Can captured answers be read offline?

Scenario, with a read as its case: `recordings_normalize_to_the_same`.
"""

from collections.abc import Mapping
from typing import Any, Final

from gateway.core.contract.declaration import Quality
from gateway.core.contract.operation import Scope
from gateway.core.contract.session import Session
from gateway.core.errors import GatewayError
from gateway.core.model import Student
from gateway.core.replay.normalize import Normalized, normalize
from gateway.testing.bench import Bench, copy_of, sessions_of
from gateway.testing.findings import findings
from gateway.testing.recording import Exchange, har
from gateway.testing.scenario import reads, scenario_for
from gateway.testing.sweep import Read, sweep_of
from gateway.testing.walking import differences

_CONTEXT: Final[Mapping[str, None]] = {"account": None, "zone": None, "region": None}


@scenario_for(reads, Quality.GOLD)
async def recordings_normalize_to_the_same(bench: Bench, operation: str) -> None:
    """Bodies recorded from the emulator normalise into the very answer that came online."""
    sweep = await sweep_of(bench)
    read = sweep.richest(operation)
    store = await copy_of(sweep.store_of(read), bench)
    session = (await sessions_of(store))[read.call.account]
    async with bench.gateway(store) as gateway:
        mark = len(bench.traffic)
        online = await read.call.make(gateway)
        exchanges = bench.traffic.since(mark)
    try:
        offline = _offline(bench, read, session, exchanges)
    except GatewayError as error:
        raise AssertionError(f"the recording cannot be read: {error}") from error
    with findings() as found:
        for missing in offline.missing:
            found.add(f"{missing.template} is asked for and was not recorded")
        for issue in offline.issues:
            found.add(f"{issue.path}: {issue.reason}")
        for where in differences(_without_context(online.value), _without_context(offline.value)):
            found.add(f"the recording gives another {where} than the provider did")


def _offline(
    bench: Bench, read: Read, session: Session, exchanges: tuple[Exchange, ...]
) -> Normalized:
    student = session.student(read.call.student) or session.students[0]
    whole = read.call.operation.scope is Scope.ACCOUNT
    return normalize(
        bench.provider,
        read.call.operation.name,
        {"capture.har": har(exchanges, bench.origin)},
        instance=session.instance,
        zone=student.zone,
        student=None if whole else student.native,
        arguments=read.call.arguments,
        registry=bench.registry,
        clock=bench.clock,
    )


def _without_context(value: Any) -> Any:
    """The value without what of a student is context and stands in no answer."""
    if not isinstance(value, tuple) or not all(isinstance(item, Student) for item in value):
        return value
    return tuple(item.model_copy(update=_CONTEXT) for item in value)
