"""Sign-in systems that several providers share, such as ЕСИА."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from gateway.core.contract.declaration import Instance
from gateway.core.contract.flow import StepInput
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import CompletedBy, Step, StepAction
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse


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
    """One shared sign-in system.

    Attributes:
        name: By which login methods name it.
        hosts: Base URL by host role, https: where its own requests go. For the time of a sign-in
            through it they stand beneath the hosts of the instance, and the operator maps them
            like those, by `base_url` or `hosts`.
    """

    name: str
    hosts: Mapping[str, str]

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """What an answer of its own hosts means; None leaves it to its HTTP status."""
        ...

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


def beneath(instance: Instance, identity: IdentityProvider | None) -> Instance:
    """An instance as sign-ins through a system see it: the system's hosts beneath its own."""
    if identity is None or identity.hosts.keys() <= instance.hosts.keys():
        return instance
    return replace(instance, hosts={**identity.hosts, **instance.hosts})
