"""Which origins stand behind an instance's host roles: the declared ones or the operator's own.

Nothing but this map decides where requests go; URLs in answers are only ever checked against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.core.errors import ConfigurationError, ForbiddenAddress
from gateway.core.transport.addresses import Origin


@dataclass(frozen=True, slots=True)
class Base:
    """Where a host role is served.

    Attributes:
        origin: Scheme, host and port.
        prefix: Path before every path of the role, without a slash at its end.
    """

    origin: Origin
    prefix: str = ""


class OriginMap:
    """The bases of one instance's host roles.

    Attributes:
        allowed: The only origins that requests of the instance may go to.
        mapped: Base URLs of the roles that the operator mapped, to be kept with a session.
    """

    def __init__(
        self,
        declared: Mapping[str, str],
        *,
        base_url: str | None = None,
        hosts: Mapping[str, str] | None = None,
    ) -> None:
        """Lays the operator's mapping over the declaration.

        Args:
            declared: Base URL by host role, https only.
            base_url: Maps all roles to one origin and path, in front of the declared paths.
            hosts: Maps single roles to base URLs that replace the declared ones whole.

        Raises:
            ConfigurationError: A URL is no base URL, a declared one is not https, or a mapped
                role is not declared.
        """
        self._bases: dict[str, Base] = {}
        self.mapped: dict[str, str] = {}
        unknown = sorted(set(hosts or {}) - set(declared))
        if unknown:
            raise ConfigurationError(f"no such host role: {', '.join(unknown)}")
        for role, url in declared.items():
            base = _base(url)
            if base.origin.scheme != "https":
                raise ConfigurationError(f"the declared host of {role!r} is not https")
            if hosts is not None and role in hosts:
                base = _base(hosts[role])
                self.mapped[role] = hosts[role]
            elif base_url is not None:
                front = _base(base_url)
                base = Base(front.origin, front.prefix + base.prefix)
                self.mapped[role] = base_url.rstrip("/") + _base(url).prefix
            self._bases[role] = base
        self.allowed = frozenset(base.origin for base in self._bases.values())

    def base(self, role: str) -> Base:
        """Where a role is served.

        Raises:
            ConfigurationError: The instance has no such role.
        """
        try:
            return self._bases[role]
        except KeyError:
            raise ConfigurationError(f"the instance has no host role {role!r}") from None

    def locate(self, origin: Origin, path: str) -> tuple[str, str] | None:
        """Role and path inside it of an address, or None if no role is served there.

        Where several roles share an origin, the longest prefix wins, then the first declared.
        """
        best: tuple[str, Base] | None = None
        for role, base in self._bases.items():
            fits = base.origin == origin and (path + "/").startswith(base.prefix + "/")
            if fits and (best is None or len(base.prefix) > len(best[1].prefix)):
                best = role, base
        if best is None:
            return None
        return best[0], path.removeprefix(best[1].prefix) or "/"


def _base(url: str) -> Base:
    try:
        origin = Origin.parse(url)
        parts = urlsplit(url)
    except (ForbiddenAddress, ValueError):
        raise ConfigurationError("a base URL is no http or https address") from None
    if parts.query or parts.fragment:
        raise ConfigurationError("a base URL has a scheme, a host and at most a path")
    return Base(origin, parts.path.rstrip("/"))
