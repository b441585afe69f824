"""A sign-in that the person has made in their browser (protocol notes 2.1, 2.5)."""

from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from gateway.core.contract.addresses import base_of
from gateway.core.contract.flow import Next, StepInput, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import CompletedBy, Redirect, Step
from gateway.core.errors import IllegalAnswer
from gateway_mos_ru.login import words
from gateway_mos_ru.login.base import MosFlow
from gateway_mos_ru.login.grants import Family, Grant
from gateway_mos_ru.login.token import checked, node_of
from gateway_mos_ru.routes import API

ACCESS_COOKIE: Final = "aupd_token"
REFRESH_COOKIE: Final = "aupd_refresh_token"


class CookiesFlow(MosFlow):
    """The cookies of a signed-in browser; in Moscow the second one renews the first.

    A refresh token serves once: from then on the browser that it was copied from must sign in
    again, and so must this session if the browser was faster.
    """

    async def start(self, link: LoginLink) -> Next:
        """Asks for the cookies."""
        site = base_of(link, API)
        names = (ACCESS_COOKIE, REFRESH_COOKIE) if node_of(link).is_moscow else (ACCESS_COOKIE,)
        return Redirect(
            title=words.COOKIES,
            url=f"{site}/",
            completes_by=CompletedBy.COOKIES,
            cookie_domain=urlsplit(site).hostname,
            cookie_names=names,
        )

    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Tries the cookies.

        Raises:
            TokenRejected: They are too old or of another region, or open nothing.
        """
        given = fields_of(answer)
        if not given.get(ACCESS_COOKIE, "").strip():
            raise IllegalAnswer(f"the cookie {ACCESS_COOKIE} is needed")
        token = checked(link, given[ACCESS_COOKIE])
        if not node_of(link).is_moscow:
            return await self.welcome(link, Grant.of_itself(Family.NODE, token))
        refresh = given.get(REFRESH_COOKIE, "").strip().strip('"')
        grant = Grant(
            family=Family.WEB if refresh else Family.PASTED,
            access_token=SecretStr(token),
            refresh_token=SecretStr(refresh) if refresh else None,
        )
        return await self.welcome(link, grant)
