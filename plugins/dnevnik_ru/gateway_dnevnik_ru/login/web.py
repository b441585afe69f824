"""A session of the site alone, for owners of cookies without a token (notes 2.7, 4.12)."""

from typing import Final

from gateway.core.contract.addresses import base_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Session
from gateway.core.errors import BadResponse, LoginError, RoleNotServed, SessionError, TokenRejected
from gateway.core.wire.decoding import decode_value
from gateway_dnevnik_ru.login import words
from gateway_dnevnik_ru.login.addresses import place_of
from gateway_dnevnik_ru.login.grants import Family
from gateway_dnevnik_ru.login.owner import from_web
from gateway_dnevnik_ru.login.pages import embedded_state
from gateway_dnevnik_ru.login.session import REGION, assemble
from gateway_dnevnik_ru.login.walk import Landing, open_address
from gateway_dnevnik_ru.login.wire import WebState
from gateway_dnevnik_ru.login.zones import region_zone
from gateway_dnevnik_ru.settings import DnevnikSettings

_STATE: Final = "__MARKS__INITIAL__STATE__"


async def open_web_session(link: LoginLink, settings: DnevnikSettings, method: str) -> Session:
    """The session of the account whose cookies the flow holds; it has no token.

    The page of marks is the one that names account, role and schools at once.

    Raises:
        TokenRejected: The cookies open nothing.
        RoleNotServed: Staff.
        NoStudents: The account shows no pupil.
        LoginError: The service wants a subscription.
        BadResponse: The page has another form.
    """
    try:
        landing = await open_address(link, settings, f"{base_of(link, 'web')}/marks")
    except SessionError as error:
        raise TokenRejected("the site asks to sign in: the cookies open nothing") from error
    _check(link, landing)
    state = embedded_state(landing.html, _STATE)
    if state is None:
        raise BadResponse("the page of marks carries no state")
    owner = from_web(decode_value(state, WebState, link.note).context)
    zone = region_zone(link.state.get(REGION)) or link.instance.zone
    return assemble(
        link,
        owner,
        method=method,
        family=Family.WEB,
        zones=dict.fromkeys((pupil.school for pupil in owner.pupils), zone),
        credentials={},
        data={},
    )


def _check(link: LoginLink, landing: Landing) -> None:
    place = place_of(link, landing.url)
    path = "" if place is None else place.path.rstrip("/").casefold()
    if landing.page.is_login_form or path == "/login":
        raise TokenRejected("the site asks to sign in: the cookies open nothing")
    if path == "/teacher":
        raise RoleNotServed("the site shows the teachers' page")
    if path == "/billing":
        raise LoginError("the service wants a subscription", text=words.NO_SUBSCRIPTION)
