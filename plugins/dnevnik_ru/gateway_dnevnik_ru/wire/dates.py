"""Dates as the service writes them → ISO text; pure, and never an exception.

Naive moments are the school's local time. A fraction has 0 to 7 digits (protocol notes 4.5), more
than six are cut. The platform's empty date, 0001-01-01, is no date, nor is any other before 1900
or after 2199. The app's interface writes unix seconds in its older versions and offsets in its
newer ones.
"""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_SPELLING: Final = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[T ]([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:[.,]([0-9]{1,9}))?)?)?"
    r" ?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_HOURS: Final = re.compile(
    r"\s*([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?\s*[-–—]\s*"
    r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?\s*"
)
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199  # far from the ends of the calendar, where reckoning would overflow
_DAY_SECONDS: Final = 86_400
_MILLISECONDS_FROM: Final = 100_000_000_000  # in seconds that would be the year 5138
_MIDNIGHT: Final = "T00:00:00"


@lru_cache(maxsize=4096)
def moment_text(text: str) -> tuple[str, str] | None:
    """The naive ISO moment and the offset (or an empty text) of a spelling; None for no date."""
    found = _SPELLING.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = found.groups("0")
    micro = f".{fraction[:6].ljust(6, '0')}" if int(fraction) else ""
    naive = f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute:0>2}:{second:0>2}{micro}"
    aware = _offset(offset)
    try:
        datetime.fromisoformat(naive + aware)
    except ValueError:
        return None
    return (naive, aware) if _FIRST_YEAR <= int(year) <= _LAST_YEAR else None


@lru_cache(maxsize=1024)
def hours_text(text: str) -> tuple[str, str] | None:
    """Start and end of `08:50 - 09:30` as `HH:MM`; None where it says no such thing."""
    found = _HOURS.fullmatch(text)
    if found is None:
        return None
    start_hour, start_minute, end_hour, end_minute = found.groups()
    if int(start_hour) > 23 or int(end_hour) > 23 or max(start_minute, end_minute) > "59":  # noqa: PLR2004 - hours of a day
        return None
    return f"{start_hour:0>2}:{start_minute}", f"{end_hour:0>2}:{end_minute}"


def unix_moment(seconds: float, zone: ZoneInfo) -> datetime | None:
    """The moment of unix seconds (or milliseconds) in the school's zone; None if impossible."""
    if seconds >= _MILLISECONDS_FROM:
        seconds /= 1000
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.astimezone(zone) if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


def unix_day(seconds: int, zone: ZoneInfo) -> date | None:
    """The day of unix seconds: a whole number of days is a UTC midnight that stands for a date."""
    moment = unix_moment(seconds, zone)
    if moment is None:
        return None
    return (moment.astimezone(UTC) if seconds % _DAY_SECONDS == 0 else moment).date()


def is_midnight(naive: str) -> bool:
    """Whether a naive ISO moment stands for its whole day."""
    return naive.endswith(_MIDNIGHT)


def _offset(text: str) -> str:
    if text in {"0", ""}:
        return ""
    if text == "Z":
        return "+00:00"
    return text if ":" in text else f"{text[:3]}:{text[3:]}"
