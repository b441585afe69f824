"""The two ways in; both end with the cookies of a signed-in browser (notes 2.4).

No application of ours can be given a token of the diary: whoever signs in does it in a browser.
"""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import CompletedBy, Form, FormField, Redirect, Step
from gateway.core.errors import TokenRejected
from gateway_gosuslugi.myschool.addresses import base_of
from gateway_gosuslugi.myschool.login import words
from gateway_gosuslugi.myschool.login.pasting import WANTED, cookies_in
from gateway_gosuslugi.myschool.login.session import open_session
from gateway_gosuslugi.myschool.routes import API, SIGN_IN_PAGE

_FIELD: Final = "cookies"


class CookieFlow(LoginFlow):
    """From the three cookies to the session; `method` is the name of the way."""

    def __init__(self, method: str) -> None:
        self.method = method

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Tries the cookies.

        Raises:
            TokenRejected: They are not all there, or open nothing.
            NoStudents: No student is linked.
        """
        cookies = self.taken_from(fields_of(answer))
        if any(name not in cookies for name in WANTED):
            raise TokenRejected("not all of the three cookies", text=words.NOT_COOKIES)
        return SignedIn((await open_session(link, cookies, self.method),))

    @abstractmethod
    def taken_from(self, fields: Mapping[str, str]) -> Mapping[str, str]:
        """The cookies in an answer."""


class BrowserFlow(CookieFlow):
    """The person signs in at Gosuslugi; a browser that we open, or the person, brings the cookies.

    A sign-in system of another plugin cannot stand in for that: these are cookies of the portal.
    """

    async def start(self, link: LoginLink) -> Next:
        """Sends the person to the diary's page, which leads through ЕСИА."""
        portal = base_of(link, API)
        return Redirect(
            title=words.BROWSER,
            url=f"{portal}{SIGN_IN_PAGE}",
            completes_by=CompletedBy.COOKIES,
            cookie_domain=urlsplit(portal).hostname,
            cookie_names=WANTED,
        )

    def taken_from(self, fields: Mapping[str, str]) -> Mapping[str, str]:
        """The cookies by name; whoever pastes the whole header as one of them is understood."""
        named = cookies_in("\n".join(f"{name}={fields[name]}" for name in fields))
        return {**named, **cookies_in("\n".join(fields.values()))}


class PastedFlow(CookieFlow):
    """The cookies of a browser in which the person has signed in already."""

    async def start(self, link: LoginLink) -> Next:
        """Asks for the cookies."""
        return Form(
            title=words.PASTE,
            fields=(
                FormField(name=_FIELD, label=words.COOKIES, hint=words.COOKIES_HINT, secret=True),
            ),
        )

    def taken_from(self, fields: Mapping[str, str]) -> Mapping[str, str]:
        """The cookies in the pasted text."""
        return cookies_in(fields.get(_FIELD, ""))
