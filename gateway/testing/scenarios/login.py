"""Does every declared way in lead in?

Scenarios: `login_opens_the_account`, `login_goes_on_elsewhere`, `login_can_be_cancelled`,
`reauthentication_stays_with_the_account`, `state_cannot_be_forged`, each with a login method as
its case.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from gateway.core.contract.declaration import Declaration, Quality
from gateway.core.errors import FlowError, ForgedState, GatewayError
from gateway.core.login.flow import StepInput
from gateway.core.login.status import Login
from gateway.core.login.steps import Redirect, StepAction
from gateway.testing.bench import Bench, Door
from gateway.testing.findings import NotApplicable, findings
from gateway.testing.people import Outcome, begin, go_on, play, play_until
from gateway.testing.scenario import scenario_for

_MOST_STEPS: Final = 30


def login_methods(declaration: Declaration) -> Sequence[str]:
    """The declared login methods."""
    return [item.name for item in declaration.login_methods]


@scenario_for(login_methods, Quality.BRONZE)
async def login_opens_the_account(bench: Bench, method: str) -> None:
    """Every account opens by every method that works for it, and shows its students."""
    with bench.fresh() as own, findings() as found:
        for door in _doors(own, method):
            async with own.gateway() as gateway:
                outcome = await play(own, gateway, door)
                if outcome.error is not None or not outcome.login.accounts:
                    found.add(f"{door.account.label} stays outside: {outcome.error}")
                    continue
                opened = [await gateway.account(key) for key in outcome.login.accounts]
            seen = {student for account in opened for student in account.students}
            missing = {student.gateway_id for student in door.account.students} - seen
            found.check(not missing, f"{door.account.label} lacks {sorted(missing)}")
            for account in opened:
                found.check(account.method == method, f"{account.key} says method {account.method}")


@scenario_for(login_methods, Quality.BRONZE)
async def login_goes_on_elsewhere(bench: Bench, method: str) -> None:
    """After every step another process, knowing only the store, can go on."""
    with bench.fresh() as own:
        door = _most_steps(_doors(own, method))
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
        if login.error is not None or not login.accounts:
            raise AssertionError(f"the login ended without an account: {login.error}")


@scenario_for(login_methods, Quality.SILVER)
async def login_can_be_cancelled(bench: Bench, method: str) -> None:
    """A cancelled login is over: nothing of it is left, and no answer is taken any more."""
    door = _doors(bench, method)[0]
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


@scenario_for(login_methods, Quality.SILVER)
async def reauthentication_stays_with_the_account(bench: Bench, method: str) -> None:
    """Signing in anew renews the same account and refuses another."""
    with bench.fresh() as own:
        doors = _doors(own, method)
        async with own.gateway() as gateway:
            first = _opened(await play(own, gateway, doors[0]))
            again = await _reauthenticate(own, doors[0], first[0], gateway_login=gateway)
            if first[0] not in _opened(again):
                raise AssertionError("signing in anew opened another account")
            other = next((door for door in doors if _is_other(door, doors[0])), None)
            if other is None:
                return
            try:
                wrong = await _reauthenticate(own, other, first[0], gateway_login=gateway)
            except GatewayError:
                return
            if wrong.error is None:
                raise AssertionError("another person's sign-in renewed the account")


@scenario_for(login_methods, Quality.BRONZE)
async def state_cannot_be_forged(bench: Bench, method: str) -> None:
    """A redirect's answer with a forged, foreign or used `state` is refused."""
    with bench.fresh() as own:
        door = _doors(own, method)[0]
        async with own.gateway() as gateway:
            answer = await _final_address(own, gateway, door)
            forged = await play_until(own, gateway, door, Redirect)
            with findings() as found:
                if forged is not None:
                    bad = _with_state(answer, "forged-state-of-nobody")
                    refused = await _refused(gateway, forged, bad)
                    found.check(refused, "a forged state is taken")
                foreign = await play_until(own, gateway, door, Redirect)
                if foreign is not None:
                    refused = await _refused(gateway, foreign, answer)
                    found.check(refused, "an answer to another login is taken")
                    refused = await _refused(gateway, foreign, answer)
                    found.check(refused, "an answer is taken twice")


async def _final_address(bench: Bench, gateway: object, door: Door) -> str:
    """The address that ends one login's redirect, with its state; that login is left behind."""
    from gateway.core.client.gateway import AsyncGateway  # noqa: PLC0415 - only to narrow

    if not isinstance(gateway, AsyncGateway):
        raise TypeError("a gateway is needed")
    login = await play_until(bench, gateway, door, Redirect)
    if login is None or login.step is None:
        raise NotApplicable(f"{door.method} sends nobody to another site")
    answer = bench.answer(login.step, door.account)
    if not isinstance(answer, str) or "state" not in _parameters(answer):
        raise NotApplicable(f"{door.method} carries no state in its final address")
    return answer


def _parameters(address: str) -> Mapping[str, str]:
    parts = urlsplit(address)
    return dict(parse_qsl(parts.query) + parse_qsl(parts.fragment))


def _with_state(address: str, state: str) -> str:
    parts = urlsplit(address)

    def changed(text: str) -> str:
        pairs = [(key, state if key == "state" else value) for key, value in parse_qsl(text)]
        return urlencode(pairs)

    return urlunsplit(
        (parts.scheme, parts.netloc, parts.path, changed(parts.query), changed(parts.fragment))
    )
