"""An account's own cookies, with the rules of RFC 6265; no pool ever holds any."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

MOST_PER_DOMAIN: Final = 100


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie.

    Attributes:
        domain: Host in lower case, without a leading dot.
        host_only: Whether sub-domains are excluded.
        expires: Unix seconds, or None for a session cookie.
    """

    name: str
    value: str = field(repr=False)
    domain: str
    path: str = "/"
    host_only: bool = True
    secure: bool = False
    expires: float | None = None

    def matches(self, host: str, path: str, *, secure: bool) -> bool:
        """Whether it is sent to this host and path."""
        if self.secure and not secure:
            return False
        if host != self.domain and (self.host_only or not host.endswith("." + self.domain)):
            return False
        if self.path in {"/", path}:
            return True
        return path.startswith(self.path if self.path.endswith("/") else self.path + "/")


@dataclass(frozen=True, slots=True)
class CookieJar:
    """An immutable set of cookies; a changed jar is a new one.

    Two cookies of one name live side by side where domain or path differ.
    """

    cookies: tuple[Cookie, ...] = field(default=(), repr=False)

    def __iter__(self) -> Iterator[Cookie]:
        return iter(self.cookies)

    def __len__(self) -> int:
        return len(self.cookies)

    def updated(self, received: Iterable[Cookie], *, now: float) -> "CookieJar":
        """The jar after `received`; expired cookies leave it (`now` in unix seconds).

        Beyond `MOST_PER_DOMAIN` cookies of one domain the oldest leave it too, since a jar is
        kept with its session.
        """
        table = {(item.name, item.domain, item.path): item for item in self.cookies}
        table.update({(item.name, item.domain, item.path): item for item in received})
        alive = [c for c in table.values() if c.expires is None or c.expires > now]
        counts = Counter(item.domain for item in alive)
        kept = []
        for item in alive:
            if counts[item.domain] <= MOST_PER_DOMAIN:
                kept.append(item)
            else:
                counts[item.domain] -= 1
        return CookieJar(tuple(kept))

    def with_changes_of(self, after: "CookieJar", received: Iterable[Cookie]) -> "CookieJar":
        """This jar with what `received` made of another one.

        Requests of one account travel side by side: the jar that one of them leaves behind lacks
        what the others brought meanwhile.

        Args:
            after: The jar of the request after its answer.
            received: Cookies that the answer set, those that it removed included.
        """
        changed = {(item.name, item.domain, item.path) for item in received}
        if not changed:
            return self
        kept = (c for c in self.cookies if (c.name, c.domain, c.path) not in changed)
        set_now = (c for c in after.cookies if (c.name, c.domain, c.path) in changed)
        return CookieJar((*kept, *set_now))

    def header(self, host: str, path: str, *, secure: bool, now: float) -> str | None:
        """The `Cookie` header for a request, longest path first, or None."""
        chosen = [
            item
            for item in self.cookies
            if (item.expires is None or item.expires > now)
            and item.matches(host, path, secure=secure)
        ]
        chosen.sort(key=lambda item: -len(item.path))
        return "; ".join(f"{item.name}={item.value}" for item in chosen) or None

    def value(self, name: str, *, domain: str | None = None) -> str | None:
        """The newest value called `name`, of one domain or of any."""
        found = None
        for item in self.cookies:
            if item.name == name and domain in (None, item.domain):
                found = item.value
        return found
