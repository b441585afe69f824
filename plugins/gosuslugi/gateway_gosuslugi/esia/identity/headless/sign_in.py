"""Drives a sign-in without a browser from answer to answer."""

from typing import Final

from pydantic import SecretStr

from gateway.core.contract.flow import StepInput, decision_of, fields_of, text_of
from gateway.core.contract.identity import SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Confirm, OneTimeCode, Step, WaitForApproval
from gateway.core.errors import (
    ApprovalExpired,
    CodeAttemptsExhausted,
    ConsentRefused,
    FlowError,
    LoginError,
    WrongCredentials,
)
from gateway.core.wire.jar import CookieJar
from gateway_gosuslugi.esia.identity import words
from gateway_gosuslugi.esia.identity.forms import password_form
from gateway_gosuslugi.esia.identity.headless import anomalies, qr, wire
from gateway_gosuslugi.esia.identity.headless.calls import next_step, post
from gateway_gosuslugi.esia.identity.headless.factors import (
    FACTORS,
    PUSH,
    again,
    code_of,
    code_step,
    details_of,
)
from gateway_gosuslugi.esia.identity.headless.logins import page_login
from gateway_gosuslugi.esia.identity.headless.refusals import (
    attempts_left,
    code_refusal,
    password_refusal,
)
from gateway_gosuslugi.esia.identity.headless.walk import walk
from gateway_gosuslugi.esia.identity.stages import KEY, Stage, enter, stage_of

_BEGUN: Final = f"{KEY}begun"
_FACTOR: Final = f"{KEY}factor"
_CHALLENGE, _CHALLENGE_STATE = f"{KEY}challenge", f"{KEY}challenge_state"
_LOGIN, _PASSWORD = f"{KEY}login", f"{KEY}password"
_MOST_INTERSTITIALS: Final = 8
_PUSH_EVERY: Final = 3.0

Following = Step | SignInResult


class Headless:
    """One sign-in; remembers in the flow's state and secrets alone.

    The person's password is sent when they submit it and never again by itself: only where ЕСИА
    asks for a picture or a question before it looks at the password, it follows those.
    """

    def __init__(self, link: LoginLink, request: SignInRequest) -> None:
        self._link = link
        self._request = request

    async def password(self, answer: StepInput) -> Following:
        """Sends login and password."""
        fields = fields_of(answer)
        self._link.secrets[_LOGIN] = SecretStr(page_login(fields["login"]))
        self._link.secrets[_PASSWORD] = SecretStr(fields["password"])
        arrived = await self._begin()
        return arrived if arrived is not None else await self._send_password()

    async def show_qr(self) -> Following:
        """Shows a code to scan."""
        arrived = await self._begin()
        return arrived if arrived is not None else await qr.show(self._link)

    async def answered(self, step: Step, answer: StepInput) -> Following:
        """Goes on with an answer to any step but the password."""
        match stage_of(self._link):
            case Stage.CODE if isinstance(step, OneTimeCode):
                return await self._code(step, code_of(answer))
            case Stage.RISK_CODE if isinstance(step, OneTimeCode):
                told = await anomalies.code_entered(self._link, code_of(answer))
                return await self._after_code(step, told)
            case Stage.CAPTCHA:
                told_or_step = await anomalies.picture_solved(self._link, text_of(answer))
                if isinstance(told_or_step, wire.Answer):
                    return await self._after_anomaly(told_or_step)
                return told_or_step
            case Stage.QUESTION:
                told = await anomalies.question_answered(self._link, text_of(answer))
                return await self._after_anomaly(told)
            case Stage.CONSENT:
                if not decision_of(answer):
                    raise ConsentRefused("the person does not let the diary see their data")
                return await self._after(await post(self._link, "/scope/allow"))
            case _:
                raise FlowError("this step is not answered")

    async def polled(self, step: Step) -> Following:
        """Looks whether the phone has been used."""
        match stage_of(self._link):
            case Stage.PUSH:
                return await self._push(step)
            case Stage.QR:
                return await self._qr(step)
            case _:
                raise FlowError("there is nothing to wait for at this step")

    # Beginning.

    async def _begin(self) -> SignInResult | None:
        """Goes to ЕСИА's page as the diary sends people there; once."""
        if _BEGUN in self._link.state:
            return None
        arrived = await walk(self._link, self._request, self._request.start_url)
        self._link.state[_BEGUN] = "yes"
        return arrived

    async def _send_password(self) -> Following:
        secrets = self._link.secrets
        body = {
            "login": secrets[_LOGIN].get_secret_value(),
            "password": secrets[_PASSWORD].get_secret_value(),
        }
        told = await post(self._link, "/login", body=body)
        if told.action != "SOLVE_ANOMALY_REACTION" or told.failed is not None:
            self._forget()
        if told.failed is not None:
            enter(self._link, Stage.PASSWORD)
            raise password_refusal(told.failed)
        return await self._after(told)

    def _forget(self) -> None:
        for name in (_LOGIN, _PASSWORD):
            self._link.secrets.pop(name, None)

    # Going on.

    async def _after(self, told: wire.Answer) -> Following:
        """What an answer leads to; offers on the way are declined, consents are asked for."""
        for _ in range(_MOST_INTERSTITIALS):
            if told.failed is not None:
                raise password_refusal(told.failed)
            if told.redirect_url:
                return await self._arrive(told.redirect_url)
            following = await self._asked(told)
            if following is not None:
                return following
            told = await self._decline(told)
        raise LoginError("ЕСИА asks without an end", text=words.USE_BROWSER)

    async def _asked(self, told: wire.Answer) -> Step | None:
        """The step that an answer asks for; None where it is only an offer."""
        match told.action:
            case "ENTER_MFA" if told.mfa_details is not None:
                return self._factor(told.mfa_details)
            case "SOLVE_ANOMALY_REACTION" if told.reaction_details is not None:
                return await anomalies.react(self._link, told.reaction_details)
            case "GRANT_SCOPE_ACCESS":
                enter(self._link, Stage.CONSENT)
                return Confirm(title=words.CONSENT, question=words.GRANT)
            case _:
                return None

    async def _decline(self, told: wire.Answer) -> wire.Answer:
        match told.action:
            case "FILL_MFA":
                return await post(
                    self._link, "/login/promo-mfa/fill-mfa", params={"decision": "false"}
                )
            case "MAX_QUIZ" if told.max_details is not None and told.max_details.skippable:
                return await post(self._link, "/login/quiz-max/skip", body={})
            case "CHANGE_PASSWORD":
                return await post(self._link, "/login/change-password/skip", body={})
            case "DONE" | None:
                return await next_step(self._link)
            case _:
                raise LoginError("ЕСИА asks for something unknown", text=words.USE_BROWSER)

    async def _arrive(self, url: str) -> SignInResult:
        arrived = await walk(self._link, self._request, url)
        if arrived is None:
            raise LoginError("the sign-in comes back to its beginning", text=words.USE_BROWSER)
        return arrived

    # Second factors.

    def _factor(self, found: wire.MfaDetails) -> Step:
        kind = (found.type or "").upper()
        if kind == PUSH:
            return self._wait(found.push_details or wire.PushDetails())
        factor = FACTORS.get(kind)
        if factor is None:
            raise LoginError("ЕСИА asks for an unknown second factor", text=words.USE_BROWSER)
        enter(self._link, Stage.CODE)
        self._link.state[_FACTOR] = kind
        return code_step(factor.medium, details_of(found), self._link.now())

    async def _code(self, step: OneTimeCode, code: str) -> Following:
        factor = FACTORS[self._link.state[_FACTOR]]
        return await self._after_code(
            step, await post(self._link, factor.path, params={"code": code})
        )

    async def _after_code(self, step: OneTimeCode, told: wire.Answer) -> Following:
        if told.failed is None:
            return await self._after(told)
        left = attempts_left(told.mfa_details)
        error = code_refusal(told.failed, left)
        if type(error) is LoginError or isinstance(error, CodeAttemptsExhausted):
            raise error
        return again(step, error, left)

    def _wait(self, details: wire.PushDetails) -> WaitForApproval:
        if not details.challenge_id:
            raise LoginError("ЕСИА does not tell what to wait for", text=words.USE_BROWSER)
        enter(self._link, Stage.PUSH)
        self._link.state[_CHALLENGE] = details.challenge_id
        self._link.state[_CHALLENGE_STATE] = details.state or ""
        return WaitForApproval(title=words.PUSH, poll_after=_PUSH_EVERY)

    async def _push(self, step: Step) -> Following:
        state = self._link.state
        body = {"challenge_id": state[_CHALLENGE], "state": state[_CHALLENGE_STATE]}
        told = await post(self._link, "/login/poll", body=body)
        if told.failed is not None:
            raise ApprovalExpired("ЕСИА waits no longer")
        still = told.action is None or (
            told.action == "ENTER_MFA"
            and told.mfa_details is not None
            and (told.mfa_details.type or "").upper() == PUSH
        )
        return step if still and not told.redirect_url else await self._after(told)

    async def _qr(self, step: Step) -> Following:
        event = await qr.listen(self._link)
        if event is None:
            return step
        if event.error is None:
            if event.failed is not None:
                raise ApprovalExpired("ЕСИА waits no longer")
            return await self._after(event)
        if event.error.code == qr.SESSION_OVER:
            self._link.jar = CookieJar()
            self._link.state.pop(_BEGUN, None)
            return await self.show_qr()
        if event.error.code in qr.OUTDATED:
            return await qr.show(self._link)
        raise LoginError("ЕСИА ends the waiting for the phone", text=words.USE_BROWSER)

    async def _after_anomaly(self, told: wire.Answer) -> Following:
        """The page then sends the password: until now nobody has looked at it.

        A refused one is asked for anew, since the question before it is used up.
        """
        if told.failed is not None:
            self._forget()
            raise password_refusal(told.failed)
        if told.redirect_url or told.action not in {None, "DONE", "ENTER_LOGIN"}:
            self._forget()
            return await self._after(told)
        try:
            return await self._send_password()
        except WrongCredentials as error:
            return password_form(error)
