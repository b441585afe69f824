"""Does every declared way in lead in?

Scenarios, each with a login method as its case: `login_opens_the_account`,
`login_goes_on_elsewhere`, `login_can_be_cancelled`, `reauthentication_stays_with_the_account`.
"""

from dataclasses import replace
from typing import Final

from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.declaration import Quality
from gateway.core.contract.steps import StepAction
from gateway.core.errors import FlowError, GatewayError
from gateway.testing.bench import Bench, Door
from gateway.testing.findings import findings
from gateway.testing.people import Outcome, begin, doors_of, go_on, play, play_on
from gateway.testing.scenario import login_methods, opening_methods, scenario_for

_MOST_STEPS: Final = 30


@scenario_for(login_methods, Quality.BRONZE)
async def login_opens_the_account(bench: Bench, method: str) -> None:
    """Every account opens by every method that works for it, and shows its students.

    Recovery of access must end well and open none. A method that works once leaves a session
    that names another one, by which its person can sign in again.
    """
    declared = bench.method(method)
    lasting = [item.name for item in bench.declaration.login_methods if not item.works_once]
    with bench.fresh() as own, findings() as found:
        for door in doors_of(own, method):
            label = door.account.label
            async with own.gateway() as gateway:
                outcome = await play(own, gateway, door)
                wrong = outcome.end_of(declared)
                found.check(wrong is None, f"{label} by {method}: {wrong}")
                if wrong is not None or not declared.opens_account:
                    continue
                opened = [await gateway.account(key) for key in outcome.login.accounts]
            seen = {student for account in opened for student in account.students}
            missing = {student.gateway_id for student in door.account.students} - seen
            found.check(not missing, f"{label} lacks {sorted(missing)}")
            for account in opened:
                good = account.method in (lasting if declared.works_once else [method])
                found.check(good, f"{label}: its method is {account.method}")


@scenario_for(login_methods, Quality.BRONZE)
async def login_goes_on_elsewhere(bench: Bench, method: str) -> None:
    """After every step another process, knowing only the store, can go on."""
    with bench.fresh() as own:
        door = min(doors_of(own, method), key=_is_plain)
        store = own.store()
        async with own.gateway(store) as gateway:
            login = await begin(gateway, door)
        for _ in range(_MOST_STEPS):
            if login.step is None:
                break
            async with own.gateway(store) as gateway:
                here = await gateway.login_status(login.id)
                if here.step != login.step:
                    raise AssertionError("another process sees another step")
                login = await go_on(own, gateway, login, door)
        wrong = Outcome(login, login.error).end_of(bench.method(method))
        if wrong is not None:
            raise AssertionError(f"the login goes on elsewhere, but {wrong}")


@scenario_for(login_methods, Quality.SILVER)
async def login_can_be_cancelled(bench: Bench, method: str) -> None:
    """A cancelled login is over: nothing of it is left, and no answer is taken any more."""
    door = doors_of(bench, method)[0]
    async with bench.gateway() as gateway:
        login = await begin(gateway, door)
        if login.step is None or StepAction.CANCEL not in login.step.actions:
            raise AssertionError("the first step cannot be cancelled")
        cancelled = await gateway.act(login.id, StepAction.CANCEL)
        if not cancelled.is_over or cancelled.error is None:
            raise AssertionError("the cancelled login is not over")
        try:
            await gateway.login_status(login.id)
        except FlowError:
            return
        raise AssertionError("the cancelled login is still there")


@scenario_for(opening_methods, Quality.SILVER)
async def reauthentication_stays_with_the_account(bench: Bench, method: str) -> None:
    """Signing in anew renews the same account and refuses another person's.

    What works once is used up by then: the person comes by the method that the session names, the
    stranger with an unused one of their own.
    """
    with bench.fresh() as own:
        mine, *others = doors_of(own, method)
        stranger = next((door for door in others if _is_stranger(door, mine)), None)
        async with own.gateway() as gateway:
            account = _opened(await play(own, gateway, mine))[0]
            if bench.method(method).works_once:
                mine = replace(mine, method=(await gateway.account(account)).method)
            if account not in _opened(await _again(own, gateway, account, mine)):
                raise AssertionError("signing in anew opened another account")
            if stranger is None:
                return
            try:
                outcome = await _again(own, gateway, account, stranger)
            except GatewayError:
                return
            if outcome.error is None:
                raise AssertionError("another person's sign-in renewed the account")


async def _again(bench: Bench, gateway: AsyncGateway, account: str, door: Door) -> Outcome:
    login = await gateway.reauthenticate(account, method=door.method)
    return await play_on(bench, gateway, login, door)


def _opened(outcome: Outcome) -> tuple[str, ...]:
    if outcome.error is not None or not outcome.login.accounts:
        raise AssertionError(f"the sign-in failed: {outcome.error}")
    return outcome.login.accounts


def _is_plain(door: Door) -> tuple[bool, bool]:
    """Sorts accounts with a code first, then those in a state: they take more steps."""
    return door.account.code is None, door.account.state == "ok"


def _is_stranger(door: Door, other: Door) -> bool:
    """Whether two accounts share no child, as two identities of one person might."""
    return not {s.key for s in door.account.students} & {s.key for s in other.account.students}
