"""A context for mapping functions."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from gateway.core.ids import Ids
from gateway.core.local_time import LocalTime
from gateway_eljur.mapping.context import MapContext
from gateway_eljur.mapping.keys import Keys

BASES = (("web", "https://sch1.eljur.ru"), ("api", "https://api.eljur.ru"))


@dataclass
class Notes:
    """What mapping could not read."""

    paths: list[str] = field(default_factory=list)

    def __call__(self, path: str, reason: str) -> None:
        """Takes one note."""
        self.paths.append(path)


def make_context(
    notes: Notes | None = None,
    *,
    zone: str = "Europe/Moscow",
    highest: str | None = "5",
    bases: tuple[tuple[str, str], ...] = BASES,
) -> MapContext:
    """A pupil of one school, on the five-point scale unless told otherwise."""
    keys = Keys(Ids("eljur", "cloud.sch1"))
    return MapContext(
        keys, LocalTime(ZoneInfo(zone)), "1000", notes or Notes(), highest=highest, bases=bases
    )
