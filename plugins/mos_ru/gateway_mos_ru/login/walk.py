"""Walks the site's chain of redirects, hop by hop (protocol notes 2.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from gateway.core.contract.addresses import Place
from gateway.core.contract.link import LoginLink
from gateway.core.errors import BadResponse, ForbiddenAddress, LoginError, SessionError
from gateway.core.wire.response import WireResponse
from gateway_mos_ru.login.addresses import place_of
from gateway_mos_ru.login.cookies import ACCESS_COOKIE

MOST_HOPS: Final = 10
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a chain ended.

    Attributes:
        role: Host role of the page.
        path: Its path.
        params: Its query.
        html: The page itself.
        signed_in: Whether the cookie with the token came on the way; then nothing else matters.
    """

    role: str
    path: str
    params: Mapping[str, Sequence[str]] = field(repr=False)
    html: str = field(default="", repr=False)
    signed_in: bool = False

    def param(self, name: str) -> str | None:
        """A value of its query."""
        return next(iter(self.params.get(name, ())), None)


async def open_address(link: LoginLink, url: str, *, referer: str | None = None) -> Landing:
    """Opens an address of the service and follows where it leads; see `follow()`."""
    place = _place(link, url)
    headers = None if referer is None else {"Referer": referer}
    return await follow(link, await _get(link, place, headers=headers))


async def follow(link: LoginLink, answer: WireResponse) -> Landing:
    """Where an answer leads; no further than to the cookie with the token.

    The hops are requests of their own, not the transport's: what stands behind the last of them
    does not matter, and a lost hop may be repeated while the code before it may not.

    Raises:
        ForbiddenAddress: The chain leaves the declared hosts.
        BadResponse: It has no end.
    """
    for _ in range(MOST_HOPS):
        location = answer.location if answer.status in _REDIRECTS else None
        signed_in = link.jar.value(ACCESS_COOKIE) is not None
        if signed_in or location is None:
            place = _place(link, answer.url)
            html = answer.text if answer.looks_like_html() else ""
            return Landing(place.role, place.path, place.params, html, signed_in)
        answer = await _get(link, _place(link, location))
    raise BadResponse("the sign-in redirects without an end")


def _place(link: LoginLink, url: str) -> Place:
    place = place_of(link, url)
    if place is None:
        raise ForbiddenAddress(reason="the sign-in leads to another site")
    return place


async def _get(
    link: LoginLink, place: Place, *, headers: Mapping[str, str] | None = None
) -> WireResponse:
    try:
        return await link.request(
            place.role,
            "GET",
            place.path,
            params=place.params,
            headers=headers,
            template="/{page}",
        )
    except SessionError as error:
        raise LoginError("the sign-in is refused on the way") from error
