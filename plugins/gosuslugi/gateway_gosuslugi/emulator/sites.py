"""The portal's two hosts, and the addresses in answers."""

from dataclasses import dataclass
from typing import Final

from gateway.sandbox.web.hosts import named_host

PORTAL_HOST: Final = "www.gosuslugi.ru"
ESIA_HOST: Final = "esia.gosuslugi.ru"
HOSTS: Final = (PORTAL_HOST, ESIA_HOST)


@dataclass(frozen=True, slots=True)
class Site:
    """The addresses that one answer uses: real hosts, or everything under one origin.

    A client that is redirected beneath HTTP sends a real `Host` and expects to see real
    addresses; any other client must be led back to the origin.
    """

    origin: str | None

    @property
    def portal(self) -> str:
        """Base of the portal."""
        return self.origin or f"https://{PORTAL_HOST}"

    @property
    def esia(self) -> str:
        """Base of the sign-in system."""
        return self.origin or f"https://{ESIA_HOST}"

    @property
    def cookie_tail(self) -> str:
        """Attributes of every cookie: no `Secure` under a plain origin."""
        return "; Path=/" if self.origin is not None else "; Path=/; Secure"


def site_for(host_header: str | None, origin: str) -> Site:
    """Addresses for a request with this `Host` header."""
    return Site(None if named_host(host_header) in HOSTS else origin)
