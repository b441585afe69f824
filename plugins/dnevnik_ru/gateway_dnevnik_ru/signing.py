"""What a request carries beside its own content (protocol notes 1, 2.4, 2.7)."""

import re
from typing import Final

from gateway.core.contract.session import Session
from gateway.core.wire.request import WireRequest
from gateway_dnevnik_ru.routes import API

DEFAULT_APP_VERSION: Final = "v8.5"
"""The app interface's version where the session names none."""

_APP_PATH: Final = re.compile(r"/mobile/(v[0-9]+(?:\.[0-9]+)?)/")
_WITH_APP_HEADERS: Final = 10
_APP_HEADERS: Final = (("app-version", "10.0.0(121)"), ("device-details", "diary-gateway"))


def signed(request: WireRequest, session: Session | None) -> WireRequest:
    """The request with the account's token.

    Only the `api` role gets it. The web pages and files go by the account's cookies, which the jar
    sends by itself. JSON is asked for explicitly, since errors may be web pages otherwise.
    """
    if request.role != API:
        return request
    headers = [("Accept", "application/json")]
    version = app_version_of(request.path)
    if version is not None:
        headers.append(("x-platform", "android"))
        if major(version) >= _WITH_APP_HEADERS:
            headers += _APP_HEADERS
    token = session.secret("access_token") if session is not None else None
    if token is not None:
        headers.append(("Access-Token", token))
    return request.with_headers(*headers)


def app_version_of(path: str) -> str | None:
    """The app interface's version in a path, such as `v8.5`; None for another interface."""
    found = _APP_PATH.match(path)
    return found[1] if found else None


def major(version: str) -> int:
    """The first number of a version such as `v8.5`; 0 for no version."""
    digits = version.lstrip("v").partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
