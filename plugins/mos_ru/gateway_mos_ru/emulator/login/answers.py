"""What sign-in pages answer with: pages, redirects, cookies, refusals."""

from collections.abc import Iterable
from html import escape
from typing import Final
from urllib.parse import quote

from starlette.responses import HTMLResponse, PlainTextResponse, Response

from gateway.sandbox.web.encoding import encode
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import JSON_TYPE, ApiError

_URL_SIGNS: Final = "/:?#[]@!$&'()*+,;=%~|"
_GONE: Final = "; Expires=Thu, 01 Jan 1970 00:00:00 GMT"


def page(title: str, body: str, status: int = 200) -> Response:
    """A web page."""
    return HTMLResponse(
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{body}</body></html>",
        status,
    )


def meta_refresh(url: str) -> Response:
    """A page that sends the browser on."""
    return HTMLResponse(
        '<!DOCTYPE html><html><head><meta http-equiv="refresh" '
        f'content="0;url={escape(url)}"></head><body></body></html>'
    )


def redirect(url: str) -> Response:
    """A 302 whose address is left as it is."""
    return Response(status_code=302, headers={"location": quote(url, safe=_URL_SIGNS)})


def json(value: object, status: int = 200) -> Response:
    """Plain data as JSON."""
    return Response(encode(value), status, media_type=JSON_TYPE)


def text(value: str, status: int = 200) -> Response:
    """Plain text."""
    return PlainTextResponse(value, status)


def with_cookies(call: Call, response: Response, cookies: Iterable[tuple[str, str]]) -> Response:
    """The response with cookies for the request's host."""
    for name, value in cookies:
        line = f"{name}={value}{call.site.cookie_tail}; HttpOnly"
        response.raw_headers.append((b"set-cookie", line.encode("latin-1")))
    return response


def without_cookies(call: Call, response: Response, names: Iterable[str]) -> Response:
    """The response that takes cookies away."""
    for name in names:
        line = f"{name}={_GONE}{call.site.cookie_tail}"
        response.raw_headers.append((b"set-cookie", line.encode("latin-1")))
    return response


def login_errors(*codes: str) -> ApiError:
    """What login.mos.ru says when it does not go on (protocol notes 2.8)."""
    return ApiError(400, {"errors": [{"code": code} for code in codes]})


def oauth_error(error: str, status: int = 400) -> ApiError:
    """A refusal in the words of OAuth."""
    return ApiError(status, {"error": error})
