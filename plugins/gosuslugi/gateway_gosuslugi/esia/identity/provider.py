"""The sign-in system `esia`, as other providers' flows use it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from gateway.core.contract.flow import StepInput, keys_of
from gateway.core.contract.identity import SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Choice, Option, Redirect, Step, StepAction
from gateway.core.errors import FlowError, IllegalAnswer, InteractionRequired, LoginError
from gateway.core.wire.outcome import OK, Outcome, OutcomeKind
from gateway.core.wire.request import RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_gosuslugi.esia.identity import words
from gateway_gosuslugi.esia.identity.endings import result_of
from gateway_gosuslugi.esia.identity.forms import password_form
from gateway_gosuslugi.esia.identity.hosts import ESIA, ESIA_URL
from gateway_gosuslugi.esia.identity.stages import Stage, enter, stage_of

if TYPE_CHECKING:
    from gateway_gosuslugi.esia.identity.headless.sign_in import Headless

NAME: Final = "esia"
_UNAUTHORIZED, _TIMED_OUT, _THROTTLED = 401, 408, 429
_FIRST_SERVER_ERROR: Final = 500


class EsiaIdentity:
    """Sends the person to Gosuslugi in their own browser.

    Only where the operator has set `headless_sign_in` may the person choose to give the gateway
    their password, or to scan a code, instead.
    """

    name = NAME
    hosts: Mapping[str, str] = {ESIA: ESIA_URL}

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """Whatever is JSON is read by the flow: a refusal comes with any status."""
        status = response.status
        if request.kind is not RequestKind.AUTH or status in {_TIMED_OUT, _THROTTLED}:
            return None
        if status >= _FIRST_SERVER_ERROR or response.location is not None:
            return None
        if _is_object(response.body):
            return OK
        if status == _UNAUTHORIZED:  # says nothing of the password
            error = LoginError("ЕСИА refuses without a reason", text=words.START_AGAIN)
            return Outcome(OutcomeKind.REFUSED, error)
        return None

    async def start(self, link: LoginLink, request: SignInRequest) -> Step:
        """The first step for the person.

        Raises:
            InteractionRequired: There is no person to sign in.
        """
        if not link.person_present:
            raise InteractionRequired(method=NAME, reason="second_factor")
        if not link.settings.headless_sign_in:
            return _browser(link, request)
        enter(link, Stage.WAY)
        options = tuple(
            Option(key=key, label=f"{label.ru} / {label.en}")
            for key, label in words.OPTIONS.items()
        )
        return Choice(title=words.WAY, options=options)

    async def submit(
        self, link: LoginLink, request: SignInRequest, step: Step, answer: StepInput
    ) -> Step | SignInResult:
        """What follows an answer.

        Raises:
            IllegalAnswer: The browser is not at its end yet.
            LoginError: The answer does not do, or ЕСИА refuses.
        """
        match stage_of(link):
            case Stage.BROWSER:
                return result_of(request, answer)
            case Stage.WAY:
                return await _chosen(link, request, keys_of(answer))
            case Stage.PASSWORD:
                return await _headless(link, request).password(answer)
            case None:
                raise FlowError("the sign-in through Gosuslugi has not begun")
            case _:
                return await _headless(link, request).answered(step, answer)

    async def poll(
        self, link: LoginLink, request: SignInRequest, step: Step
    ) -> Step | SignInResult:
        """What follows without an answer."""
        return await _headless(link, request).polled(step)

    async def act(
        self, link: LoginLink, request: SignInRequest, step: Step, action: StepAction
    ) -> Step | SignInResult:
        """Nothing is resent or switched: no call for it is known."""
        raise FlowError(f"{action} is not possible at this step")


async def _chosen(
    link: LoginLink, request: SignInRequest, keys: tuple[str, ...]
) -> Step | SignInResult:
    match keys:
        case ("browser",):
            return _browser(link, request)
        case ("qr",):
            return await _headless(link, request).show_qr()
        case ("password",):
            enter(link, Stage.PASSWORD)
            return password_form()
        case _:
            raise IllegalAnswer("there is no such way to sign in")


def _headless(link: LoginLink, request: SignInRequest) -> "Headless":
    from gateway_gosuslugi.esia.identity.headless.sign_in import (  # noqa: PLC0415 - rarely on
        Headless,
    )

    return Headless(link, request)


def _browser(link: LoginLink, request: SignInRequest) -> Redirect:
    """The address to open, with what ends it as the diary has said."""
    enter(link, Stage.BROWSER)
    return Redirect(
        title=words.BROWSER,
        url=request.start_url,
        completes_by=request.completes_by,
        pattern=request.pattern,
        cookie_domain=request.cookie_domain,
        cookie_names=request.cookie_names,
    )


def _is_object(body: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(body), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
