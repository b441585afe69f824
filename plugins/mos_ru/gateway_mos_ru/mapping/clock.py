"""The school's times → aware ISO text.

Most moments are naive local time; the timetable's have an offset. Formats that were seen: notes 4.
"""

from datetime import UTC, datetime, time
from typing import Final

from gateway.core.local_time import LocalTime

_RUSSIAN: Final = "%d.%m.%Y"
_DAY: Final = 10


class SchoolClock(LocalTime):
    """Dates and moments of one school."""

    __slots__ = ()

    def day(self, value: str | None) -> str | None:
        """The local date of `YYYY-MM-DD`, of a moment or of `DD.MM.YYYY`, as `YYYY-MM-DD`."""
        if not value:
            return None
        parsed = _parsed(value)
        if parsed is None:
            return None
        return (parsed.astimezone(self.zone) if parsed.tzinfo else parsed).date().isoformat()

    def moment(self, value: str | None) -> str | None:
        """An aware moment in the school's time; None for what is no moment, a bare date too."""
        if not value or len(value) <= _DAY:
            return None
        parsed = _parsed(value)
        if parsed is None:
            return None
        if parsed.tzinfo:
            return parsed.astimezone(self.zone).isoformat()
        text = parsed.isoformat()
        return self.aware(text[:_DAY], text[_DAY + 1 :])

    def local(self, value: str | None) -> str | None:
        """The same for a moment whose clock is the school's, whatever offset it names.

        The timetable's moments are such: clients read their clock and pass the offset over.
        """
        parsed = _parsed(value) if value and len(value) > _DAY else None
        if parsed is None:
            return None
        text = parsed.replace(tzinfo=None).isoformat()
        return self.aware(text[:_DAY], text[_DAY + 1 :])

    def unix(self, value: float | None) -> str | None:
        """The same for unix seconds."""
        if value is None:
            return None
        try:
            return datetime.fromtimestamp(value, UTC).astimezone(self.zone).isoformat()
        except (OverflowError, OSError, ValueError):
            return None

    def at(self, day: str, clock: str | None) -> str | None:
        """The moment of a valid date and `HH:MM` or `HH:MM:SS`; None for another clock text."""
        try:
            told = time.fromisoformat(clock or "")
        except ValueError:
            return None
        return self.aware(day, told.replace(tzinfo=None).isoformat())


def _parsed(value: str) -> datetime | None:
    text = value.strip()
    try:
        if text[2:3] == ".":
            return datetime.strptime(text[:_DAY], _RUSSIAN)  # noqa: DTZ007 - a date of the school
        return datetime.fromisoformat(text)
    except ValueError:
        return None
