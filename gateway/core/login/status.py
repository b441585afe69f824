"""What a driver sees of a login after every move."""

from dataclasses import dataclass

from gateway.core.contract.steps import Step
from gateway.core.errors import LoginError


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A login on its way or at its end.

    Attributes:
        id: Give it to `submit()`, `poll()`, `act()` and `cancel()`, in any process.
        provider: Provider name.
        method: Login method.
        step: What the person has to do; None at the end.
        accounts: Keys of the accounts that were opened, at a good end.
        error: Why it ended badly.
    """

    id: str
    provider: str
    method: str
    step: Step | None = None
    accounts: tuple[str, ...] = ()
    error: LoginError | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be done."""
        return self.step is None

    def raise_if_failed(self) -> "Login":
        """This login, unless it ended badly.

        Raises:
            LoginError: Why it did.
        """
        if self.error is not None:
            raise self.error
        return self
