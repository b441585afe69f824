"""Signing in through the site's own pages, with every detour on the way (protocol notes 2.2)."""

from abc import abstractmethod
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from pydantic import SecretStr

from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, decision_of, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Confirm, Form, Step, StepError
from gateway.core.errors import (
    AccountLocked,
    BadResponse,
    ClientRejected,
    ConsentRefused,
    EsiaOnly,
    FlowError,
    InteractionRequired,
    LoginError,
    PasswordRejected,
    TemporaryPassword,
)
from gateway.core.wire.request import Body, RequestKind
from gateway_dnevnik_ru.login import words
from gateway_dnevnik_ru.login.addresses import (
    SITE_SCOPE,
    Sign,
    oauth_params,
    oauth_url,
    place_of,
    site_result,
)
from gateway_dnevnik_ru.login.grants import Family, Grant
from gateway_dnevnik_ru.login.pages import Complaint, Page
from gateway_dnevnik_ru.login.session import open_session
from gateway_dnevnik_ru.login.walk import Landing, follow, open_address
from gateway_dnevnik_ru.settings import DnevnikSettings

STAGE: Final = "stage"
ASKED: Final = "oauth_asked"
_STATE: Final = "oauth_state"
_PASSWORD_URL: Final = "password_url"  # noqa: S105 - the name of an entry

# Words of OAuth itself (RFC 6749, 4.2.2.1); which of them the service uses is not known.
_OUTCOMES: Final[Mapping[str, type[LoginError]]] = {
    "access_denied": ConsentRefused,
    "invalid_request": ClientRejected,
    "invalid_scope": ClientRejected,
    "unauthorized_client": ClientRejected,
}


class Stage(StrEnum):
    """Which step the flow is at."""

    SIGN_IN = "sign_in"
    CAPTCHA = "captcha"
    LINKING = "linking"
    CONSENT = "consent"
    NEW_PASSWORD = "new_password"  # noqa: S105 - a stage


class SiteFlow(LoginFlow):
    """What all ways through the site share: from a page to the next step, or to the token.

    The chain is walked in the flow's own cookie jar, over TLS, from declared host to declared
    host. Nobody else can hand an address in, so an empty returned `state` is let pass (the
    service writes `&state=` to every client that sends none, notes 2.2; whether it echoes one
    is not documented); one that is there must be ours and unused.
    """

    def __init__(self, settings: DnevnikSettings, method: str) -> None:
        self.settings = settings
        self.method = method

    @abstractmethod
    async def at_login_form(self, link: LoginLink, page: Page) -> Next:
        """What follows when the chain ends at the site's own sign-in form.

        Raises:
            LoginError: It is no way on.
        """

    @abstractmethod
    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """What follows an answer to one of the way's own steps."""

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """What follows an answer."""
        stage = link.state.get(STAGE)
        if stage == Stage.LINKING:
            return await self._linking_decided(link, decision_of(answer))
        if stage == Stage.CONSENT:
            return await self._consent_decided(link, decision_of(answer))
        if stage == Stage.NEW_PASSWORD:
            return await self._change_password(link, fields_of(answer))
        return await self.answered(link, step, answer)

    def return_url(self, link: LoginLink) -> str:
        """The OAuth address of this flow, its `state` drawn once."""
        return oauth_url(link, self.settings, self._state(link))

    async def after(self, link: LoginLink, landing: Landing) -> Next:
        """What follows from where a chain ended.

        Raises:
            LoginError: The service refuses, or ends the sign-in without a token.
            FlowError: The returned `state` is not ours, or was used.
            BadResponse: The final address has another form.
        """
        page = landing.page
        match landing.sign:
            case Sign.RESULT:
                return await self._ended(link, landing.url)
            case Sign.GOSUSLUGI:
                raise EsiaOnly("the site sends on to Gosuslugi")
            case Sign.LINKING_OFFER:
                return self._ask(link, Stage.LINKING, Confirm(question=words.LINKING))
            case Sign.NEW_PASSWORD:
                link.secrets[_PASSWORD_URL] = SecretStr(landing.url)
                return self._ask_password(link, page)
            case Sign.PAGE:
                pass
        if page.is_consent:
            question = words.consent(self.settings.scope or SITE_SCOPE)
            return self._ask(link, Stage.CONSENT, Confirm(question=question))
        if page.is_login_form:
            refuse_plainly(page)
            return await self.at_login_form(link, page)
        if page.error is not None:
            place = place_of(link, landing.url)
            if place is not None and place.path.startswith("/oauth2"):
                raise ClientRejected("the site's OAuth answers with an error page")
            raise LoginError("the site answers with an error page")
        if ASKED in link.state:
            raise LoginError("the site signs in but gives the application nothing")
        return await self.ask_oauth(link)

    async def ask_oauth(self, link: LoginLink) -> Next:
        """Asks for the token in the cookie session that stands."""
        link.state[ASKED] = "yes"
        return await self.after(
            link, await open_address(link, self.settings, self.return_url(link))
        )

    def _state(self, link: LoginLink) -> str:
        if _STATE not in link.state:
            link.state[_STATE] = link.new_state()
        return link.state[_STATE]

    async def _ended(self, link: LoginLink, url: str) -> Next:
        result = site_result(url)
        if result is None:
            raise BadResponse("the final address says nothing")
        if result.outcome != "success":
            refusal = _OUTCOMES.get(result.outcome, LoginError)
            raise refusal(f"the site ended the sign-in with {result.outcome!r}")
        if result.token is None:
            raise BadResponse("the final address carries no token")
        if result.state is not None:
            link.check_state(result.state)
        # Used up: another try, such as after a passing failure below, draws a new one.
        link.state.pop(_STATE, None)
        grant = Grant(family=Family.PARTNER, access_token=result.token)
        return SignedIn((await open_session(link, self.settings, grant, self.method),))

    def _ask(self, link: LoginLink, stage: Stage, step: Confirm) -> Next:
        """Shows a decision; nobody but a person may take it."""
        if not link.person_present:
            raise InteractionRequired(
                f"the site asks for a decision ({stage.value})",
                method=self.method,
                reason="refused",
            )
        link.state[STAGE] = stage.value
        return step

    async def _linking_decided(self, link: LoginLink, link_accounts: bool) -> Next:
        if link_accounts:
            raise LoginError("accounts are linked at the site", text=words.LINK_AT_SITE)
        return await self.ask_oauth(link)

    async def _consent_decided(self, link: LoginLink, granted: bool) -> Next:
        if not granted:
            raise ConsentRefused("the person refused")
        fields = {
            "access_token": "0",
            **oauth_params(self.settings, self._state(link)),
        }
        answer = await link.request(
            "login",
            "POST",
            "/oauth2/",
            kind=RequestKind.WRITE,
            params=fields,
            body=Body.of_form({**fields, "is_granted": "true"}),
            template="/oauth2/",
        )
        landing = await follow(link, self.settings, answer)
        if landing.page.is_consent:
            raise LoginError("the site asks for the same consent again")
        return await self.after(link, landing)

    def _ask_password(
        self, link: LoginLink, page: Page, error: PasswordRejected | None = None
    ) -> Form:
        if not link.person_present:
            raise TemporaryPassword("the site wants a new password")
        link.state[STAGE] = Stage.NEW_PASSWORD.value
        complaints = page.messages if error is not None else ()
        return Form(
            title=words.CHANGE_PASSWORD,
            fields=words.new_password_fields(words.joined((*complaints, page.rules))),
            error=None if error is None else StepError.of(error),
        )

    async def _change_password(self, link: LoginLink, fields: dict[str, str]) -> Next:
        if fields["new_password"] != fields["repeat"]:
            raise PasswordRejected("the passwords differ", text=words.PASSWORDS_DIFFER)
        known = link.secrets.get(_PASSWORD_URL)
        place = place_of(link, known.get_secret_value()) if known is not None else None
        if place is None:
            raise FlowError("no new password was asked for")
        answer = await link.request(
            place.role,
            "POST",
            place.path,
            kind=RequestKind.AUTH,
            params=place.params,
            body=Body.of_form(
                {"Password": fields["new_password"], "RepeatedPassword": fields["repeat"]}
            ),
            template="/password",
        )
        landing = await follow(link, self.settings, answer)
        if landing.sign is Sign.NEW_PASSWORD or landing.page.is_new_password:
            return self._ask_password(link, landing.page, PasswordRejected("the site refused it"))
        link.secrets["password"] = SecretStr(fields["new_password"])
        return await self.after(link, landing)


def refuse_plainly(page: Page) -> None:
    """Raises what a sign-in page says of the account itself.

    Raises:
        AccountLocked: It is locked.
        EsiaOnly: It has no password.
    """
    if page.complaint is Complaint.LOCKED:
        raise AccountLocked("the site says that the account is locked")
    if page.complaint is Complaint.ESIA_ONLY:
        raise EsiaOnly("the site says to sign in through Gosuslugi")
