"""Which host a request is for, and the addresses in answers."""

from dataclasses import dataclass
from typing import Final

from gateway.sandbox.web.hosts import named_host
from gateway_eljur.emulator.vendors import API_HOST, Vendor
from gateway_eljur.places import BY_HOST, CLOUD_DOMAIN

ESIA_HOST: Final = "esia.gosuslugi.ru"
STORAGE_HOST: Final = f"storage.{CLOUD_DOMAIN}"


@dataclass(frozen=True, slots=True)
class Site:
    """The addresses that one answer uses: real hosts, or everything under one origin.

    A client that is redirected beneath HTTP sends a real `Host` and expects to see real
    addresses; any other client must be led back to the origin.
    """

    origin: str | None
    host: str

    @property
    def here(self) -> str:
        """Base of the host that was asked."""
        return self.origin or f"https://{self.host}"

    @property
    def esia(self) -> str:
        """Base of the state sign-in system."""
        return self.origin or f"https://{ESIA_HOST}"

    @property
    def storage(self) -> str:
        """Base of addresses of files."""
        return self.origin or f"https://{STORAGE_HOST}"

    def school(self, vendor: Vendor) -> str:
        """Base of a school's own site."""
        return self.origin or f"https://{vendor.host}"

    @property
    def cookie_tail(self) -> str:
        """Attributes that end every cookie: no `Secure` under a plain origin."""
        return "; path=/" if self.origin is not None else "; path=/; secure"


def all_hosts() -> tuple[str, ...]:
    """Every host name that the emulator stands for whatever the world is."""
    return (API_HOST, CLOUD_DOMAIN, STORAGE_HOST, ESIA_HOST, *BY_HOST)


def site_for(host_header: str | None, origin: str) -> Site:
    """Addresses for a request with this `Host` header."""
    host = named_host(host_header)
    ours = host in BY_HOST or host in {CLOUD_DOMAIN, ESIA_HOST}
    real = ours or host.endswith(f".{CLOUD_DOMAIN}")
    return Site(None if real else origin, host)
