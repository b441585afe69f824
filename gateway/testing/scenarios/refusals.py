"""Does a sign-in that cannot end well say so, and leave the account unharmed?

Scenarios: `wrong_secret_is_sent_once` and `awkward_accounts_end_in_their_own_error` (case: login
method), `wrong_code_can_be_mended`.
"""

from collections.abc import Mapping
from typing import Final

from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.declaration import Quality
from gateway.core.contract.emulator import SandboxAccount
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Form, OneTimeCode, Step
from gateway.core.errors import (
    ERRORS,
    AccountLocked,
    AccountNotLinked,
    CodeExpired,
    ContactDataMissing,
    DataMismatch,
    EsiaOnly,
    GatewayError,
    IdentityTooWeak,
    KnownWrongSecret,
    LoginError,
    MethodNotOffered,
    NoMembership,
    NoStudents,
    RoleNotServed,
    TemporaryPassword,
    TokenRejected,
    WrongCode,
    WrongCredentials,
)
from gateway.core.login.status import Login
from gateway.core.wire.request import RequestKind
from gateway.testing.bench import OPENING_STATES, Attempts, Bench, Door
from gateway.testing.canaries import spellings
from gateway.testing.findings import Findings, NotApplicable, findings
from gateway.testing.people import begin, doors_of, play, play_on, play_until
from gateway.testing.scenario import login_methods, scenario, scenario_for

_WRONG: Final = "Wrong-Secret-Of-Nobody-1"

EXPECTED: Final[Mapping[str, tuple[type[GatewayError], ...]]] = {
    "locked": (AccountLocked,),
    "temporary_password": (TemporaryPassword,),
    "no_children": (NoStudents,),
    "unlinked": (AccountNotLinked, DataMismatch, ContactDataMissing, NoStudents),
    "esia_only": (EsiaOnly, MethodNotOffered),
    "no_longer_student": (NoMembership, NoStudents),
    "simplified_identity": (IdentityTooWeak,),
    "staff": (RoleNotServed, NoStudents),
}
"""Awkward states and the errors in which they may end."""


@scenario_for(login_methods, Quality.BRONZE)
async def wrong_secret_is_sent_once(bench: Bench, method: str) -> None:
    """A wrong password goes over the wire once; the same one again is refused without sending."""
    with bench.fresh() as own, findings() as found:
        door = doors_of(own, method)[0]
        attempts = Attempts()
        async with own.gateway(attempts=attempts) as gateway:
            login = await begin(gateway, door)
            answer = own.answer(login.step, door.account) if login.step is not None else ""
            hidden = _secrets_of(login.step)
            if not hidden or not isinstance(answer, Mapping):
                raise NotApplicable(f"{method} begins with no secret to type")
            wrong = {**answer, **dict.fromkeys(hidden, _WRONG)}
            mark = len(own.traffic)
            refused = await _submit(gateway, login, wrong)
            found.check(refused is not None, "a wrong secret opens the account")
            if refused is TokenRejected and len(own.traffic) == mark:
                return  # what can be no token need not be sent to be refused
            _check_sent_once(found, own, mark, attempts)
            if refused is None or not issubclass(refused, WrongCredentials):
                return
            mark = len(own.traffic)
            again = await _submit(gateway, login, wrong)
            known = again is not None and issubclass(again, KnownWrongSecret)
            found.check(known, "the same wrong secret again is no KnownWrongSecret")
            found.check(len(own.traffic) == mark, "the same wrong secret is sent again")
            outcome = await play_on(own, gateway, await gateway.login_status(login.id), door)
            found.check(outcome.error is None, f"the right secret then fails: {outcome.error}")


@scenario(Quality.BRONZE)
async def wrong_code_can_be_mended(bench: Bench) -> None:
    """A wrong or expired code shows the same step with its error; the right one then opens."""
    with bench.fresh() as own, findings() as found:
        tried = False
        for door in (door for door in own.doors() if door.account.code is not None):
            async with own.gateway() as gateway:
                login = await play_until(own, gateway, door, OneTimeCode)
                if login is None:
                    continue
                tried = True
                await _try_codes(found, own, gateway, login, door)
        if not tried:
            raise NotApplicable("no account is asked for a one-time code")


@scenario_for(login_methods, Quality.BRONZE)
async def awkward_accounts_end_in_their_own_error(bench: Bench, method: str) -> None:
    """A locked, unlinked, childless … account ends in the error that says who can mend it."""
    with bench.fresh() as own, findings() as found:
        tried = False
        for account in own.accounts:
            state = _state_of(account)
            if state in OPENING_STATES or method not in account.methods:
                continue
            tried = True
            async with own.gateway() as gateway:
                await _check_ending(found, own, gateway, Door(method, account), state)
        if not tried:
            raise NotApplicable(f"no account in an awkward state tries {method}")


async def _try_codes(
    found: Findings, bench: Bench, gateway: AsyncGateway, login: Login, door: Door
) -> None:
    wrong = "".join(str((int(sign) + 1) % 10) for sign in door.account.code or "")
    tries: list[tuple[str | None, type[LoginError]]] = [
        (wrong, WrongCode),
        (door.account.expired_code, CodeExpired),
    ]
    for code, expected in tries:
        if code is None:
            continue
        after = await gateway.submit(login.id, code)
        error = after.step.error if after.step is not None else None
        good = error is not None and issubclass(ERRORS[error.code], expected)
        found.check(good, f"{door.method}: {expected.__name__} expected, not {error}")
        same = after.step is not None and isinstance(after.step, OneTimeCode)
        found.check(same, f"{door.method}: the step is gone after a code that does not do")
        if after.is_over:
            return
    outcome = await play_on(bench, gateway, await gateway.login_status(login.id), door)
    found.check(outcome.error is None, f"{door.method}: the right code fails: {outcome.error}")


async def _check_ending(
    found: Findings, bench: Bench, gateway: AsyncGateway, door: Door, state: str
) -> None:
    where = f"{door.account.label} by {door.method}"
    try:
        outcome = await play(bench, gateway, door)
    except GatewayError as raised:
        found.add(f"{where}: raised {type(raised).__name__} instead of ending the login")
        return
    error = outcome.error
    declared = bench.method(door.method)
    if not declared.opens_account and outcome.end_of(declared) is None:
        return  # access can be recovered in any state: whether a diary opens is not its matter
    if error is None:
        # A way out inside the login, such as choosing a new password, is even better.
        accounts = [await gateway.account(key) for key in outcome.login.accounts]
        served = any(account.students for account in accounts)
        found.check(served, f"{where}: {state} opens an account without students")
        return
    expected = EXPECTED.get(state) if declared.opens_account else None
    if expected is None:
        vague = type(error) is LoginError or isinstance(error, WrongCredentials)
        found.check(isinstance(error, LoginError) and not vague, f"{where}: {type(error).__name__}")
        return
    names = " or ".join(item.__name__ for item in expected)
    good = isinstance(error, expected)
    found.check(good, f"{where}: {state} ends in {type(error).__name__}, not {names}")


def _check_sent_once(found: Findings, bench: Bench, mark: int, attempts: Attempts) -> None:
    exchanges = bench.traffic.since(mark)
    carrying = [item for item in exchanges if item.holds(spellings(_WRONG))]
    sent = attempts.of(RequestKind.AUTH)
    found.check(bool(carrying or sent), "the secret is never sent, or by a request that is no AUTH")
    found.check(len(carrying) <= 1, f"the wrong secret is sent {len(carrying)} times")
    repeated = [event.template for event in sent if event.number > 1]
    found.check(not repeated, f"a sign-in is repeated by itself: {repeated}")


async def _submit(
    gateway: AsyncGateway, login: Login, answer: StepInput
) -> type[GatewayError] | None:
    """The error that an answer brings; None if it does."""
    after = await gateway.submit(login.id, answer)
    if after.step is not None and after.step.error is not None:
        return ERRORS[after.step.error.code]
    return None if after.error is None else type(after.error)


def _secrets_of(step: Step | None) -> tuple[str, ...]:
    fields = step.fields if isinstance(step, Form) else ()
    return tuple(item.name for item in fields if item.secret)


def _state_of(account: SandboxAccount) -> str:
    """The state of an account; a person of the staff has no diary, whatever it says."""
    return "staff" if account.state == "ok" and not account.students else account.state
