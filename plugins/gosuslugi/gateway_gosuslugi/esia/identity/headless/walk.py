"""Follows the redirects of a sign-in by hand, hop by hop, within the hosts that are known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from gateway.core.contract.identity import SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.errors import (
    ForbiddenAddress,
    LoginError,
    SessionError,
)
from gateway.core.transport.addresses import Origin
from gateway.core.transport.origins import OriginMap
from gateway.core.wire.response import WireResponse
from gateway_gosuslugi.esia.identity import words
from gateway_gosuslugi.esia.identity.endings import has_cookies, is_end

MOST_HOPS: Final = 15
_HEAD: Final = 16 * 1024
_REFRESH: Final = re.compile(
    r"<meta[^>]{0,200}http-equiv\s*=\s*[\"']?refresh[^>]{0,200}?url\s*=\s*['\"]?([^\"'>\s]{1,4000})",
    re.IGNORECASE,
)
_SIGN_IN: Final = ("/login", "/aas/oauth2")


@dataclass(frozen=True, slots=True)
class Place:
    """An address as a request: role, path, query."""

    role: str
    path: str
    params: Mapping[str, Sequence[str]]


async def walk(link: LoginLink, request: SignInRequest, url: str) -> SignInResult | None:
    """Goes from an address to the end of the sign-in; None where it stops at ЕСИА's own page.

    Raises:
        LoginError: It leads elsewhere, or nowhere.
    """
    for _ in range(MOST_HOPS):
        if is_end(request, url):
            return SignInResult(url, link.jar)
        place = _place(link, url)
        answer = await _get(link, place)
        if has_cookies(request, link.jar):
            return SignInResult(answer.url, link.jar)
        following = answer.location or _refreshed(answer)
        if following is None:
            if _is_sign_in(place.path):
                return None
            raise LoginError("the sign-in stops at a page", text=words.USE_BROWSER)
        url = following
    raise LoginError("the sign-in redirects without an end", text=words.USE_BROWSER)


def _is_sign_in(path: str) -> bool:
    return any(f"{path}/".startswith(f"{part}/") for part in _SIGN_IN)


def _place(link: LoginLink, url: str) -> Place:
    own = {role: item for role, item in link.settings.hosts.items() if role in link.instance.hosts}
    origins = OriginMap(link.instance.hosts, base_url=link.settings.base_url, hosts=own)
    try:
        parts = urlsplit(url)
        found = origins.locate(Origin.parse(url), parts.path or "/")
        params = parse_qs(parts.query, keep_blank_values=True, max_num_fields=200)
    except (ForbiddenAddress, ValueError):
        found, params = None, {}
    if found is None:
        raise LoginError("the sign-in leads to another site", text=words.USE_BROWSER)
    return Place(found[0], quote(found[1], safe="/%:@!$&'()*+,;=~-._"), params)


async def _get(link: LoginLink, place: Place) -> WireResponse:
    try:
        return await link.request(
            place.role,
            "GET",
            place.path,
            params=place.params,
            headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"},
            template="/{page}",
        )
    except SessionError as error:
        raise LoginError("the sign-in is refused on the way", text=words.USE_BROWSER) from error


def _refreshed(answer: WireResponse) -> str | None:
    if not answer.looks_like_html():
        return None
    found = _REFRESH.search(answer.text[:_HEAD])
    return None if found is None else urljoin(answer.url, unescape(found[1]))
