"""Which addresses the gateway may open: pure checks, no resolving and no connecting.

What passes is rebuilt from its checked parts, so no second parser can read it differently.
"""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import quote

from gateway.core.errors import ForbiddenAddress

_LONGEST = 16_384
_DEFAULT_PORTS = {"https": 443, "http": 80}
_HIGHEST_PORT = 65_535
_LONGEST_HOST = 253

_FORBIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]+))?", re.ASCII)
# Underscores are no letters of a host name, yet schools' sub-domains have them.
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
# What a browser reads as an IPv4 address: the last label is a number in some notation.
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_UNREADABLE = re.compile(r"[^\x21-\x7e]")

# Characters of RFC 3986, escapes, and the brackets that many queries carry unencoded.
_PATH_SAFE = "/!$&'()*+,;=:@-._~%[]"
_QUERY_SAFE = _PATH_SAFE + "?"


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port, in the one spelling that is compared: `https`, `api.example.ru`, 443.

    The host is lower case, an internationalised one in punycode; an IPv6 address has no brackets.
    """

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, url: str) -> Self:
        """Origin of a declared or configured URL; path, query and fragment are ignored.

        Raises:
            ForbiddenAddress: Not a plain absolute http or https URL.
        """
        scheme, authority, _, _ = _split(url)
        return cls(*_origin_parts(scheme, authority))

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS.get(self.scheme) else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


@dataclass(frozen=True, slots=True)
class Target:
    """An address that passed: where to connect and what to ask for.

    Attributes:
        origin: One of the allowed origins.
        target: Path and query as they go into the request line: ASCII, begins with `/`.
    """

    origin: Origin
    target: str

    @property
    def url(self) -> str:
        """The whole address in its checked spelling, without a fragment."""
        return f"{self.origin}{self.target}"

    def __str__(self) -> str:
        return self.url


def check_url(url: str, *, allowed: Collection[Origin]) -> Target:
    """Let an absolute `url` pass if its origin is one of `allowed`, exactly.

    Plain http passes only where an allowed origin says http. Mixed case, an explicit default port
    and international names are brought into one spelling before the comparison.

    Raises:
        ForbiddenAddress: Another origin, userinfo, another scheme, a host in an odd notation
            (octal, hexadecimal, short or whole-number IPv4, IPv6 zones or embedded IPv4, trailing
            dots, percent-encoding), backslashes, control or invisible characters.
    """
    scheme, authority, path, query = _split(url)
    origin = Origin(*_origin_parts(scheme, authority))
    if origin not in allowed:
        raise ForbiddenAddress(host=origin.host, reason="not a declared origin")
    target = quote(path or "/", safe=_PATH_SAFE)
    if query is not None:
        target = f"{target}?{quote(query, safe=_QUERY_SAFE)}"
    return Target(origin, target)


def is_global_address(ip: str) -> bool:
    """Whether `ip` is an ordinary address of the public internet.

    False for everything else: loopback, private, link-local, shared (100.64/10), multicast,
    metadata services, documentation, benchmarks, broadcast, IPv6 that carries an IPv4 address
    (mapped, NAT64, 6to4, Teredo), zones, and text that is no address.
    """
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _SPECIAL_V4)
    if address.scope_id is not None or address not in _GLOBAL_UNICAST:
        return False
    return not any(address in network for network in _SPECIAL_V6)


# The IANA special-purpose registries. The interpreter's own is_global differs between versions.
_SPECIAL_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network, unspecified
            "10.0.0.0/8",
            "100.64.0.0/10",  # shared; a cloud's metadata service lives here too
            "127.0.0.0/8",
            "168.63.129.16/32",  # a cloud's host service on a public address
            "169.254.0.0/16",  # link-local, metadata
            "172.16.0.0/12",
            "192.0.0.0/24",  # protocol assignments, metadata of another cloud
            "192.0.2.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",  # reserved, broadcast
        ),
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # mapped, NAT64, unique local lie outside
_SPECIAL_V6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32",
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
        ),
    )
)


def _split(url: str) -> tuple[str, str, str, str | None]:
    """Scheme (lower case), authority, path and query (`None` without a question mark)."""
    if len(url) > _LONGEST:
        raise ForbiddenAddress(reason="too long")
    if _FORBIDDEN.search(url) is not None:
        raise ForbiddenAddress(reason="backslash, control or invisible character")
    match = _URL.fullmatch(url)
    if match is None:
        raise ForbiddenAddress(reason="not an absolute address")
    scheme, authority, path, query = match.groups()
    return scheme.lower(), authority, path, query


@lru_cache(maxsize=1024)
def _origin_parts(scheme: str, authority: str) -> tuple[str, str, int]:
    # Userinfo first: nothing of it may reach an error.
    if "@" in authority:
        raise ForbiddenAddress(host=_shown(authority.rpartition("@")[2]), reason="userinfo")
    if scheme not in _DEFAULT_PORTS:
        raise ForbiddenAddress(host=_shown(authority), reason="scheme other than http and https")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise ForbiddenAddress(host=_shown(authority), reason="malformed host or port")
    host, port = match.groups()
    return scheme, _host(host), _port(port, scheme, host)


def _port(port: str | None, scheme: str, host: str) -> int:
    if port is None:
        return _DEFAULT_PORTS[scheme]
    if len(port) > len(str(_HIGHEST_PORT)) or port[0] == "0" or int(port) > _HIGHEST_PORT:
        raise ForbiddenAddress(host=_shown(host), reason="malformed port")
    return int(port)


def _host(host: str) -> str:
    if host.startswith("["):
        return _ipv6(host[1:-1])
    name = host.lower() if host.isascii() else _punycode(host)
    if len(name) > _LONGEST_HOST or _HOST.fullmatch(name) is None:
        raise ForbiddenAddress(host=_shown(host), reason="malformed host")
    if _NUMERIC.fullmatch(name) is not None:
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            raise ForbiddenAddress(host=_shown(host), reason="odd numeric host") from None
    return name


def _ipv6(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError:
        raise ForbiddenAddress(host=_shown(host), reason="malformed IPv6 address") from None
    if address.scope_id is not None or "." in host or address.ipv4_mapped is not None:
        raise ForbiddenAddress(host=_shown(host), reason="IPv6 zone or embedded IPv4 address")
    return address.compressed


def _punycode(host: str) -> str:
    """IDNA 2008 without any mapping: full-width letters and invisible joiners are refused."""
    import idna  # noqa: PLC0415 - its tables are large and nearly every host is ASCII

    lowered = host.lower()
    # The Kelvin sign becomes an ASCII letter by lower() alone.
    if not lowered.isascii() and len(lowered) <= _LONGEST_HOST:
        try:
            return idna.encode(lowered, strict=True).decode("ascii")  # strict: no other dots
        except idna.IDNAError:
            pass
    raise ForbiddenAddress(host=_shown(host), reason="malformed international host")


def _shown(host: str) -> str:
    """A host as an error may name it: printable, short."""
    return _UNREADABLE.sub("?", host)[:_LONGEST_HOST]
