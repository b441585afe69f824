"""Sign-in at the page of mos.ru, in the person's own browser (protocol notes 2.2)."""

from typing import Final

from pydantic import SecretStr

from gateway.core.contract.flow import Next, StepInput, text_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import CompletedBy, Redirect, Step
from gateway.core.errors import FlowError, IllegalAnswer
from gateway_mos_ru.login import words
from gateway_mos_ru.login.addresses import (
    AUTHORIZE,
    app_redirect,
    authorize_params,
    ending_of,
    ending_pattern,
    is_loopback,
    url_of,
)
from gateway_mos_ru.login.base import MosFlow
from gateway_mos_ru.login.device import check_settings, registered, remembered
from gateway_mos_ru.login.exchange import granted
from gateway_mos_ru.login.refusals import oauth_refusal
from gateway_mos_ru.routes import LOGIN
from gateway_mos_ru.settings import MosSettings

_VERIFIER: Final = "verifier"


class OAuthFlow(MosFlow):
    """Everything that mos.ru may ask for happens on its own page, Gosuslugi included.

    The code comes back to an address of the person's machine where the operator has set one,
    else in the application's link, which the person pastes.
    """

    def __init__(self, settings: MosSettings, method: str) -> None:
        super().__init__(settings, method)
        self.settings = settings

    async def start(self, link: LoginLink) -> Next:
        """Sends the person to the page.

        Raises:
            MissingSetting: The operator has no registration data.
        """
        check_settings(self.settings, link.declaration.name)
        device = await registered(link, self.settings)
        verifier, challenge = link.new_verifier()
        link.secrets[_VERIFIER] = SecretStr(verifier)
        address = self._address()
        params = authorize_params(
            device.id, challenge, address, prompt="login", state=link.new_state()
        )
        url = url_of(link, LOGIN, AUTHORIZE, params)
        if is_loopback(address):
            return Redirect(
                title=words.OAUTH_LOOPBACK,
                url=url,
                completes_by=CompletedBy.LOOPBACK,
                pattern=address,
            )
        in_app = address.partition("://")[0] not in {"http", "https"}
        return Redirect(
            title=words.OAUTH,
            url=url,
            completes_by=CompletedBy.APP_SCHEME_URL if in_app else CompletedBy.FINAL_URL,
            pattern=ending_pattern(address),
        )

    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Exchanges the code of the final address.

        Raises:
            ForgedState: The address belongs to another sign-in.
            ReplayedState: It was given before.
            SignInCancelled: The person refused at the page.
        """
        ending = ending_of(text_of(answer), self._address())
        if ending is None or (ending.code is None and ending.error is None):
            raise IllegalAnswer("this is not the last address of a sign-in", text=words.NOT_THE_END)
        if ending.code is None:
            raise oauth_refusal(ending.error or "")
        link.check_state(ending.state)
        if _VERIFIER not in link.secrets:
            raise FlowError("no page was opened")
        grant = await granted(
            link,
            remembered(link),
            code=ending.code,
            verifier=link.secrets[_VERIFIER].get_secret_value(),
            redirect_uri=self._address(),
        )
        return await self.welcome(link, grant)

    def _address(self) -> str:
        return self.settings.redirect_uri or app_redirect(self.settings)
