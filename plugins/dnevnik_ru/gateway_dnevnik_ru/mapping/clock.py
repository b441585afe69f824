"""The school's naive local time → aware ISO text."""

from datetime import datetime

from gateway.core.local_time import LocalTime
from gateway_dnevnik_ru.wire.base import Moment
from gateway_dnevnik_ru.wire.dates import (
    hours_text,
    is_midnight,
    moment_text,
    unix_day,
    unix_moment,
)


class SchoolClock(LocalTime):
    """Dates and moments of one school."""

    __slots__ = ()

    def day(self, value: Moment | None) -> str | None:
        """The local date of a moment as `YYYY-MM-DD`."""
        if value is None:
            return None
        if isinstance(value, int):
            found = unix_day(value, self.zone)
            return found.isoformat() if found else None
        parts = moment_text(value)
        if parts is None:
            return self.day(int(value)) if _is_number(value) else None
        naive, offset = parts
        if not offset or is_midnight(naive):
            return naive[:10]
        return self._in_zone(naive + offset)[:10]

    def moment(self, value: Moment | None) -> str | None:
        """An aware moment in the school's time."""
        if value is None:
            return None
        if isinstance(value, int):
            found = unix_moment(value, self.zone)
            return found.isoformat() if found else None
        parts = moment_text(value)
        if parts is None:
            return self.moment(int(value)) if _is_number(value) else None
        naive, offset = parts
        return self._in_zone(naive + offset) if offset else self.aware(naive[:10], naive[11:])

    def hours(self, day: str, hours: str | None) -> tuple[str, str] | None:
        """Aware start and end of «08:50 - 09:30» on a day."""
        found = hours_text(hours) if hours else None
        if found is None:
            return None
        start, end = found
        return self.aware(day, f"{start}:00"), self.aware(day, f"{end}:00")

    def _in_zone(self, aware: str) -> str:
        return datetime.fromisoformat(aware).astimezone(self.zone).isoformat()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16  # noqa: PLR2004 - unix milliseconds have 13 digits
