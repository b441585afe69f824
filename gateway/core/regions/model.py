"""What is known about a region; the shape of one record of `regions.json`."""

from enum import StrEnum
from typing import Annotated, Final
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from gateway.core.errors import Text

NO_DIARY: Final = "none"
"""Platform key of a region whose schools keep paper diaries."""

_CODE = r"^([0-9]{2}|[a-z]{2,3})$"
_ISO = r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$"
_KEY = r"^[a-z][a-z0-9_]*$"
_PARTIAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_URL = r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?(/[A-Za-z0-9/._-]*)?$"

Code = Annotated[str, Meta(pattern=_CODE)]
IsoCode = Annotated[str, Meta(pattern=_ISO)]
PlatformKey = Annotated[str, Meta(pattern=_KEY)]
PartialDate = Annotated[str, Meta(pattern=_PARTIAL_DATE)]
Url = Annotated[str, Meta(pattern=_URL)]
ZoneNames = Annotated[tuple[str, ...], Meta(min_length=1)]


class Evidence(StrEnum):
    """How sure a host is."""

    TWO_CLIENTS = "two_clients"
    """Found in the code of two or more independent clients."""
    ONE_CLIENT = "one_client"
    """Found in one client."""
    SURVEY = "survey"
    """Named by one survey only."""


class SignIn(StrEnum):
    """How families sign in to a region's diary."""

    ESIA_ONLY = "esia_only"
    ESIA_MOSTLY = "esia_mostly"
    """Gosuslugi for most schools or roles, a password for some."""
    ESIA_OFFERED = "esia_offered"
    """Gosuslugi is offered; whether a password works too is not recorded."""
    PASSWORD = "password"  # noqa: S105  # the name of a way in, not a secret
    PASSWORD_OR_ESIA = "password_or_esia"  # noqa: S105  # the name of a way in, not a secret
    PASSWORD_ESIA_UNCONFIRMED = "password_esia_unconfirmed"  # noqa: S105  # likewise
    """A password works; the engine supports Gosuslugi, this host is not confirmed to."""
    ESIA_SITE_PASSWORD_APP = "esia_site_password_app"  # noqa: S105  # likewise
    """Gosuslugi on the site, a password in the mobile application."""
    OWN_ACCOUNT = "own_account"
    """An account of the region's own portal, which may offer Gosuslugi itself."""
    NONE = "none"
    """There is nothing to sign in to."""
    UNKNOWN = "unknown"


class Gosuslugi(StrEnum):
    """What «Госуслуги Моя школа» is to a region."""

    DIARY = "diary"
    """It is the region's diary."""
    FRONT_END = "front_end"
    """It shows the region's own diary."""
    NO = "no"
    """It is not offered."""
    UNKNOWN = "unknown"


class Host(Struct, frozen=True, forbid_unknown_fields=True):
    """One address of a diary.

    Attributes:
        url: Scheme, host (punycode), port if unusual, path of the door if there is one.
        evidence: How sure the address is.
        note: What it is for, where that is not plain.
    """

    url: Url
    evidence: Evidence = Evidence.SURVEY
    note: Text | None = None

    @property
    def netloc(self) -> str:
        """Host and port as they go on the wire, such as `"diary.example:8443"`."""
        return urlsplit(self.url).netloc

    @property
    def shown(self) -> str:
        """The address for people: no scheme, Cyrillic domains in Cyrillic."""
        parts = urlsplit(self.url)
        try:
            netloc = parts.netloc.encode("ascii").decode("idna")
        except UnicodeError:  # not punycode after all
            netloc = parts.netloc
        return netloc + parts.path


class PlatformUse(Struct, frozen=True, forbid_unknown_fields=True):
    """A platform that a region used before, or uses beside its main one.

    Attributes:
        platform: Platform key; `None` where only the host is known.
        hosts: Its addresses; they may still answer.
        until: Year, month or day when the region left it; may lie ahead.
        note: Who uses it, or what to know.
    """

    platform: PlatformKey | None = None
    hosts: tuple[Host, ...] = ()
    until: PartialDate | None = None
    note: Text | None = None

    def __post_init__(self) -> None:
        if self.platform is None and not self.hosts:
            raise ValueError("neither a platform nor a host is named")


class Region(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A subject of the Russian Federation, or a country or land with a sister diary.

    Attributes:
        code: Two-digit code of the tax service and the address register (not the one on
            number plates); letters for a land outside this list.
        name: Official name.
        zones: IANA zones of the region, the capital's first.
        platform: Key of the platform that keeps the diary now.
        sign_in: How families sign in.
        gosuslugi: Whether «Госуслуги Моя школа» shows the diary.
        as_of: When the record was last checked: year, month or day.
        iso: ISO 3166-2 code under RU, or ISO 3166-1 of a country; `None` where there is none.
        aliases: Other names and cities that people search by.
        since: When the platform took over: year, month or day; `None` if not recorded.
        sign_in_since: Since when `sign_in` holds; `None` if not recorded.
        sign_in_note: Details of the sign-in.
        hosts: Addresses of the diary, the main one first.
        before: Former platforms, the latest first.
        also: Platforms in use beside the main one.
        notes: Anything else to know.
    """

    code: Code
    name: Text
    zones: ZoneNames
    platform: PlatformKey
    sign_in: SignIn
    gosuslugi: Gosuslugi
    as_of: PartialDate
    iso: IsoCode | None = None
    aliases: tuple[str, ...] = ()
    since: PartialDate | None = None
    sign_in_since: PartialDate | None = None
    sign_in_note: Text | None = None
    hosts: tuple[Host, ...] = ()
    before: tuple[PlatformUse, ...] = ()
    also: tuple[PlatformUse, ...] = ()
    notes: Text | None = None

    @property
    def zone(self) -> str:
        """IANA zone of the capital."""
        return self.zones[0]

    @property
    def is_foreign(self) -> bool:
        """Whether this is not one of the two-digit codes."""
        return not self.code.isdecimal()

    @property
    def has_diary(self) -> bool:
        """Whether the region has an electronic diary at all."""
        return self.platform != NO_DIARY

    def platforms_named(self) -> tuple[tuple[str, str], ...]:
        """Every platform that the record names, as (path of the field, platform key)."""
        uses = {"before": self.before, "also": self.also}
        others = (
            (f"{field}[{position}].platform", use.platform)
            for field, entries in uses.items()
            for position, use in enumerate(entries)
            if use.platform is not None
        )
        return (("platform", self.platform), *others)
