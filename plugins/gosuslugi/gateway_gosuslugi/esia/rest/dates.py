"""Days and moments in all the forms that ЕСИА writes them in; pure."""

import re
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

_MOSCOW: Final = ZoneInfo("Europe/Moscow")
_DOTTED: Final = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECONDS: Final = re.compile(r"-?\d{1,15}")
_MILLISECONDS_FROM: Final = 100_000_000_000


def day_of(value: str | int | None) -> date | None:
    """`25.01.2010`, `2010-01-25…`, or seconds since 1970 (midnight in Moscow), also quoted.

    None for anything else.
    """
    if isinstance(value, str):
        text = value.strip()
        try:
            if dotted := _DOTTED.fullmatch(text):
                return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
            if iso := _ISO.match(text):
                return date.fromisoformat(iso[0])
        except ValueError:
            return None
    moment = moment_of(value)
    return None if moment is None else moment.astimezone(_MOSCOW).date()


def moment_of(value: str | int | None) -> datetime | None:
    """Seconds or milliseconds since 1970, also quoted; aware UTC. None for anything else."""
    if isinstance(value, str):
        if not _SECONDS.fullmatch(value.strip()):
            return None
        value = int(value)
    if value is None or isinstance(value, bool):
        return None
    seconds = value / 1000 if abs(value) >= _MILLISECONDS_FROM else value
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
