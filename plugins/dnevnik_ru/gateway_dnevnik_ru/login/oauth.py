"""Login and password on the site, then implicit OAuth (protocol notes 2.2)."""

from typing import Final

from pydantic import SecretStr

from gateway.core.config import required
from gateway.core.contract.flow import Next, StepInput, fields_of, text_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Captcha, Step, StepError
from gateway.core.errors import (
    BadResponse,
    CaptchaRequired,
    FlowError,
    LoginError,
    WrongCaptcha,
    WrongCredentials,
)
from gateway.core.wire.request import Body, RequestKind
from gateway_dnevnik_ru.login import words
from gateway_dnevnik_ru.login.pages import Complaint, Page
from gateway_dnevnik_ru.login.site import ASKED, STAGE, SiteFlow, Stage, refuse_plainly
from gateway_dnevnik_ru.login.walk import follow

_LOGIN: Final = "login"
_PASSWORD: Final = "password"  # noqa: S105 - the name of an entry
_CAPTCHA_ID: Final = "captcha_id"
_PASSWORD_SENT: Final = "changed_password_sent"  # noqa: S105 - the name of an entry


class OAuthFlow(SiteFlow):
    """The form of the site, filled in by the person.

    Login and password stay in the flow's secrets while a captcha or a new password stands
    between; sending them again with the captcha is the same attempt.
    """

    async def start(self, link: LoginLink) -> Next:
        """Asks for login and password.

        Raises:
            MissingSetting: The operator has no application.
        """
        required(self.settings, link.declaration.name, "client_id")
        link.state[STAGE] = Stage.SIGN_IN.value
        return words.sign_in_form()

    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Sends login and password, with the captcha where one was shown."""
        if link.state.get(STAGE) == Stage.CAPTCHA:
            return await self._send(link, text_of(answer).strip())
        fields = fields_of(answer)
        link.state.pop(ASKED, None)
        link.secrets[_LOGIN] = SecretStr(fields["login"].strip())
        link.secrets[_PASSWORD] = SecretStr(fields["password"])
        return await self._send(link)

    async def at_login_form(self, link: LoginLink, page: Page) -> Next:
        """The site shows its form where the chain was not begun by a password."""
        if link.state.get(STAGE) == Stage.NEW_PASSWORD and _PASSWORD_SENT not in link.state:
            link.state[_PASSWORD_SENT] = "yes"
            return await self._send(link)
        raise LoginError("the site shows its sign-in form again and does not say why")

    async def _send(self, link: LoginLink, captcha: str | None = None) -> Next:
        try:
            login, password = link.secrets[_LOGIN], link.secrets[_PASSWORD]
        except KeyError:
            raise FlowError("no login and password were given") from None
        fields = {
            "ReturnUrl": self.return_url(link),
            "login": login.get_secret_value(),
            "password": password.get_secret_value(),
        }
        if captcha is not None:
            fields["Captcha.Id"] = link.state[_CAPTCHA_ID]
            fields["Captcha.Input"] = captcha
        answer = await link.request(
            "login",
            "POST",
            "/login/",
            kind=RequestKind.AUTH,
            body=Body.of_form(fields),
            template="/login/",
        )
        landing = await follow(link, self.settings, answer)
        if landing.page.is_login_form:
            return await self._refused(link, landing.page, solved=captcha is not None)
        return await self.after(link, landing)

    async def _refused(self, link: LoginLink, page: Page, *, solved: bool) -> Next:
        """The form came back: wrong password, captcha, or a refusal of the account.

        After a captcha the form is shown anew with the error, not the used-up picture.
        """
        if page.complaint is Complaint.WRONG_CREDENTIALS:
            wrong = WrongCredentials("the site says that login or password is wrong")
            link.secrets.pop(_PASSWORD, None)
            if not solved:
                raise wrong
            link.state[STAGE] = Stage.SIGN_IN.value
            return words.sign_in_form(StepError.of(wrong))
        refuse_plainly(page)
        if page.captcha_id is not None:
            return await self._captcha(link, page.captcha_id, solved=solved)
        raise LoginError("the site shows its sign-in form again and does not say why")

    async def _captcha(self, link: LoginLink, captcha_id: str, *, solved: bool) -> Captcha:
        if not link.person_present:
            raise CaptchaRequired("the site shows a captcha")
        picture = await link.request(
            "login", "GET", f"/captcha/true/{captcha_id}", template="/captcha/true/{captcha}"
        )
        if not picture.media_type.startswith("image/"):
            raise BadResponse("the captcha is no picture")
        link.state[STAGE] = Stage.CAPTCHA.value
        link.state[_CAPTCHA_ID] = captcha_id
        return Captcha(
            title=words.CAPTCHA,
            image=picture.body,
            media_type=picture.media_type,
            error=StepError.of(WrongCaptcha()) if solved else None,
        )
