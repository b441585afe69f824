"""`/school/feed`: sends strangers to ЕСИА and gives the session's cookies (notes 2.4)."""

from typing import Final
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import page
from gateway_gosuslugi.emulator.rules import OPEN, Router

FEED: Final = "school/feed"
RETURN: Final = "school/feed/return"
_CLIENT: Final = "PGU"
_GREETING: Final = "Вы вошли. Здесь была бы лента «Моей школы»."
_STALE: Final = "Вход устарел, начните снова"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(FEED, feed, dress=OPEN)
    router.add(RETURN, come_back, dress=OPEN)


def feed(call: Call) -> object:
    """GET `/school/feed`: the page, or the way to ЕСИА."""
    if call.identity_key is not None:
        return page("Моя школа", _GREETING)
    asked = {
        "client_id": _CLIENT,
        "response_type": "code",
        "scope": "openid",
        "redirect_uri": f"{call.site.portal}/{RETURN}",
        "state": call.service.draws.guid(),
    }
    return RedirectResponse(f"{call.site.esia}/aas/oauth2/v2/ac?{urlencode(asked)}", 302)


def come_back(call: Call) -> object:
    """GET the address to which ЕСИА sends the browser: cookies, then the feed again."""
    identity_key = call.service.arrivals.redeem(call.text("code"))
    if identity_key is None:
        return page("Моя школа", _STALE, 400)
    response = RedirectResponse(f"{call.site.portal}/{FEED}", 302)
    return _with_cookies(call, response, identity_key)


def _with_cookies(call: Call, response: Response, identity_key: str) -> Response:
    for name, value in call.service.sessions.open(identity_key).items():
        line = f"{name}={value}{call.site.cookie_tail}; HttpOnly"
        response.raw_headers.append((b"set-cookie", line.encode("latin-1")))
    return response
