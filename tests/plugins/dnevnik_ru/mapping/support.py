"""A context for mapping functions."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from gateway.core.ids import Ids
from gateway_dnevnik_ru.mapping.clock import SchoolClock
from gateway_dnevnik_ru.mapping.context import MapContext
from gateway_dnevnik_ru.mapping.keys import Keys

PERSON = 1000000000002


@dataclass
class Notes:
    """What mapping could not read."""

    paths: list[str] = field(default_factory=list)

    def __call__(self, path: str, reason: str) -> None:
        """Takes one note."""
        self.paths.append(path)


def make_context(notes: Notes | None = None, person: int | str = PERSON) -> MapContext:
    """A pupil in Irkutsk."""
    clock = SchoolClock(ZoneInfo("Asia/Irkutsk"))
    return MapContext(Keys(Ids("dnevnik_ru")), clock, str(person), notes or Notes())
