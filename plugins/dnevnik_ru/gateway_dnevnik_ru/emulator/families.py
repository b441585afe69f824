"""Hosts, cookies and words of «Дневник.ру» and its sisters; the addresses in answers."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from gateway.sandbox.web.hosts import ascii_host

IDN_DOMAIN: Final = "xn--b1addnkoc.xn--p1ai"
ROLE_LABELS: Final = ("api", "login", "schools", "static", "www")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One service of the platform, with everything that differs between the sisters.

    Attributes:
        domain: Domain under which all its hosts lie.
        title: What pages call it.
        cookie_prefix: Beginning of the names of the two sign-in cookies.
        culture: Language of its texts.
        wrong_password: What the login page says of a wrong password.
        printed_scope: Scope that the final OAuth address shows whatever was asked, if fixed.
    """

    domain: str
    title: str
    cookie_prefix: str = "DnevnikAuth"
    culture: str = "ru-RU"
    wrong_password: str = "Неправильно указан пароль или логин. Попробуйте еще раз."  # noqa: S105 - a text
    printed_scope: str | None = None


DNEVNIK: Final = Family(domain="dnevnik.ru", title="Дневник.ру")
DNEVNIK_IDN: Final = Family(domain=IDN_DOMAIN, title="Дневник.ру")
MOSREG: Final = Family(
    domain="school.mosreg.ru", title="Школьный портал", printed_scope="EducationalInfo"
)
KUNDELIK: Final = Family(domain="kundelik.kz", title="Kundelik.kz")
EMAKTAB: Final = Family(
    domain="emaktab.uz",
    title="eMaktab",
    cookie_prefix="UZDnevnikAuth",
    culture="uz-Latn-UZ",
    wrong_password="Parol yoki login notoʻgʻri koʻrsatilgan. Qaytadan urinib koʻring.",  # noqa: S106 - a text
)

FAMILIES: Final = (DNEVNIK, DNEVNIK_IDN, MOSREG, KUNDELIK, EMAKTAB)
BY_PROVIDER: Final = {
    "dnevnik_ru": (DNEVNIK, DNEVNIK_IDN, MOSREG),
    "kundelik_kz": (KUNDELIK,),
    "emaktab_uz": (EMAKTAB,),
}
"""Families of each declaration, its own first."""


def hosts_of(provider: str) -> tuple[str, ...]:
    """Every host name of a provider.

    Raises:
        KeyError: No such provider.
    """
    return tuple(
        host
        for family in BY_PROVIDER[provider]
        for host in (family.domain, *(f"{label}.{family.domain}" for label in ROLE_LABELS))
    )


@dataclass(frozen=True, slots=True)
class Site:
    """The addresses that one answer uses: real hosts, or everything under one origin.

    A client that is redirected beneath HTTP sends a real `Host` and expects to see real
    addresses; any other client must be led back to the origin.
    """

    family: Family
    origin: str | None

    @property
    def login(self) -> str:
        """Base of the sign-in pages."""
        return self.origin or f"https://login.{self.family.domain}"

    @property
    def api(self) -> str:
        """Base of the partner and mobile interfaces."""
        return self.origin or f"https://api.{self.family.domain}"

    @property
    def web(self) -> str:
        """Base of the diary's own pages."""
        return self.origin or f"https://{self.family.domain}"

    @property
    def schools(self) -> str:
        """Base of the old school pages."""
        return self.origin or f"https://schools.{self.family.domain}"

    @property
    def static(self) -> str:
        """Base of pictures."""
        return self.origin or f"https://static.{self.family.domain}"

    @property
    def cookie_tail(self) -> str:
        """Attributes of every cookie: no domain and no `Secure` under a plain origin."""
        if self.origin is None:
            return f"; Domain=.{self.family.domain}; Path=/; Secure"
        return "; Path=/"

    def home(self, url: str) -> str | None:
        """An address of ours as this answer may send people to it; None for a foreign one.

        An address of any sister is ours; under an origin its path and query are kept.
        """
        parts = urlsplit(url)
        if not parts.netloc:
            return f"{self.login}{url}" if url.startswith("/") else None
        tail = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if self.origin is not None:
            mine = urlsplit(self.origin).netloc == parts.netloc or family_of(parts.hostname)
            return f"{self.origin}{tail}" if mine else None
        host = parts.hostname or ""
        return f"https://{ascii_host(host)}{tail}" if family_of(host) else None


def family_of(host: str | None) -> Family | None:
    """The family that a host name belongs to, if any."""
    if not host:
        return None
    name = ascii_host(host)
    for family in FAMILIES:
        if name == family.domain or name.endswith("." + family.domain):
            return family
    return None


def site_for(host_header: str | None, own: Family, origin: str) -> Site:
    """Addresses for a request with this `Host` header."""
    host = (host_header or "").partition(":")[0]
    family = family_of(host)
    return Site(own, origin) if family is None else Site(family, None)
