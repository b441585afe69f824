"""Does a bad day of the provider stay a bad day of the provider?

Scenarios: `hostile_answers_become_errors` (case: read), `hostile_sign_ins_become_errors` (case:
login method).
"""

from typing import Final

from gateway.core.contract.declaration import Quality
from gateway.core.errors import GatewayError
from gateway.sandbox.faults import FaultKind
from gateway.testing.bench import Bench, copy_of
from gateway.testing.findings import Findings, findings
from gateway.testing.people import begin, doors_of, go_on
from gateway.testing.scenario import login_methods, reads, scenario_for
from gateway.testing.sweep import Read, sweep_of

HOSTILE: Final = (
    FaultKind.BROKEN_JSON,
    FaultKind.WRONG_SHAPE,
    FaultKind.BAD_UTF8,
    FaultKind.DEEP,
    FaultKind.OVERSIZE,
    FaultKind.LOGIN_PAGE,
    FaultKind.MAINTENANCE,
    FaultKind.ANTI_BOT,
    FaultKind.BAD_GATEWAY,
    FaultKind.CUT,
)
"""Answers that no protocol has, and pages that come in place of answers."""


@scenario_for(reads, Quality.BRONZE)
async def hostile_answers_become_errors(bench: Bench, operation: str) -> None:
    """HTML, broken, misshapen, huge, deep and cut answers escape as nothing but GatewayError."""
    read = (await sweep_of(bench)).richest(operation)
    with findings() as found:
        for fault in HOSTILE:
            await _try_read(found, bench, read, fault)


@scenario_for(login_methods, Quality.BRONZE)
async def hostile_sign_ins_become_errors(bench: Bench, method: str) -> None:
    """The same answers during a sign-in end in an error of the tree, never in an open account."""
    with findings() as found:
        for fault in HOSTILE:
            await _try_sign_in(found, bench, method, fault)


async def _try_read(found: Findings, bench: Bench, read: Read, fault: FaultKind) -> None:
    store = await copy_of((await sweep_of(bench)).store_of(read), bench)
    async with bench.gateway(store) as gateway:
        mark = len(bench.traffic)
        with bench.traffic.striking(fault):
            try:
                await read.call.make(gateway)
            except GatewayError:
                return
            except Exception as error:  # noqa: BLE001 - whatever escapes is the finding
                found.add(f"{fault.value} escapes as {type(error).__name__}: {error}")
                return
        asked = len(bench.traffic) > mark
        found.check(not asked, f"{fault.value} is taken for an answer")


async def _try_sign_in(found: Findings, bench: Bench, method: str, fault: FaultKind) -> None:
    door = doors_of(bench, method)[0]
    async with bench.gateway() as gateway:
        try:
            mark = len(bench.traffic)
            with bench.traffic.striking(fault):
                login = await begin(gateway, door)
                if len(bench.traffic) == mark and login.step is not None:
                    login = await go_on(bench, gateway, login, door)
        except GatewayError:
            return
        except Exception as error:  # noqa: BLE001 - whatever escapes is the finding
            found.add(f"{fault.value} escapes as {type(error).__name__}: {error}")
            return
        found.check(not login.accounts, f"{fault.value} opens an account")
        ended_well = login.is_over and login.error is None
        found.check(not ended_well, f"{fault.value} is taken for a good end")
