"""A context for mapping functions."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from gateway.core.ids import Ids
from gateway_mos_ru.mapping.clock import SchoolClock
from gateway_mos_ru.mapping.context import MapContext
from gateway_mos_ru.mapping.keys import Keys
from tests.plugins.mos_ru.support import PERSON


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
    bases: tuple[tuple[str, str], ...] = (("api", "https://school.mos.ru"),),
    school: str | None = "1000",
) -> MapContext:
    """A pupil in Moscow."""
    clock = SchoolClock(ZoneInfo(zone))
    return MapContext(
        Keys(Ids("mos_ru")), clock, PERSON, notes or Notes(), school=school, bases=bases
    )
