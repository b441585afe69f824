"""A sign-in that the person has made in their browser (protocol notes 2.1, 2.7)."""

from typing import Final
from urllib.parse import urlsplit

from gateway.core.contract.addresses import base_of
from gateway.core.contract.flow import Next, SignedIn, StepInput, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import CompletedBy, Redirect, Step
from gateway.core.errors import FlowError, IllegalAnswer, TokenRejected
from gateway.core.wire.jar import Cookie
from gateway_dnevnik_ru.login import words
from gateway_dnevnik_ru.login.addresses import sign_in_url
from gateway_dnevnik_ru.login.pages import Page
from gateway_dnevnik_ru.login.site import SiteFlow
from gateway_dnevnik_ru.login.walk import follow
from gateway_dnevnik_ru.login.web import open_web_session

_PREFIXES: Final = {"emaktab_uz": "UZDnevnikAuth"}
_PREFIX: Final = "DnevnikAuth"
_ROLES: Final = ("web", "login", "schools")


class CookiesFlow(SiteFlow):
    """The two cookies of a signed-in browser: to a token where the operator has an application.

    Without one they open the site itself, for the few things that its pages tell.
    """

    async def start(self, link: LoginLink) -> Next:
        """Asks for the cookies."""
        web = base_of(link, "web")
        return Redirect(
            title=words.SITE_COOKIES,
            url=sign_in_url(link, f"{web}/userfeed"),
            completes_by=CompletedBy.COOKIES,
            cookie_domain=urlsplit(web).hostname,
            cookie_names=_names(link),
        )

    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Tries the cookies."""
        given = fields_of(answer)
        names = _names(link)
        if any(not given.get(name, "").strip() for name in names):
            raise IllegalAnswer(f"the cookies {' and '.join(names)} are needed")
        link.jar = link.jar.updated(
            [
                Cookie(
                    name=name,
                    value=given[name].strip(),
                    domain=domain,
                    host_only=False,
                    secure=secure,
                )
                for domain, secure in _domains(link)
                for name in names
            ],
            now=link.now().timestamp(),
        )
        if self.settings.client_id is None:
            return SignedIn((await open_web_session(link, self.settings, self.method),))
        answer_page = await link.request(
            "login",
            "GET",
            "/login/",
            params={"ReturnUrl": self.return_url(link)},
            template="/login/",
        )
        return await self.after(link, await follow(link, self.settings, answer_page))

    async def at_login_form(self, link: LoginLink, page: Page) -> Next:
        """The site does not know the cookies."""
        raise TokenRejected("the site asks to sign in: the cookies open nothing")


def _names(link: LoginLink) -> tuple[str, str]:
    prefix = _PREFIXES.get(link.declaration.name, _PREFIX)
    return f"{prefix}_a", f"{prefix}_l"


def _domains(link: LoginLink) -> list[tuple[str, bool]]:
    """Domains to set the cookies for: that of the site, and hosts that lie outside of it."""
    found: dict[str, bool] = {}
    for role in (item for item in _ROLES if item in link.instance.hosts):
        parts = urlsplit(base_of(link, role))
        host = parts.hostname or ""
        if not any(host == known or host.endswith(f".{known}") for known in found):
            found[host] = parts.scheme == "https"
    if not found:
        raise FlowError("the instance has no site")
    return list(found.items())
