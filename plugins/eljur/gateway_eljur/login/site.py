"""Signing in to the school's own site, whose pages go by cookies (notes 2.4)."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Session
from gateway.core.errors import GatewayError
from gateway.core.wire.decoding import decode
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.request import Body, RequestKind
from gateway_eljur.capabilities import WEB_CAPABILITIES
from gateway_eljur.login.wire import SiteSignIn
from gateway_eljur.routes import SIGN_IN, WEB
from gateway_eljur.settings import EljurSettings
from gateway_eljur.signing import SITE, VENDOR


async def with_site(link: LoginLink, session: Session, login: str, password: str) -> Session:
    """The session with the site's cookies, where the operator wants them and the site gives them.

    The diary is open already, so that no failure here is one of the login.

    Args:
        link: At the school's own instance.
        session: The account as the interface has opened it.
        login: Login.
        password: Password, which the interface has accepted.
    """
    settings = link.settings
    if not isinstance(settings, EljurSettings) or not settings.web_session:
        return session
    try:
        refusal = await _refusal(link, session.data[VENDOR], login, password)
    except GatewayError as error:
        refusal = error.code
    if refusal is not None:
        link.note(SIGN_IN, refusal)
        return session
    lacking = {
        name: support
        for name, support in session.capabilities.items()
        if name not in WEB_CAPABILITIES
    }
    return replace(
        session,
        jar=_secrets(link.jar, session.data[VENDOR]),
        capabilities=lacking,
        data={**session.data, SITE: "1"},
    )


def _secrets(jar: CookieJar, vendor: str) -> CookieJar:
    """The cookies but for the one that only names the school, which no page needs."""
    return CookieJar(tuple(item for item in jar if item.value != vendor))


async def _refusal(link: LoginLink, vendor: str, login: str, password: str) -> str | None:
    """Why the site is not open; None if it is."""
    answer = await link.request(
        WEB,
        "POST",
        SIGN_IN,
        kind=RequestKind.AUTH,
        headers={"Accept": "application/json"},
        body=Body.of_form({"username": login, "password": password, "return_uri": "/"}),
        template=SIGN_IN,
    )
    found = decode(answer, SiteSignIn, link.note)
    if found.result is not True:
        return "the site does not let the account in"
    school = _school_in(found)
    return None if school in {None, vendor} else "the site lets the account in to another school"


def _school_in(found: SiteSignIn) -> str | None:
    """The school whose site it is, where the answer leads to it by name."""
    for action in found.actions or ():
        try:
            named = parse_qs(urlsplit(action.url or "").query, max_num_fields=50).get("domain")
        except ValueError:
            continue
        if named:
            return named[-1].strip().lower()
    return None
