"""The sign-in system `esia`, as other providers' flows use it."""

from collections.abc import Mapping
from typing import Final

from gateway.core.contract.flow import StepInput
from gateway.core.contract.identity import SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Step, StepAction
from gateway.core.errors import FlowError, InteractionRequired
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse
from gateway_gosuslugi.esia.identity import browser

NAME: Final = "esia"
ESIA: Final = "esia"
"""Host role of the sign-in system itself."""
ESIA_URL: Final = "https://esia.gosuslugi.ru"


class EsiaIdentity:
    """Sends the person to Gosuslugi."""

    name = NAME
    hosts: Mapping[str, str] = {ESIA: ESIA_URL}

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """What an answer of ЕСИА means."""
        return None

    async def start(self, link: LoginLink, request: SignInRequest) -> Step:
        """The first step for the person.

        Raises:
            InteractionRequired: There is no person to sign in.
        """
        if not link.person_present:
            raise InteractionRequired(method=NAME, reason="second_factor")
        return browser.step(request)

    async def submit(
        self, link: LoginLink, request: SignInRequest, step: Step, answer: StepInput
    ) -> Step | SignInResult:
        """What follows an answer."""
        return browser.finished(request, answer)

    async def poll(
        self, link: LoginLink, request: SignInRequest, step: Step
    ) -> Step | SignInResult:
        """What follows without an answer."""
        raise FlowError("there is nothing to wait for at this step")

    async def act(
        self, link: LoginLink, request: SignInRequest, step: Step, action: StepAction
    ) -> Step | SignInResult:
        """What follows `resend` or `switch`."""
        raise FlowError(f"{action} is not possible at this step")
