"""Login and password of mos.ru, as the application sends them (protocol notes 2.2)."""

from typing import Final

from pydantic import SecretStr

from gateway.core.contract.flow import Next, StepInput, decision_of, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import CodeMedium, OneTimeCode, Step, StepAction, StepError
from gateway.core.errors import (
    CodeExpired,
    FlowError,
    InteractionRequired,
    LoginError,
    WrongCode,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway.core.wire.response import WireResponse
from gateway_mos_ru.login import codes, trust, wire, words
from gateway_mos_ru.login.addresses import (
    AUTHORIZE,
    HEADLESS_PASSWORD,
    HEADLESS_SMS,
    TRUST,
    app_redirect,
    authorize_params,
    ending_of,
)
from gateway_mos_ru.login.base import STAGE, MosFlow, Stage
from gateway_mos_ru.login.device import check_settings, registered
from gateway_mos_ru.login.exchange import granted
from gateway_mos_ru.login.pages import asks_to_trust
from gateway_mos_ru.login.proof import solved
from gateway_mos_ru.login.refusals import oauth_refusal, refusal_of, shown
from gateway_mos_ru.routes import LOGIN
from gateway_mos_ru.settings import MosSettings

_VERIFIER: Final = "verifier"
_SMS: Final = "sms"
_BY_PASSWORD: Final = "login_with_password"  # noqa: S105 - the service's word
_SMS_DUE: Final = frozenset({"ask_to_send_sms", "go_to_web"})
_SMS_SENT: Final = "enter_sms_code"


class HeadlessFlow(MosFlow):
    """Registration, proof of work, password, a code by SMS.

    Every password gets a sign-in of its own at the service, so that a wrong one leaves nothing
    behind; the device is registered once. Whatever else mos.ru may ask for is left to its page.
    """

    def __init__(self, settings: MosSettings, method: str) -> None:
        super().__init__(settings, method)
        self.settings = settings

    async def start(self, link: LoginLink) -> Next:
        """Asks for login and password.

        Raises:
            MissingSetting: The operator has no registration data.
        """
        check_settings(self.settings, link.declaration.name)
        link.state[STAGE] = Stage.SIGN_IN.value
        return words.sign_in_form(words.SIGN_IN_MOSCOW, words.LOGIN_MOSCOW)

    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Sends the password, the code, or the decision."""
        match link.state.get(STAGE):
            case Stage.SIGN_IN:
                return await self._sign_in(link, fields_of(answer))
            case Stage.CODE if isinstance(step, OneTimeCode):
                return await self._confirm(link, step, answer)
            case Stage.TRUST:
                return await self._decided(link, trusted=decision_of(answer))
            case _:
                raise FlowError("the sign-in has not begun")

    async def act(self, link: LoginLink, step: Step, action: StepAction) -> Next:
        """Asks for another SMS."""
        if action is StepAction.RESEND and link.state.get(STAGE) == Stage.CODE:
            return await self._send_sms(link)
        return await super().act(link, step, action)

    async def _sign_in(self, link: LoginLink, fields: dict[str, str]) -> Next:
        body = {"login": fields["login"].strip(), "password": fields["password"]}
        challenge = await self._begin(link)
        if challenge is not None:
            body["proofOfWork"] = await solved(challenge, most_bits=self.settings.most_proof_bits)
        return await self._after(
            link,
            await link.request(
                LOGIN,
                "POST",
                HEADLESS_PASSWORD,
                kind=RequestKind.AUTH,
                body=Body.of_json(body),
                template=HEADLESS_PASSWORD,
            ),
        )

    async def _begin(self, link: LoginLink) -> str | None:
        """Begins a sign-in; the proof of work that it wants, if any."""
        device = await registered(link, self.settings)
        verifier, digest = link.new_verifier()
        link.secrets[_VERIFIER] = SecretStr(verifier)
        link.state.pop(_SMS, None)
        params = authorize_params(device.id, digest, app_redirect(self.settings), display="script")
        response = await link.request(LOGIN, "GET", AUTHORIZE, params=params, template=AUTHORIZE)
        if response.location is not None or response.looks_like_html():
            raise LoginError("the sign-in begins with a page", text=words.USE_BROWSER)
        found = decode(response, wire.Headless, link.note)
        if found.error:
            raise oauth_refusal(found.error)
        for item in found.items or ():
            if item.inquire == _BY_PASSWORD:
                return item.proof_of_work
        raise refusal_of(found.errors or ()) or _unknown(found)

    async def _after(self, link: LoginLink, response: WireResponse) -> Next:
        """What follows from an answer of the sign-in system.

        Raises:
            LoginError: It refuses, or asks for something that only its page can do.
        """
        if response.location is not None:
            return await self._returned(link, response.location)
        if response.looks_like_html():
            if asks_to_trust(response.text):
                return await self._ask_trust(link)
            raise LoginError("the sign-in goes on with a page", text=words.USE_BROWSER)
        found = decode(response, wire.Headless, link.note)
        refusal = refusal_of(found.errors or ())
        if refusal is not None:
            raise refusal
        if found.error:
            raise oauth_refusal(found.error)
        if found.inquire == _SMS_SENT:
            link.state[STAGE] = Stage.CODE.value
            return codes.step(
                CodeMedium.SMS,
                link.now(),
                sent_to=found.contact,
                ttl=found.ttl,
                attempts_left=found.remain_attempts,
            )
        if _SMS_DUE & {found.inquire, *(item.inquire for item in found.items or ())}:
            if _SMS in link.state:  # another one is sent when the person asks for it
                raise CodeExpired("the service wants another code to be sent")
            return await self._send_sms(link)
        raise _unknown(found)

    async def _send_sms(self, link: LoginLink) -> Next:
        if not link.person_present:
            raise InteractionRequired(method=self.method, reason="second_factor")
        link.state[_SMS] = "asked"
        return await self._after(link, await self._post(link, HEADLESS_SMS, Body.of_form({})))

    async def _confirm(self, link: LoginLink, step: OneTimeCode, answer: StepInput) -> Next:
        code = codes.code_of(answer, step.medium)
        response = await self._post(link, HEADLESS_SMS, Body.of_form({"sms-code": code}))
        try:
            following = await self._after(link, response)
        except (WrongCode, CodeExpired) as error:
            return codes.again(step, error)
        if isinstance(following, OneTimeCode):  # asked for once more, without a reason
            return following.model_copy(update={"error": StepError.of(WrongCode())})
        return following

    async def _ask_trust(self, link: LoginLink) -> Next:
        if not link.person_present:
            return await self._decided(link, trusted=False)
        link.state[STAGE] = Stage.TRUST.value
        return trust.question()

    async def _decided(self, link: LoginLink, *, trusted: bool) -> Next:
        response = await self._post(link, TRUST, trust.answer_of(trust=trusted))
        if response.looks_like_html() and response.location is None:
            raise LoginError("the sign-in goes on with a page", text=words.USE_BROWSER)
        return await self._after(link, response)

    async def _returned(self, link: LoginLink, url: str) -> Next:
        """Takes the code out of the application's link."""
        redirect_uri = app_redirect(self.settings)
        ending = ending_of(url, redirect_uri)
        if ending is None:
            raise LoginError("the sign-in goes on at its page", text=words.USE_BROWSER)
        if ending.code is None:
            raise oauth_refusal(ending.error or "")
        grant = await granted(
            link,
            await registered(link, self.settings),
            code=ending.code,
            verifier=link.secrets[_VERIFIER].get_secret_value(),
            redirect_uri=redirect_uri,
        )
        return await self.welcome(link, grant)

    async def _post(self, link: LoginLink, path: str, body: Body) -> WireResponse:
        return await link.request(
            LOGIN, "POST", path, kind=RequestKind.AUTH, body=body, template=path
        )


def _unknown(found: wire.Headless) -> LoginError:
    asked = [item.inquire for item in found.items or ()] or [found.inquire]
    names = ", ".join(dict.fromkeys(shown(item) for item in asked[:5]))
    return LoginError(f"the sign-in asks for {names}", text=words.USE_BROWSER)
