"""The person signs in at Gosuslugi in their own browser; the gateway sees only where it ended."""

from gateway.core.contract.flow import StepInput
from gateway.core.contract.identity import SignInRequest, SignInResult
from gateway.core.contract.steps import Redirect
from gateway_gosuslugi.esia.identity import words
from gateway_gosuslugi.esia.identity.endings import result_of


def step(request: SignInRequest) -> Redirect:
    """The address to open, with what ends it as the diary has said."""
    return Redirect(
        title=words.BROWSER,
        url=request.start_url,
        completes_by=request.completes_by,
        pattern=request.pattern,
        cookie_domain=request.cookie_domain,
        cookie_names=request.cookie_names,
    )


def finished(request: SignInRequest, answer: StepInput) -> SignInResult:
    """The end of the sign-in.

    Raises:
        IllegalAnswer: The browser is not there yet.
    """
    return result_of(request, answer)
