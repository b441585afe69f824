"""Local dates and clock times of one zone → aware ISO text."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


class LocalTime:
    """Moments of one place; the zone is asked once for each date.

    A week of lessons has hundreds of moments on six dates, and asking a zone for its offset costs
    more than joining three texts.
    """

    __slots__ = ("_offsets", "zone")

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._offsets: dict[str, str | None] = {}

    def aware(self, day: str, clock: str) -> str:
        """The moment of a valid `YYYY-MM-DD` and a valid `HH:MM:SS`."""
        offset = self._offsets.get(day) or self.offset(day)
        if offset is not None:
            return f"{day}T{clock}{offset}"
        return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=self.zone).isoformat()

    def offset(self, day: str) -> str | None:
        """The offset of a whole day, such as `+03:00`; None where the clock is changed on it."""
        if day not in self._offsets:
            start = datetime.combine(datetime.fromisoformat(day), time(), self.zone)
            end = start + timedelta(days=1)
            same = start.utcoffset() == end.utcoffset()
            self._offsets[day] = start.isoformat()[19:] if same else None
        return self._offsets[day]
