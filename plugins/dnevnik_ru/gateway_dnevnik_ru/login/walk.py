"""Walks the site's chain of redirects, hop by hop."""

from dataclasses import dataclass, field
from typing import Final

from gateway.core.contract.link import LoginLink
from gateway.core.errors import BadResponse, ForbiddenAddress
from gateway.core.wire.response import WireResponse
from gateway_dnevnik_ru.login.addresses import Sign, place_of, sign_of
from gateway_dnevnik_ru.login.pages import Page, parse_page
from gateway_dnevnik_ru.settings import DnevnikSettings

MOST_HOPS: Final = 8
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a chain ended.

    Attributes:
        url: The address, fragment included.
        sign: What it means.
        page: What was read there; empty for an address that was not opened.
        html: The page itself.
    """

    url: str = field(repr=False)
    sign: Sign
    page: Page = field(repr=False)
    html: str = field(default="", repr=False)


async def open_address(link: LoginLink, settings: DnevnikSettings, url: str) -> Landing:
    """Opens an address of the service and follows where it leads.

    Raises:
        ForbiddenAddress: It is not one of the declared hosts.
        BadResponse: The chain has no end.
    """
    place = place_of(link, url)
    if place is None:
        raise ForbiddenAddress(reason="not a declared host")
    answer = await link.request(
        place.role, "GET", place.path, params=place.params, template="/{page}"
    )
    return await follow(link, settings, answer)


async def follow(link: LoginLink, settings: DnevnikSettings, answer: WireResponse) -> Landing:
    """Where an answer leads.

    The hops are requests of their own, not the transport's: the address of the operator's
    application and those of Gosuslugi must be recognised, not opened, and a lost hop may be
    repeated while the password before it may not.

    Raises:
        ForbiddenAddress: The chain leaves the declared hosts for no known place.
        BadResponse: It has no end.
    """
    for _ in range(MOST_HOPS):
        location = answer.location if answer.status in _REDIRECTS else None
        url = location or answer.url
        sign = sign_of(link, settings, url)
        if location is None:
            html = answer.text if answer.looks_like_html() else ""
            return Landing(url, sign, parse_page(html), html)
        if sign in {Sign.RESULT, Sign.GOSUSLUGI}:
            return Landing(url, sign, Page())
        place = place_of(link, url)
        if place is None:
            raise ForbiddenAddress(reason="the sign-in leads to another site")
        answer = await link.request(
            place.role, "GET", place.path, params=place.params, template="/{page}"
        )
    raise BadResponse("the sign-in redirects without an end")
