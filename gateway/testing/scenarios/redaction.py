"""Does anything private show where it must not?

Scenarios: `secrets_never_show`, `secret_parameters_are_declared` (case: login method).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

from gateway.core.contract.declaration import Quality
from gateway.core.contract.session import Session
from gateway.core.errors import GatewayError
from gateway.sandbox.faults import FaultKind
from gateway.testing.bench import OPENING_STATES, Bench, Door, copy_of, sessions_of
from gateway.testing.calls import plain_read
from gateway.testing.canaries import Canaries, all_logs, people_of
from gateway.testing.findings import Findings, findings
from gateway.testing.people import doors_of, open_account, play
from gateway.testing.scenario import login_methods, scenario, scenario_for
from gateway.testing.sweep import Read, sweep_of
from gateway.testing.worlds import world_of

_FAULTS: Final = (
    FaultKind.UNAUTHORIZED,
    FaultKind.FORBIDDEN,
    FaultKind.NOT_FOUND,
    FaultKind.ERROR_500,
    FaultKind.BROKEN_JSON,
    FaultKind.WRONG_SHAPE,
    FaultKind.LOGIN_PAGE,
)


@scenario(Quality.BRONZE)
async def secrets_never_show(bench: Bench) -> None:
    """No password, token, code, name or СНИЛС reaches a log, a repr, or the text of an error."""
    with bench.fresh() as own, findings() as found:
        canaries = await _canaries(bench)
        with all_logs() as trap:
            await _sign_in_and_fail(found, own, canaries)
            await _read_and_fail(found, own, canaries)
        for line in trap.lines:
            for kind in canaries.found_in(line):
                found.add(f"a log line of {line.split(maxsplit=1)[0]} shows a {kind}")


@scenario_for(login_methods, Quality.BRONZE)
async def secret_parameters_are_declared(bench: Bench, method: str) -> None:
    """Whatever carries a password or token in a query or body is a declared secret parameter."""
    with bench.fresh() as own, findings() as found:
        door, store = doors_of(own, method)[0], own.store()
        sessions: list[Session] = []
        if bench.method(method).opens_account:
            account = (await open_account(own, store, door))[0]
            sessions.append((await sessions_of(store))[account])
            async with own.gateway(store) as gateway:
                read = await plain_read(gateway, account, own.config)
                with suppress(GatewayError), own.traffic.striking(FaultKind.UNAUTHORIZED, times=1):
                    await read.make(gateway)
            sessions.append((await sessions_of(store))[account])
        else:
            async with own.gateway(store) as gateway:
                await play(own, gateway, door)
        secrets = [door.account.password, door.account.token]
        secrets += [session.secret(name) for session in sessions for name in session.credentials]
        hidden = {word for word in secrets if word}
        for exchange in own.traffic.since(0):
            for name, value in exchange.parameters():
                open_secret = value in hidden and name.lower() not in own.declaration.secret_params
                found.check(not open_secret, f"{name!r} carries a secret and is not declared")


async def _canaries(bench: Bench) -> Canaries:
    world = world_of(bench.config.seed, bench.config.today)
    canaries = Canaries()
    for account in bench.accounts:
        canaries.add_account(account)
        for key in people_of(world, [student.key for student in account.students]):
            canaries.add_person(world, key)
    for store in (await sweep_of(bench)).household.stores.values():
        for session in (await sessions_of(store)).values():
            canaries.add_session(session)
    return canaries


async def _sign_in_and_fail(found: Findings, bench: Bench, canaries: Canaries) -> None:
    """Signs in by every method, on a good day and on bad ones, as anybody and nobody."""
    for method in (item.name for item in bench.declaration.login_methods):
        door = doors_of(bench, method)[0]
        store = bench.store()
        async with bench.gateway(store) as gateway:
            outcome = await play(bench, gateway, door)
            seen: Sequence[object] = (
                gateway,
                outcome.login,
                *[await gateway.account(key) for key in outcome.login.accounts],
                *(await sessions_of(store)).values(),
                store,
            )
            for session in (await sessions_of(store)).values():
                canaries.add_session(session)
            for thing in seen:
                _check(found, canaries.found_in(repr(thing)), f"repr of {type(thing).__name__}")
        for fault in _FAULTS:
            async with bench.gateway() as gateway:
                with bench.traffic.striking(fault), _checked(found, canaries, f"{method}, {fault}"):
                    outcome = await play(bench, gateway, door)
                    if outcome.error is not None:
                        raise outcome.error
    for account in bench.accounts:
        for method in account.methods if account.state not in OPENING_STATES else ():
            async with bench.gateway() as gateway:
                with _checked(found, canaries, f"{method} of {account.label}"):
                    outcome = await play(bench, gateway, Door(method, account))
                    if outcome.error is not None:
                        raise outcome.error


async def _read_and_fail(found: Findings, bench: Bench, canaries: Canaries) -> None:
    """Reads everything once, and once on each kind of bad day."""
    sweep = await sweep_of(bench)
    once: dict[str, Read] = {}
    for read in sweep.answered():
        once.setdefault(read.call.operation.name, read)
    for store in sweep.household.stores.values():
        for session in (await sessions_of(store)).values():
            canaries.add_session(session)
    for name, read in once.items():
        for fault in _FAULTS:
            store = await copy_of(sweep.store_of(read), bench)
            async with bench.gateway(store) as gateway:
                with bench.traffic.striking(fault), _checked(found, canaries, f"{name}, {fault}"):
                    await read.call.make(gateway)


@contextmanager
def _checked(found: Findings, canaries: Canaries, where: str) -> Iterator[None]:
    """Looks at whatever error ends the block."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - any error must keep silent
        _check(found, canaries.found_in_error(error), f"{type(error).__name__} of {where}")


def _check(found: Findings, kinds: Sequence[str], where: str) -> None:
    for kind in kinds:
        found.add(f"{where} shows a {kind}")
