"""URLs that a provider supplies, on any host: resolved once, checked, and pinned.

A name that is checked and then resolved again may point elsewhere the second time, so the address
that passed is the one that is connected to.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from gateway.core.errors import ConnectFailed, ForbiddenAddress
from gateway.core.transport.addresses import Origin, Target, check_url, is_global_address
from gateway.core.transport.exchange import TransportFault, faulted

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""IP addresses of a host and port, the preferred first."""

_SCHEME: Final = "https"


async def system_resolve(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says, IPv4 first.

    Raises:
        OSError: The name is not found.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ordered = sorted(found, key=lambda item: item[0] != socket.AF_INET)
    return [str(item[4][0]) for item in ordered]


def check_foreign_url(url: str) -> Target:
    """Lets an https URL of any host pass.

    Raises:
        ForbiddenAddress: Another scheme, userinfo, or a host in an odd notation.
    """
    origin = Origin.parse(url)
    if origin.scheme != _SCHEME:
        raise ForbiddenAddress(host=origin.host, reason="not https")
    return check_url(url, allowed=(origin,))


async def pinned_address(
    origin: Origin,
    *,
    resolve: Resolve = system_resolve,
    is_allowed: Callable[[str], bool] = is_global_address,
) -> str:
    """The one address to connect to for a foreign origin.

    Raises:
        ConnectFailed: The name is not found.
        ForbiddenAddress: One of its addresses is not of the public internet.
    """
    try:
        addresses = await resolve(origin.host, origin.port)
    except (OSError, UnicodeError):
        addresses = ()
    if not addresses:
        raise faulted(ConnectFailed("the host name was not found"), TransportFault.NOT_SENT)
    if not all(is_allowed(address) for address in addresses):
        raise ForbiddenAddress(host=origin.host, reason="not an address of the public internet")
    return addresses[0]
