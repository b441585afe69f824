"""Reading a `Set-Cookie` header by the rules of RFC 6265, section 5."""

import re
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Final

from gateway.core.wire.jar import Cookie

_MOST_BYTES: Final = 4096
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_DELIMITERS: Final = re.compile(r"[\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[^0-9].*)?", re.DOTALL)
_DAY: Final = re.compile(r"([0-9]{1,2})(?:[^0-9].*)?", re.DOTALL)
_YEAR: Final = re.compile(r"([0-9]{2,4})(?:[^0-9].*)?", re.DOTALL)
_MAX_AGE: Final = re.compile(r"-?[0-9]+")
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_LONGEST_DIGITS: Final = 12
_FIRST_YEAR: Final = 1601


def parse_set_cookie(header: str, *, host: str, path: str, now: float) -> Cookie | None:
    """The cookie that a `Set-Cookie` header sets, or None where it must be ignored.

    Args:
        header: Value of the header.
        host: Host that was asked, in lower case.
        path: Path that was asked, without the query.
        now: Unix seconds, for `Max-Age`.

    A cookie that is to be deleted comes back with `expires` in the past. `Domain` must cover the
    host and must not be a single label, which would be everybody's (`ru`); unless it is the
    host itself, when the cookie is host-only.
    """
    if _CONTROL.search(header):
        return None
    pair, _, rest = header.partition(";")
    name, equals, value = pair.partition("=")
    name, value = name.strip(" \t"), value.strip(" \t")
    if not equals or not name or len(name) + len(value) > _MOST_BYTES:
        return None
    attributes = _attributes(rest)
    scope = _scope(attributes.get("domain", ""), host)
    if scope is None:
        return None
    domain, host_only = scope
    wanted_path = attributes.get("path", "")
    return Cookie(
        name=name,
        value=value,
        domain=domain,
        path=wanted_path if wanted_path.startswith("/") else default_path(path),
        host_only=host_only,
        secure="secure" in attributes,
        expires=_expires(attributes, now),
    )


def default_path(path: str) -> str:
    """The path of a cookie without a `Path`: the directory of the path that was asked."""
    if not path.startswith("/"):
        return "/"
    return path.rpartition("/")[0] or "/"


def parse_cookie_date(text: str) -> float | None:
    """Unix seconds of a cookie date in any of the forms that browsers take, or None."""
    clock: tuple[int, int, int] | None = None
    day = month = year = None
    for token in _DELIMITERS.split(text):
        if clock is None and (found := _TIME.fullmatch(token)):
            hour, minute, second = (int(part) for part in found.groups())
            clock = (hour, minute, second)
        elif day is None and (found := _DAY.fullmatch(token)):
            day = int(found[1])
        elif month is None and token[:3].lower() in _MONTHS:
            month = _MONTHS.index(token[:3].lower()) + 1
        elif year is None and (found := _YEAR.fullmatch(token)):
            year = _full_year(int(found[1]))
    if clock is None or day is None or month is None or year is None or year < _FIRST_YEAR:
        return None
    try:
        return datetime(year, month, day, *clock, tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _attributes(text: str) -> dict[str, str]:
    """Attributes by lower-case name; of a repeated one the last counts."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        found[name.strip(" \t").lower()] = value.strip(" \t")
    return found


def _scope(attribute: str, host: str) -> tuple[str, bool] | None:
    """Domain and whether it is host-only; None where the host may not set it."""
    domain = attribute.removeprefix(".").lower()
    if not domain or domain == host:
        return host, not domain or "." not in domain or _is_address(host)
    if "." not in domain or _is_address(host) or not host.endswith("." + domain):
        return None
    return domain, False


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _expires(attributes: dict[str, str], now: float) -> float | None:
    max_age = attributes.get("max-age", "")
    if _MAX_AGE.fullmatch(max_age):
        seconds = int(max_age[:_LONGEST_DIGITS])
        return now + seconds if seconds > 0 else 0.0
    return parse_cookie_date(attributes.get("expires", ""))


def _full_year(year: int) -> int:
    if 70 <= year <= 99:  # noqa: PLR2004 - the two-digit years of RFC 6265 5.1.1
        return year + 1900
    return year + 2000 if year <= 69 else year  # noqa: PLR2004 - as above
