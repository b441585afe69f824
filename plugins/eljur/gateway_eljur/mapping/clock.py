"""Days and times as the service writes them → ISO text.

No moment has a zone: all of them are on the school's clock (notes 4).
"""

import re
from datetime import date, time
from functools import lru_cache
from typing import Final

from gateway.core.local_time import LocalTime
from gateway_eljur.wire.base import Printed

_DAY: Final = re.compile(r"(\d{4})([-.]?)(\d{2})\2(\d{2})", re.ASCII)
_CLOCK: Final = re.compile(r"\d{2}:\d{2}(?::\d{2})?", re.ASCII)
_DATE: Final = 10
_MIDNIGHT: Final = "00:00:00"


@lru_cache(maxsize=1024, typed=True)
def day_of(text: Printed | None) -> str | None:
    """The date of `YYYYMMDD`, `YYYY-MM-DD` or `YYYY.MM.DD` as `YYYY-MM-DD`; None for others."""
    found = _DAY.fullmatch(str(text).strip()) if text is not None else None
    if found is None:
        return None
    year, _, month, day = found.groups()
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=256)
def clock_of(text: str | None) -> str | None:
    """The time of `HH:MM:SS` or `HH:MM` as `HH:MM:SS`; None for others.

    A bell at midnight stands for one that the school has not set.
    """
    told = (text or "").strip()
    if _CLOCK.fullmatch(told) is None:
        return None
    try:
        clock = time.fromisoformat(told).isoformat()
    except ValueError:
        return None
    return None if clock == _MIDNIGHT else clock


def moment_of(time_of: LocalTime, text: str | None) -> str | None:
    """The aware moment of `YYYY-MM-DD HH:MM:SS`; None for what is no moment, a bare date too."""
    told = (text or "").strip()
    day, clock = day_of(told[:_DATE]), told[_DATE + 1 :].strip()
    if day is None or _CLOCK.fullmatch(clock) is None:
        return None
    try:
        return time_of.aware(day, time.fromisoformat(clock).isoformat())
    except (ValueError, OverflowError):  # the last day of all times has no end
        return None


def written(day: date) -> str:
    """A date as parameters write it."""
    return day.isoformat().replace("-", "")


def span(start: date, end: date) -> str:
    """A range of days as the parameter `days` writes it, both included."""
    return f"{written(start)}-{written(end)}"
