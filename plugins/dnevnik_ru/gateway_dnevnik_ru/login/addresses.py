"""Addresses of signing in: those that are built, and what the others mean (notes 2.2, 2.5)."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final
from urllib.parse import SplitResult, quote, urlencode

from pydantic import SecretStr

from gateway.core.contract.addresses import (
    Place,
    base_of,
    fields_of,
    first_of,
    place_among,
    split_url,
)
from gateway.core.contract.link import Link
from gateway_dnevnik_ru.settings import DnevnikSettings

SITE_SCOPE: Final = "CommonInfo,ContactInfo,FriendsAndRelatives,EducationalInfo"
"""What is asked for at the site."""

PARTNER_SCOPE: Final = (
    "Schools,Relatives,EduGroups,Lessons,marks,EduWorks,Avatar,EducationalInfo,CommonInfo,"
    "ContactInfo,FriendsAndRelatives,Files,Wall,Messages"
)
"""What is asked for with a password at the partner interface."""

MOBILE_SCOPE: Final = "Schools,Relatives,EduGroups,Lessons,marks,EduWorks,Avatar"
"""What is asked for at the app's interface."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")
_TASK: Final = re.compile(r"[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}")
_WORD: Final = re.compile(r"[A-Za-z_]{1,32}")
_ROLES: Final = ("login", "web", "schools", "api")


class Sign(Enum):
    """What an address on the way through the site means."""

    RESULT = auto()
    LINKING_OFFER = auto()
    NEW_PASSWORD = auto()
    GOSUSLUGI = auto()
    PAGE = auto()


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What the final address of the site's OAuth says.

    Attributes:
        token: The access token, if it has one.
        state: The returned `state`; None where it is empty or missing.
        outcome: `success`, or the service's own word for anything else.
    """

    token: SecretStr | None
    state: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class EsiaTask:
    """A finished sign-in at Gosuslugi: a one-time number, and the region's."""

    task_id: str
    region_id: int


def place_of(link: Link, url: str) -> Place | None:
    """The request that opens an address; None for a foreign or malformed one.

    Where several roles share one origin, the sign-in pages come first: it is them that chains of
    redirects lead through.
    """
    return place_among(link, url, _ROLES)


def oauth_params(settings: DnevnikSettings, state: str) -> dict[str, str]:
    """Query of the OAuth address; `client_id` must be set."""
    params = {
        "response_type": "token",
        "client_id": settings.client_id or "",
        "scope": settings.scope or SITE_SCOPE,
    }
    if settings.redirect_uri is not None:
        params["redirect_uri"] = settings.redirect_uri
    return {**params, "state": state}


def oauth_url(link: Link, settings: DnevnikSettings, state: str) -> str:
    """The OAuth address, as a `ReturnUrl` wants it."""
    query = urlencode(oauth_params(settings, state), safe=",", quote_via=quote)
    return f"{base_of(link, 'login')}/oauth2?{query}"


def sign_in_url(link: Link, return_url: str) -> str:
    """The sign-in page that leads on to `return_url`."""
    return f"{base_of(link, 'login')}/login?{urlencode({'ReturnUrl': return_url})}"


def sign_of(link: Link, settings: DnevnikSettings, url: str) -> Sign:
    """What an address means; anything unknown is an ordinary page."""
    parts = split_url(url)
    if parts is None:
        return Sign.PAGE
    if _is_result(link, settings, url, parts):
        return Sign.RESULT
    path = parts.path.rstrip("/").casefold()
    if place_of(link, url) is None:
        host = parts.hostname or ""
        known = host == "gosuslugi.ru" or host.endswith(".gosuslugi.ru")
        return Sign.GOSUSLUGI if known else Sign.PAGE
    if path.endswith("/esia/auth/message/offerlinkingaccounts"):
        return Sign.LINKING_OFFER
    if path.endswith("/password") and "token" in fields_of(parts.query):
        return Sign.NEW_PASSWORD
    return Sign.PAGE


def site_result(url: str) -> SiteResult | None:
    """What a final address says; None if it is none at all.

    The fragment is exactly `access_token=<token>&state=<state>` (notes 2.2), the state empty
    where none was sent. On the service's own page `result` must be `success`; an address of the
    application has the fragment alone.
    """
    parts = split_url(url)
    if parts is None:
        return None
    query, fragment = fields_of(parts.query), fields_of(parts.fragment)
    outcome = first_of(query, "result") or first_of(fragment, "error") or first_of(query, "error")
    token = first_of(fragment, "access_token")
    if outcome is None and token is None:
        return None
    if outcome is None and _is_result_path(parts):
        outcome = "none"
    outcome = outcome or "success"
    return SiteResult(
        token=SecretStr(token) if token and _TOKEN.fullmatch(token) else None,
        state=first_of(fragment, "state"),
        outcome=outcome if _WORD.fullmatch(outcome) else "unknown",
    )


def token_of(text: str) -> SecretStr | None:
    """A bare access token."""
    return SecretStr(text) if _TOKEN.fullmatch(text) else None


def result_pattern(link: Link, settings: DnevnikSettings) -> str:
    """Regular expression of the address at which the site's OAuth ends."""
    page = f"{base_of(link, 'login')}/oauth2/Authorization/Result"
    ends = "|".join(re.escape(item) for item in (page, settings.redirect_uri) if item)
    return rf"^(?:{ends})(?:\?[^#\s]*)?#(?:\S*&)?access_token=\S+"


def esia_pattern(link: Link) -> str:
    """Regular expression of the address at which a sign-in through Gosuslugi ends."""
    base = re.escape(base_of(link, "login"))
    return rf"^{base}/esia/auth/?\?(?=(?:.*&)?taskId=)(?=(?:.*&)?regionId=)\S+"


def esia_task(link: Link, url: str) -> EsiaTask | None:
    """The task that a final address names; None if it is no such address."""
    place = place_of(link, url.strip())
    if place is None or place.path.rstrip("/").casefold() != "/esia/auth":
        return None
    given = {name.casefold(): values[0] for name, values in place.params.items()}
    task_id, region_id = given.get("taskid", ""), given.get("regionid", "")
    if not _TASK.fullmatch(task_id) or not (region_id.isascii() and region_id.isdigit()):
        return None
    return EsiaTask(task_id, int(region_id[:18]))


def _is_result(link: Link, settings: DnevnikSettings, url: str, parts: SplitResult) -> bool:
    if _is_result_path(parts) and place_of(link, url) is not None:
        return True
    wanted = settings.redirect_uri
    return (
        wanted is not None and url.partition("#")[0].partition("?")[0] == wanted.partition("?")[0]
    )


def _is_result_path(parts: SplitResult) -> bool:
    return parts.path.rstrip("/").casefold().endswith("/oauth2/authorization/result")
