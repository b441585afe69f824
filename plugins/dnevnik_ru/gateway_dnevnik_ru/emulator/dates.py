"""Dates: read in every spelling that clients use, written in the few that the service uses."""

import re
from calendar import timegm
from datetime import UTC, date, datetime, timedelta
from typing import Final

_SPELLING: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?"
    r"\s*(?:Z|[+-]\d{2}:?\d{2})?"
)
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def parse_moment(text: str) -> datetime | None:
    """A naive moment from `2025-9-1`, `2025-09-01 08:00`, `2025-09-01T08:00:00.123` …, or None."""
    found = _SPELLING.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    micro = int((found[7] or "0")[:6].ljust(6, "0"))
    try:
        return datetime(year, month, day, hour, minute, second, micro)  # noqa: DTZ001 - school time is naive on the wire
    except ValueError:
        return None


def parse_day(text: str) -> date | None:
    """The date part of a moment, or a dotted date `01.09.2025`; None for anything else."""
    moment = parse_moment(text)
    if moment is not None:
        return moment.date()
    dotted = _DOTTED.fullmatch(text.strip())
    try:
        return date(int(dotted[3]), int(dotted[2]), int(dotted[1])) if dotted else None
    except ValueError:
        return None


def parse_unix_day(text: str) -> date | None:
    """The UTC date of unix seconds, or None."""
    try:
        return datetime.fromtimestamp(int(text), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def day_text(day: date) -> str:
    """`2025-09-01T00:00:00`: a day of the school."""
    return f"{day.isoformat()}T00:00:00"


def moment_text(moment: datetime) -> str:
    """`2025-09-01T10:11:12.123456`: local time of an aware moment, always with six digits."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")


def clock_text(moment: datetime) -> str:
    """`2025-09-01T10:11:12`: local time without a fraction."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def offset_text(moment: datetime) -> str:
    """`2025-09-01T10:11:12+05:00`: with the school's own offset."""
    return moment.isoformat(timespec="seconds")


def offset_day_text(day: date) -> str:
    """`2025-09-01T00:00:00+00:00`: a day where the app's interface wants an offset."""
    return f"{day.isoformat()}T00:00:00+00:00"


def unix_day(day: date) -> int:
    """Seconds of a day's UTC midnight: how web and app number days."""
    return timegm(day.timetuple())


def unix(moment: datetime) -> int:
    """Seconds of an aware moment."""
    return int(moment.timestamp())


def days_between(start: date, end: date) -> list[date]:
    """Every day of a range, both ends included."""
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]
