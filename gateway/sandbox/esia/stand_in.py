"""How a state sign-in goes on: password, second factor, consent."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from gateway.sandbox.esia.sign_ins import SignIn
from gateway.sandbox.world import World, WorldState
from gateway.sandbox.world import model as m

TRIES: Final = 5
"""Wrong passwords in a row after which an identity stays locked."""

SUSPICIOUS: Final = 3
"""Wrong passwords in a row after which only a person at the pages may try again."""


class Stage(StrEnum):
    """What is asked next."""

    PASSWORD = "password"  # noqa: S105 - a stage, not a secret
    CODE = "code"
    CONSENT = "consent"
    DONE = "done"


class Refusal(StrEnum):
    """Why what was given does not do."""

    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason, not a secret
    LOCKED = "locked"
    WRONG_CODE = "wrong_code"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a sign-in stands after an answer."""

    stage: Stage
    refusal: Refusal | None = None


def _never(_: m.EsiaIdentity) -> bool:
    return False


class StandIn:
    """The state sign-in system over one world.

    Args:
        world: Whose identities sign in.
        state: Where wrong tries are counted.
        asks_consent: Whether an identity must first let the service see its data.
    """

    def __init__(
        self,
        world: World,
        state: WorldState,
        *,
        asks_consent: Callable[[m.EsiaIdentity], bool] = _never,
    ) -> None:
        self._world = world
        self._state = state
        self._asks_consent = asks_consent
        self._consents: set[str] = set()

    def identity(self, sign_in: SignIn[Any]) -> m.EsiaIdentity | None:
        """Who has given the password."""
        key = sign_in.identity_key
        return None if key is None else self._world.esia_identity(key)

    def stage(self, sign_in: SignIn[Any]) -> Stage:
        """What a sign-in asks now."""
        identity = self.identity(sign_in)
        if identity is None:
            return Stage.PASSWORD
        if identity.second_factor is not None and not sign_in.code_given:
            return Stage.CODE
        if self._asks_consent(identity) and identity.key not in self._consents:
            return Stage.CONSENT
        return Stage.DONE

    def is_suspicious(self, login: str) -> bool:
        """Whether too many wrong passwords were tried for a client without pages to go on."""
        identity = self._world.esia_by_login(login)
        return identity is not None and self._state.failed_logins[identity.key] >= SUSPICIOUS

    def give_password(self, sign_in: SignIn[Any], login: str, password: str) -> Standing:
        """Phone, e-mail or СНИЛС and password; wrong tries are counted until a right one."""
        identity = self._world.esia_by_login(login)
        tries = self._state.failed_logins
        if identity is None:
            return Standing(Stage.PASSWORD, Refusal.WRONG_PASSWORD)
        if identity.locked or tries[identity.key] >= TRIES:
            return Standing(Stage.PASSWORD, Refusal.LOCKED)
        if identity.password != password:
            tries[identity.key] += 1
            return Standing(Stage.PASSWORD, Refusal.WRONG_PASSWORD)
        del tries[identity.key]
        sign_in.identity_key, sign_in.code_given = identity.key, False
        return Standing(self.stage(sign_in))

    def give_code(self, sign_in: SignIn[Any], code: str) -> Standing:
        """The second factor."""
        identity = self.identity(sign_in)
        if identity is None:
            return Standing(Stage.PASSWORD)
        if code.strip() != identity.code:
            return Standing(Stage.CODE, Refusal.WRONG_CODE)
        sign_in.code_given = True
        return Standing(self.stage(sign_in))

    def give_consent(self, sign_in: SignIn[Any]) -> Standing:
        """The person lets the service see their data; asked once."""
        identity = self.identity(sign_in)
        if identity is not None and self.stage(sign_in) is Stage.CONSENT:
            self._consents.add(identity.key)
        return Standing(self.stage(sign_in))
