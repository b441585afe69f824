"""A token that the person brings, or fetches in their own browser (protocol notes 2.1)."""

from typing import Final

from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, fields_of, text_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import (
    CompletedBy,
    Form,
    FormField,
    Redirect,
    Step,
    StepAction,
)
from gateway.core.errors import FlowError, ForgedState, TokenRejected
from gateway_dnevnik_ru.login import words
from gateway_dnevnik_ru.login.addresses import (
    oauth_url,
    result_pattern,
    sign_in_url,
    site_result,
    token_of,
)
from gateway_dnevnik_ru.login.grants import Family, Grant
from gateway_dnevnik_ru.login.session import open_session
from gateway_dnevnik_ru.settings import DnevnikSettings

_SENT_STATE: Final = "oauth_state"
_FIELD: Final = "token"


class TokenFlow(LoginFlow):
    """A pasted token, or the whole address with the token in its fragment.

    Where the operator has an application, the person may switch to an address of ours, which
    works for every account, also for those that know Gosuslugi only. From then on a pasted
    address must carry our `state`: without it anybody could have handed the address to the
    person. A bare token, or an address from elsewhere, is the person's own doing.
    """

    def __init__(self, settings: DnevnikSettings, method: str) -> None:
        self.settings = settings
        self.method = method

    async def start(self, link: LoginLink) -> Next:
        """Asks for the token."""
        return self._form()

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Tries the token.

        Raises:
            TokenRejected: It is none, or opens nothing.
            ForgedState: The address belongs to another sign-in.
        """
        if isinstance(step, Redirect):
            text, ours = text_of(answer), True
        else:
            text, ours = fields_of(answer)[_FIELD], False
        grant = self._grant(link, text.strip(), ours=ours)
        return SignedIn((await open_session(link, self.settings, grant, self.method),))

    async def act(self, link: LoginLink, step: Step, action: StepAction) -> Next:
        """Switches between pasting and the site."""
        if action is not StepAction.SWITCH or self.settings.client_id is None:
            return await super().act(link, step, action)
        if isinstance(step, Redirect):
            return self._form()
        if _SENT_STATE not in link.state:
            link.state[_SENT_STATE] = link.new_state()
        return Redirect(
            title=words.OPEN_SITE,
            url=sign_in_url(link, oauth_url(link, self.settings, link.state[_SENT_STATE])),
            completes_by=CompletedBy.FINAL_URL,
            pattern=result_pattern(link, self.settings),
            actions=(StepAction.SUBMIT, StepAction.SWITCH, StepAction.CANCEL),
        )

    def _form(self) -> Form:
        can_switch = self.settings.client_id is not None
        return Form(
            title=words.SIGN_IN,
            fields=(FormField(name=_FIELD, label=words.TOKEN, secret=True, hint=words.TOKEN_HINT),),
            actions=(
                (StepAction.SUBMIT, StepAction.SWITCH, StepAction.CANCEL)
                if can_switch
                else (StepAction.SUBMIT, StepAction.CANCEL)
            ),
        )

    def _grant(self, link: LoginLink, text: str, *, ours: bool) -> Grant:
        token = None if ours else token_of(text)
        if token is None:
            result = site_result(text)
            if result is None or result.token is None or result.outcome != "success":
                raise TokenRejected("there is no token in the answer")
            self._check_state(link, result.state, ours=ours)
            token = result.token
        return Grant(family=Family.PARTNER, access_token=token)

    def _check_state(self, link: LoginLink, state: str | None, *, ours: bool) -> None:
        sent = link.state.get(_SENT_STATE)
        if ours and sent is None:
            raise FlowError("no address was opened")
        if ours and state is None:
            raise ForgedState("the address carries no state")
        if sent is not None and state is not None:
            link.check_state(state)
