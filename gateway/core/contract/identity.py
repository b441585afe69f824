"""Sign-in systems that several providers share, such as ЕСИА."""

from dataclasses import dataclass
from typing import Protocol

from gateway.core.contract.flow import StepInput
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import CompletedBy, Step, StepAction
from gateway.core.wire.jar import CookieJar


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRequest:
    """What a provider wants done by a sign-in system.

    Attributes:
        start_url: Where the person's browser begins.
        completes_by: What ends it on the provider's side.
        pattern: Regular expression of the final address.
        cookie_domain: Domain whose cookies are wanted, for `cookies`.
        cookie_names: Cookies that are wanted.
    """

    start_url: str
    completes_by: CompletedBy
    pattern: str | None = None
    cookie_domain: str | None = None
    cookie_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignInResult:
    """What came back from a sign-in system.

    Attributes:
        url: The final address.
        jar: Cookies gathered on the way.
    """

    url: str
    jar: CookieJar


class IdentityProvider(Protocol):
    """One shared sign-in system."""

    name: str

    async def start(self, link: LoginLink, request: SignInRequest) -> Step:
        """The first step for the person."""
        ...

    async def submit(
        self, link: LoginLink, request: SignInRequest, step: Step, answer: StepInput
    ) -> "Step | SignInResult":
        """What follows an answer: another step, or the end."""
        ...

    async def poll(
        self, link: LoginLink, request: SignInRequest, step: Step
    ) -> "Step | SignInResult":
        """What follows without an answer: `step` again, or the next one."""
        ...

    async def act(
        self, link: LoginLink, request: SignInRequest, step: Step, action: StepAction
    ) -> "Step | SignInResult":
        """What follows `resend` or `switch`."""
        ...
