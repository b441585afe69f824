"""Intervals as the service names them (notes 4.3); apart from the plugin's own, to check it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_YEAR_DIGITS: Final = 4
_WEEK_DIGITS: Final = (5, 6)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the calendar."""

    monday: date

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def key(self) -> str:
        """Its ISO number without padding, then the year that it belongs to."""
        year, number, _ = self.monday.isocalendar()
        return f"{number}{year}"

    @property
    def before(self) -> "Week":
        """The week before."""
        return Week(self.monday - timedelta(days=7))


def week_of(key: str) -> Week | None:
    """The week that a key names."""
    if not key.isascii() or not key.isdigit() or len(key) not in _WEEK_DIGITS:
        return None
    try:
        return Week(date.fromisocalendar(int(key[-_YEAR_DIGITS:]), int(key[:-_YEAR_DIGITS]), 1))
    except ValueError:
        return None


def year_of(key: str) -> int | None:
    """The school year that a key names."""
    return int(key) if key.isascii() and key.isdigit() and len(key) == _YEAR_DIGITS else None
