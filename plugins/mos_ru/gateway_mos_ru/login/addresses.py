"""Addresses of signing in: those that are built, and what the others mean (notes 2.2, 2.3, 2.9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from gateway.core.contract.addresses import (
    Place,
    base_of,
    fields_of,
    first_of,
    origin_of,
    place_among,
    split_url,
)
from gateway.core.contract.link import Link
from gateway_mos_ru.routes import API, DIARY, LOGIN
from gateway_mos_ru.settings import MosSettings, NodeSettings

REGISTER: Final = "/sps/oauth/register"
AUTHORIZE: Final = "/sps/oauth/ae"
EXCHANGE: Final = "/sps/oauth/te"
HEADLESS_PASSWORD: Final = "/sps/login/methods/headless/password"  # noqa: S105 - a path
HEADLESS_SMS: Final = "/sps/login/methods/headless/sms/bind"
TRUST: Final = "/sps/login/ur/askToTrust"
QR_PULL: Final = "/sps/login/methods/headless/qrCode/pull"
QR_COMPLETE: Final = "/sps/login/methods/qrCode/complete"
PASSWORD_PAGE: Final = "/sps/login/methods/password"  # noqa: S105 - a path

WEB_LOGIN: Final = "/v3/auth/sudir/login"
MOS_TO_MESH: Final = "/v3/auth/sudir/auth"
LOGOUT: Final = "/v3/auth/logout"
WEB_REFRESH: Final = "/v3/token/refresh"
NODE_REFRESH: Final = "/v2/token/refresh"
NODE_SESSIONS: Final = "/lms/api/sessions"
NODE_CALLBACK: Final = "/v3/auth/kauth/callback"
NODE_ESIA: Final = "/v3/auth/esia/login"
NODE_TOKEN: Final = "/v3/auth/token"  # noqa: S105 - a path
PROFILES: Final = "/acl/api/users/profile_info"

SCOPE: Final = (
    "birthday contacts openid profile snils blitz_change_password blitz_user_rights blitz_qr_auth"
)
"""What the application asks for."""

_FACTOR: Final = re.compile(r"/sps/login/methods2?/([A-Za-z]{1,32})")
_FLASH_CALL: Final = re.compile(r"/sps/login/method/flashCall(?:/code)?")
_ROLES: Final = (LOGIN, API, DIARY)
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Ending:
    """What the address says at which a sign-in by browser ended.

    Attributes:
        code: One-time code, to be exchanged for tokens.
        state: The returned `state`.
        error: The service's word for a refusal.
    """

    code: str | None = field(default=None, repr=False)
    state: str | None = field(default=None, repr=False)
    error: str | None = None


def place_of(link: Link, url: str) -> Place | None:
    """The request that opens an address; None for a foreign or malformed one."""
    return place_among(link, url, _ROLES)


def app_redirect(settings: MosSettings) -> str:
    """The application's link in which a sign-in ends."""
    return f"{settings.app_scheme}://oauth2redirect"


def node_redirect(settings: NodeSettings) -> str:
    """The same for a sign-in to a regional node."""
    return f"{settings.app_scheme}://authRegionRedirect"


def authorize_params(
    client_id: str, challenge: str, redirect_uri: str, **further: str
) -> dict[str, str]:
    """Query of the address that begins a sign-in."""
    return {
        "response_type": "code",
        "access_type": "offline",
        "client_id": client_id,
        "scope": SCOPE,
        "bip_action_hint": "used_sms",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "redirect_uri": redirect_uri,
        **further,
    }


def url_of(link: Link, role: str, path: str, params: Mapping[str, str]) -> str:
    """A whole address for the person's browser."""
    return f"{base_of(link, role)}{path}?{urlencode(params)}"


def ending_pattern(redirect_uri: str) -> str:
    """Regular expression of the addresses with which a sign-in comes back."""
    return rf"^{re.escape(redirect_uri.rstrip('/'))}/?\?\S+"


def is_loopback(redirect_uri: str) -> bool:
    """Whether an address can be listened at on the person's own machine."""
    parts = split_url(redirect_uri)
    return (
        parts is not None
        and parts.scheme == "http"
        and parts.hostname in _LOOPBACK
        and parts.port is not None
    )


def ending_of(url: str, redirect_uri: str) -> Ending | None:
    """What an address says with which a sign-in came back; None if it is none."""
    parts, wanted = split_url(url.strip()), split_url(redirect_uri)
    if parts is None or wanted is None:
        return None
    if origin_of(parts) != origin_of(wanted) or parts.path.rstrip("/") != wanted.path.rstrip("/"):
        return None
    query = fields_of(parts.query)
    return Ending(first_of(query, "code"), first_of(query, "state"), first_of(query, "error"))


def factor_of(path: str) -> str | None:
    """The way to confirm whose page a path is; None for other pages."""
    if _FLASH_CALL.fullmatch(path):
        return "flashCall"
    found = _FACTOR.fullmatch(path)
    return found[1] if found is not None and found[1] not in {"password", "qrCode"} else None
