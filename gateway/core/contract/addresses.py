"""Addresses that people paste and redirects name, read by what the instance's hosts serve.

Nothing is sent to an address itself: what one stands for is asked for by role and path.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from gateway.core.contract.link import Link

_MOST_FIELDS: Final = 50
_PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the service as a request names it."""

    role: str
    path: str
    params: Mapping[str, Sequence[str]]


def base_of(link: Link, role: str) -> str:
    """Base URL of a host role, where the operator mapped it; without a slash at its end."""
    settings = link.settings
    declared = link.instance.hosts[role].rstrip("/")
    if role in settings.hosts:
        return settings.hosts[role].rstrip("/")
    if settings.base_url is not None:
        return settings.base_url.rstrip("/") + urlsplit(declared).path
    return declared


def place_among(link: Link, url: str, roles: Sequence[str]) -> Place | None:
    """The request that opens an address; None for a foreign or malformed one.

    Where several roles share one origin, the first of `roles` that fits is taken; those that the
    instance does not have are passed over.
    """
    parts = split_url(url)
    if parts is None:
        return None
    for role in (item for item in roles if item in link.instance.hosts):
        base = urlsplit(base_of(link, role))
        path = parts.path or "/"
        if origin_of(base) == origin_of(parts) and f"{path}/".startswith(f"{base.path}/"):
            return Place(
                role,
                quote(path.removeprefix(base.path) or "/", safe="/%:@!$&'()*+,;=~-._"),
                fields_of(parts.query),
            )
    return None


def split_url(url: str) -> SplitResult | None:
    """The parts of an address; None for a malformed one."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def origin_of(parts: SplitResult) -> tuple[str, str, int | None]:
    """Scheme, host and port, in a form that can be compared."""
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or ""), parts.port or _PORTS.get(scheme)


def fields_of(query: str) -> dict[str, list[str]]:
    """The values by name of a query or fragment; empty for one with too many of them."""
    try:
        return parse_qs(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}


def first_of(fields: Mapping[str, Sequence[str]], name: str) -> str | None:
    """The first value of a name that is not empty."""
    return next((value for value in fields.get(name, ()) if value), None)
