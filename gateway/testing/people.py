"""Plays the people who sign in."""

from dataclasses import dataclass
from typing import Final

from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.declaration import LoginMethod
from gateway.core.contract.steps import ShowQr, Step, WaitForApproval
from gateway.core.errors import GatewayError
from gateway.core.login.status import Login
from gateway.core.sessions.memory import MemoryStore
from gateway.testing.bench import Bench, Door

_MOST_STEPS: Final = 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a login ended.

    Attributes:
        login: Where it stands.
        error: Why it went no further; None for a good end.
    """

    login: Login
    error: GatewayError | None

    @property
    def error_class(self) -> type[GatewayError] | None:
        """The class of the error."""
        return None if self.error is None else type(self.error)

    def end_of(self, method: LoginMethod) -> str | None:
        """What is wrong with the end of a login by a method; None if nothing is."""
        if self.error is not None:
            return f"it ended badly: {self.error}"
        if method.opens_account:
            return None if self.login.accounts else "it opened no account"
        return "it opened an account" if self.login.accounts else None


def doors_of(bench: Bench, method: str) -> tuple[Door, ...]:
    """Accounts that a login method opens.

    Raises:
        AssertionError: There is none.
    """
    doors = bench.doors(method)
    if not doors:
        raise AssertionError(f"the emulator has no account that {method} opens")
    return doors


async def begin(gateway: AsyncGateway, door: Door) -> Login:
    """Begins the login of an account."""
    return await gateway.begin_login(
        door.account.provider, method=door.method, region=door.account.region
    )


async def go_on(bench: Bench, gateway: AsyncGateway, login: Login, door: Door) -> Login:
    """Does what one step asks, as the account's person would."""
    step = _waiting(login)
    answer = bench.answer(step, door.account)
    if isinstance(step, ShowQr | WaitForApproval):
        await bench.clock.sleep(step.poll_after or 0)
        return await gateway.poll(login.id)
    return await gateway.submit(login.id, answer)


async def play(bench: Bench, gateway: AsyncGateway, door: Door) -> Outcome:
    """Plays a login to its end, or to the first answer that is refused."""
    return await play_on(bench, gateway, await begin(gateway, door), door)


async def play_on(bench: Bench, gateway: AsyncGateway, login: Login, door: Door) -> Outcome:
    """Plays on from where a login stands; an error that already stands there does not end it."""
    shown = login.step.error if login.step is not None else None
    for _ in range(_MOST_STEPS):
        step = login.step
        if step is None:
            return Outcome(login, login.error)
        if step.error is not None and step.error is not shown:
            return Outcome(login, step.error.to_error())
        login = await go_on(bench, gateway, login, door)
    raise AssertionError(f"{door.method} does not end within {_MOST_STEPS} steps")


async def play_until(
    bench: Bench, gateway: AsyncGateway, door: Door, kind: type[Step]
) -> Login | None:
    """Plays a login up to the first step of a kind; None if it has none."""
    login = await begin(gateway, door)
    for _ in range(_MOST_STEPS):
        if login.step is None or isinstance(login.step, kind):
            break
        login = await go_on(bench, gateway, login, door)
    return login if isinstance(login.step, kind) else None


async def open_account(bench: Bench, store: MemoryStore, door: Door) -> tuple[str, ...]:
    """Signs in into a store.

    Returns:
        Keys of the accounts that were opened.

    Raises:
        AssertionError: The login does not end well.
    """
    async with bench.gateway(store) as gateway:
        outcome = await play(bench, gateway, door)
    if outcome.error is not None or not outcome.login.accounts:
        raise AssertionError(
            f"{door.account.label} cannot sign in by {door.method}: {outcome.error}"
        )
    return outcome.login.accounts


def _waiting(login: Login) -> Step:
    if login.step is None:
        raise AssertionError("the login has ended")
    return login.step
