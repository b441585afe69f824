"""Signing in to a regional node through Gosuslugi (protocol notes 2.9)."""

from typing import Final

from gateway.core.contract.flow import Next, StepInput, text_of
from gateway.core.contract.identity import IdentityProvider, SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import CompletedBy, Redirect, Step, StepAction
from gateway.core.errors import (
    AccessDenied,
    FlowError,
    IllegalAnswer,
    LoginError,
    Refused,
    SessionError,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import RequestKind
from gateway_mos_ru.login import wire, words
from gateway_mos_ru.login.addresses import (
    NODE_ESIA,
    NODE_TOKEN,
    ending_of,
    ending_pattern,
    node_redirect,
    url_of,
)
from gateway_mos_ru.login.base import STAGE, MosFlow, Stage
from gateway_mos_ru.login.grants import Family, Grant
from gateway_mos_ru.login.refusals import oauth_refusal
from gateway_mos_ru.routes import API
from gateway_mos_ru.settings import NodeSettings

_START_URL: Final = "esia_url"
_STATE: Final = "esia_state"


class EsiaFlow(MosFlow):
    """The application's own way: it ends in a link with a code for the token.

    Args:
        settings: The operator's settings.
        method: Name of the method.
        identity: The sign-in system, where one is installed; otherwise the person's own browser.
    """

    def __init__(
        self, settings: NodeSettings, method: str, identity: IdentityProvider | None = None
    ) -> None:
        super().__init__(settings, method)
        self.identity = identity

    async def start(self, link: LoginLink) -> Next:
        """Sends the person to Gosuslugi."""
        state = link.new_state()
        link.state[_STATE] = state
        params = {"redirect_url": self._address(), "state": state}
        link.state[_START_URL] = url_of(link, API, NODE_ESIA, params)
        request = self._request(link)
        if self.identity is not None:
            link.state[STAGE] = Stage.IDENTITY.value
            return await self.identity.start(link, request)
        link.state[STAGE] = Stage.BROWSER.value
        return Redirect(
            title=words.ESIA,
            url=request.start_url,
            completes_by=request.completes_by,
            pattern=request.pattern,
        )

    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Goes on with the final address, or with an answer to the sign-in system."""
        if link.state.get(STAGE) == Stage.BROWSER:
            return await self._arrived(link, text_of(answer))
        identity = self._identity(link)
        following = await identity.submit(link, self._request(link), step, answer)
        return await self._identified(link, following)

    async def poll(self, link: LoginLink, step: Step) -> Next:
        """Looks whether the sign-in system has heard of the person."""
        resumed = await self.resumed(link)
        if resumed is not None:
            return resumed
        identity = self._identity(link)
        return await self._identified(link, await identity.poll(link, self._request(link), step))

    async def act(self, link: LoginLink, step: Step, action: StepAction) -> Next:
        """Resends or switches at the sign-in system."""
        identity = self._identity(link)
        following = await identity.act(link, self._request(link), step, action)
        return await self._identified(link, following)

    def _identity(self, link: LoginLink) -> IdentityProvider:
        if link.state.get(STAGE) != Stage.IDENTITY or self.identity is None:
            raise FlowError("there is nothing to do at this step")
        return self.identity

    def _request(self, link: LoginLink) -> SignInRequest:
        return SignInRequest(
            start_url=link.state[_START_URL],
            completes_by=CompletedBy.APP_SCHEME_URL,
            pattern=ending_pattern(self._address()),
        )

    async def _identified(self, link: LoginLink, following: Step | SignInResult) -> Next:
        if isinstance(following, SignInResult):
            return await self._arrived(link, following.url)
        return following

    async def _arrived(self, link: LoginLink, url: str) -> Next:
        """Exchanges the code of the final address.

        Raises:
            ForgedState: The address belongs to another sign-in.
            LoginError: The code was used, or is too old.
        """
        ending = ending_of(url, self._address())
        if ending is None or (ending.code is None and ending.error is None):
            raise IllegalAnswer("this is not the last address of a sign-in", text=words.NOT_THE_END)
        if ending.code is None:
            raise oauth_refusal(ending.error or "")
        link.check_state(ending.state)
        try:
            response = await link.request(
                API,
                "GET",
                NODE_TOKEN,
                kind=RequestKind.AUTH,
                headers={"Accept": "application/json"},
                params={"code": ending.code, "state": link.state[_STATE]},
                template=NODE_TOKEN,
            )
        except (AccessDenied, Refused, SessionError) as error:
            raise LoginError("the code was not taken", text=words.CODE_SPENT) from error
        found = decode(response, wire.NodeToken, link.note)
        if not found.token:
            raise LoginError("the diary gave no token for the code", text=words.CODE_SPENT)
        return await self.welcome(link, Grant.of_itself(Family.NODE, found.token))

    def _address(self) -> str:
        return node_redirect(self._settings)
