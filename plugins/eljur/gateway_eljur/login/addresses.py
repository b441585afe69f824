"""Addresses of signing in through Gosuslugi, and the tokens that people paste (notes 2.3)."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

from gateway.core.contract.link import Link
from gateway_eljur.routes import ESIA, WEB

APP: Final = "/journal-app"
"""The page at which a sign-in through Gosuslugi ends."""

_PART: Final = r"[A-Za-z0-9_-]{2,}"
_V_TOKEN: Final = re.compile(rf"eyJ[A-Za-z0-9_-]*\.{_PART}\.{_PART}")
_TOKEN: Final = re.compile(r"[!-~]{8,512}")
_LONGEST: Final = 16_384
_MOST_FIELDS: Final = 50
_PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a person pasted as a token.

    Attributes:
        auth_token: A token of the interface.
        v_token: A token of a sign-in through Gosuslugi.
        address: The address that held it, where it was one.
    """

    auth_token: str | None = field(default=None, repr=False)
    v_token: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)


def base_of(link: Link, role: str) -> str:
    """Base URL of a host role, where the operator mapped it; without a slash at its end."""
    settings = link.settings
    declared = link.instance.hosts[role].rstrip("/")
    if role in settings.hosts:
        return settings.hosts[role].rstrip("/")
    if settings.base_url is not None:
        return settings.base_url.rstrip("/") + urlsplit(declared).path
    return declared


def esia_url(link: Link) -> str:
    """Where a sign-in through Gosuslugi begins."""
    return f"{base_of(link, WEB)}{ESIA}?flow=v2"


def esia_pattern(link: Link) -> str:
    """Regular expression of the address at which it ends."""
    return rf"^{re.escape(base_of(link, WEB) + APP)}/?\?(?:[^#\s]*&)?v_token=[^&#\s]+"


def final_token(link: Link, text: str) -> str | None:
    """The token in the last address of a sign-in at this host, or a bare one; None for neither."""
    text = text.strip()
    if is_v_token(text):
        return text
    parts, base = _split(text), _split(base_of(link, WEB))
    if parts is None or base is None or _origin(parts) != _origin(base):
        return None
    if parts.path.rstrip("/") != base.path.rstrip("/") + APP:
        return None
    token = _param(parts, "v_token")
    return token if token is not None and is_v_token(token) else None


def pasted(text: str) -> Pasted | None:
    """What kind of token a text is or holds; None if it holds none.

    Tokens of the interface are opaque, only those of a sign-in through Gosuslugi have a shape.
    """
    text = text.strip().strip("\"'")
    if is_v_token(text):
        return Pasted(v_token=text)
    parts = _split(text) if "://" in text else None
    if parts is None:
        return Pasted(auth_token=text) if _TOKEN.fullmatch(text) and "/" not in text else None
    v_token, auth_token = _param(parts, "v_token"), _param(parts, "auth_token")
    if v_token is not None and is_v_token(v_token):
        return Pasted(v_token=v_token, address=text)
    if auth_token is not None and _TOKEN.fullmatch(auth_token):
        return Pasted(auth_token=auth_token, address=text)
    return None


def is_v_token(text: str) -> bool:
    """Whether a text has the shape of a token of a sign-in through Gosuslugi."""
    return len(text) <= _LONGEST and _V_TOKEN.fullmatch(text) is not None


def _param(parts: SplitResult, name: str) -> str | None:
    try:
        query = parse_qsl(parts.query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    return next((value for key, value in query if key == name and value), None)


def _split(url: str) -> SplitResult | None:
    if len(url) > _LONGEST * 2:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    scheme = parts.scheme.lower()
    return scheme, parts.hostname or "", parts.port or _PORTS.get(scheme)
