"""Which installation a request is for, and the addresses in answers."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from gateway.sandbox.web.hosts import named_host
from gateway_mos_ru.nodes import Node

ESIA_HOST: Final = "esia.gosuslugi.ru"
CLOSED_TWIN: Final = "api.myschool.mosreg.ru"
"""A host that families' clients used until 2025; it refuses everybody now."""


@dataclass(frozen=True, slots=True)
class Site:
    """The addresses that one answer uses: real hosts, or everything under one origin.

    A client that is redirected beneath HTTP sends a real `Host` and expects to see real
    addresses; any other client must be led back to the origin.
    """

    node: Node
    origin: str | None
    host: str

    @property
    def api(self) -> str:
        """Base of families' interfaces and of the site."""
        return self.origin or self.node.api

    @property
    def login(self) -> str:
        """Base of the sign-in system of Moscow."""
        return self.origin or self.node.login or self.node.api

    @property
    def esia(self) -> str:
        """Base of the state sign-in system."""
        return self.origin or f"https://{ESIA_HOST}"

    @property
    def is_closed(self) -> bool:
        """Whether the host refuses everybody."""
        return self.origin is None and self.host == CLOSED_TWIN

    @property
    def cookie_tail(self) -> str:
        """Attributes of every cookie: no domain and no `Secure` under a plain origin."""
        if self.origin is not None:
            return "; Path=/"
        domain = ".".join(self.host.split(".")[-2:])
        return f"; Domain=.{domain}; Path=/; Secure"


def hosts_of(node: Node) -> tuple[str, ...]:
    """Every host name of an installation, the state sign-in of the nodes included."""
    named = (urlsplit(base).hostname or "" for base in node.hosts.values())
    state = () if node.is_moscow else (ESIA_HOST,)
    return tuple(dict.fromkeys((*named, *node.twins, *state)))


def site_for(host_header: str | None, node: Node, origin: str) -> Site:
    """Addresses for a request with this `Host` header."""
    host = named_host(host_header)
    return Site(node, None if host in hosts_of(node) else origin, host)
