"""Where the portal is for this installation."""

from urllib.parse import urlsplit

from gateway.core.contract.link import Link


def base_of(link: Link, role: str) -> str:
    """Base URL of a host role, where the operator mapped it; without a slash at its end."""
    settings, declared = link.settings, link.instance.hosts[role].rstrip("/")
    if role in settings.hosts:
        return settings.hosts[role].rstrip("/")
    if settings.base_url is not None:
        return settings.base_url.rstrip("/") + urlsplit(declared).path
    return declared
