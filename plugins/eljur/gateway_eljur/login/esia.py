"""Signing in through Gosuslugi (notes 2.3)."""

from typing import ClassVar

from gateway.core.contract.flow import Next, StepInput, keys_of, text_of
from gateway.core.contract.identity import IdentityProvider, SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import CompletedBy, FormField, Redirect, Step, StepAction, Words
from gateway.core.errors import EsiaNotOffered, FlowError, IllegalAnswer
from gateway_eljur.login import words
from gateway_eljur.login.addresses import esia_pattern, esia_url, final_token
from gateway_eljur.login.base import STAGE, SchoolFlow, Stage, enter
from gateway_eljur.login.schools import School
from gateway_eljur.login.users import chosen, welcome
from gateway_eljur.places import Place
from gateway_eljur.settings import EljurSettings


class EsiaFlow(SchoolFlow):
    """The school's door to Gosuslugi, then one or several of the users that the person is.

    The service begins the way itself and takes no `state` of ours: what can be checked is that the
    last address is of the host whose door was opened.

    Args:
        settings: The operator's settings.
        method: Name of the method.
        identity: The sign-in system, where one is installed; otherwise the person's own browser.
    """

    title: ClassVar[Words] = words.SIGN_IN
    fields: ClassVar[tuple[FormField, ...]] = ()
    needs_vendor: ClassVar[bool] = False

    def __init__(
        self, settings: EljurSettings, method: str, identity: IdentityProvider | None = None
    ) -> None:
        super().__init__(settings, method)
        self.identity = identity

    def check_place(self, place: Place) -> None:
        """Checks that a host has a door to Gosuslugi."""
        if not place.esia:
            raise EsiaNotOffered("the host has no sign-in through Gosuslugi", text=words.NO_ESIA)

    async def first(self, link: LoginLink) -> Next:
        """Asks for the school where every school has a door of its own; else opens the door."""
        known = self.known(link)
        return self.form(link) if known is None else await self.proceed(link, known, {})

    async def proceed(self, link: LoginLink, school: School, fields: dict[str, str]) -> Next:
        """Sends the person to Gosuslugi; the flow stays at the school from here on."""
        enter(link, school)
        request = _request(link)
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

    async def further(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Goes on with the final address, an answer to the sign-in system, or the users."""
        match link.state[STAGE]:
            case Stage.BROWSER:
                return await self._arrived(link, text_of(answer))
            case Stage.USERS:
                return await chosen(link, keys_of(answer), self.method)
            case _:
                identity = self._identity(link)
                following = await identity.submit(link, _request(link), step, answer)
                return await self._identified(link, following)

    async def poll(self, link: LoginLink, step: Step) -> Next:
        """Looks whether the sign-in system has heard of the person."""
        identity = self._identity(link)
        return await self._identified(link, await identity.poll(link, _request(link), step))

    async def act(self, link: LoginLink, step: Step, action: StepAction) -> Next:
        """Resends or switches at the sign-in system."""
        identity = self._identity(link)
        return await self._identified(link, await identity.act(link, _request(link), step, action))

    def _identity(self, link: LoginLink) -> IdentityProvider:
        if link.state.get(STAGE) != Stage.IDENTITY or self.identity is None:
            raise FlowError("there is nothing to wait for at this step")
        return self.identity

    async def _identified(self, link: LoginLink, following: Step | SignInResult) -> Next:
        if isinstance(following, SignInResult):
            return await self._arrived(link, following.url)
        return following

    async def _arrived(self, link: LoginLink, url: str) -> Next:
        token = final_token(link, url)
        if token is None:
            raise IllegalAnswer("this is not the last address of a sign-in", text=words.NOT_THE_END)
        return await welcome(link, token, self.method)


def _request(link: LoginLink) -> SignInRequest:
    return SignInRequest(
        start_url=esia_url(link),
        completes_by=CompletedBy.FINAL_URL,
        pattern=esia_pattern(link),
    )
