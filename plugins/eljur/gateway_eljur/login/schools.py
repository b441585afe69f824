"""Which school a person means by what they paste: pure functions (notes 1).

People know their school by the address in the browser: of its own site, of a page deep inside it,
or of the host of a whole region. Host and school are never derived from each other, but for the
sites under `eljur.ru`, whose sub-domain is the school.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

from gateway.core.errors import SchoolUnknown
from gateway_eljur.login import words
from gateway_eljur.login.moved import archived, moved
from gateway_eljur.places import BY_HOST, CLOUD, CLOUD_DOMAIN, LEFT, VENDOR

_NO_SCHOOLS: Final = frozenset({"api", "www"})
_NAMING: Final = ("vendor", "domain")
_ARCHIVE: Final = "archive"
_PORTS: Final = frozenset({None, 80, 443})
_SIGNS_OF_ADDRESS: Final = frozenset("./:?@")
_AROUND: Final = " \t\r\n\"'«»<>()[],;\ufeff\u200b\u00a0"
_LONGEST: Final = 2048
_MOST_FIELDS: Final = 50


@dataclass(frozen=True, slots=True)
class School:
    """A school, or a host of which it is not yet known which school is meant.

    Attributes:
        place: Key of the instance that keeps the school.
        vendor: The school's key there; None where the host alone was named.
    """

    place: str
    vendor: str | None = None

    @property
    def instance(self) -> str:
        """Key of the school's own instance, or of the host's."""
        return self.place if self.vendor is None else f"{self.place}.{self.vendor}"


def school_of(text: str, *, at: str = CLOUD) -> School:
    """The school that a person means.

    Args:
        text: Sub-domain, host name or any address that they pasted.
        at: Key of the instance where a bare name is looked for.

    Raises:
        SchoolUnknown: It names none, or a foreign site.
        DiaryMoved: It names one that is no longer in this diary.
    """
    text = text.strip(_AROUND)
    if not text:
        raise SchoolUnknown("no school is named", text=words.NAME_SCHOOL)
    return _of_address(text) if is_address(text) else _named(text, at)


def school_at(host: School, text: str) -> School:
    """The school of a host that was named before; `text` is its key there or an address.

    Raises:
        SchoolUnknown: It names none.
        DiaryMoved: It names one that is no longer in this diary.
    """
    found = school_of(text, at=host.place)
    if found.vendor is None:
        raise SchoolUnknown("the school's key is not named", text=words.NAME_KEY)
    return found


def is_address(text: str) -> bool:
    """Whether a text is meant as an address, not as a name."""
    text = text.strip(_AROUND)
    return " " not in text and not _SIGNS_OF_ADDRESS.isdisjoint(text)


def _of_address(text: str) -> School:
    parts = _split(text if "://" in text else f"https://{text}")
    if parts is None:
        raise SchoolUnknown("this is no address")
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    if host in LEFT:
        raise moved(LEFT[host])
    named = _name_in(parts)
    place = BY_HOST.get(host)
    if place is not None:
        return School(place.key, place.vendor or named)
    if host == CLOUD_DOMAIN or host.endswith(f".{CLOUD_DOMAIN}"):
        return _in_cloud(host.removesuffix(CLOUD_DOMAIN).rstrip("."), parts, named)
    raise SchoolUnknown("the address is of another site", text=words.FOREIGN_ADDRESS)


def _in_cloud(label: str, parts: SplitResult, named: str | None) -> School:
    if parts.path.strip("/").casefold() == _ARCHIVE:
        raise archived()
    if label and label not in _NO_SCHOOLS:
        return _named(label, CLOUD)
    if named is None:
        raise SchoolUnknown("the address names no school", text=words.NAME_SCHOOL)
    return _named(named, CLOUD)


def _named(name: str, at: str) -> School:
    key = name.strip().lower()
    if re.fullmatch(VENDOR, key) is None or (at == CLOUD and key in _NO_SCHOOLS):
        raise SchoolUnknown("no school has such a key")
    if at == CLOUD and (region := LEFT.get(f"{key}.{CLOUD_DOMAIN}")) is not None:
        raise moved(region)
    return School(at, key)


def _name_in(parts: SplitResult) -> str | None:
    try:
        query = parse_qsl(parts.query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    given = {name.casefold(): value.strip().lower() for name, value in reversed(query)}
    found = next((given[name] for name in _NAMING if given.get(name)), None)
    return found if found is not None and re.fullmatch(VENDOR, found) else None


def _split(url: str) -> SplitResult | None:
    """The parts of a web address; None for anything else."""
    if len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and port in _PORTS
    is_plain = parts.username is None and parts.password is None
    return parts if is_web and is_plain and parts.hostname else None
