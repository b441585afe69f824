"""The school's local dates and moments → ISO text (notes 4.3)."""

from datetime import datetime
from typing import Final

from gateway.core.local_time import LocalTime

_DAY: Final = 10
_YEARS: Final = range(1900, 2200)
"""Years that a school may mean; the ends of the calendar have no moments in some zones."""


class SchoolClock(LocalTime):
    """Dates and moments of one school."""

    __slots__ = ()

    def day(self, value: str | None) -> str | None:
        """The local date of `YYYY-MM-DD` or of a moment, as `YYYY-MM-DD`."""
        parsed = _parsed(value)
        if parsed is None:
            return None
        return (parsed.astimezone(self.zone) if parsed.tzinfo else parsed).date().isoformat()

    def moment(self, value: str | None) -> str | None:
        """An aware moment of `YYYY-MM-DD HH:MM:SS.f`; None for a bare date or anything else."""
        parsed = _parsed(value)
        if parsed is None or len((value or "").strip()) <= _DAY:
            return None
        if parsed.tzinfo:
            return parsed.astimezone(self.zone).isoformat()
        text = parsed.isoformat()
        return self.aware(text[:_DAY], text[_DAY + 1 :])


def _parsed(value: str | None) -> datetime | None:
    try:
        parsed = datetime.fromisoformat((value or "").strip())
    except ValueError:
        return None
    return parsed if parsed.year in _YEARS else None
