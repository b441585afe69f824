"""What mapping functions need beside the payload."""

from dataclasses import dataclass

from gateway.core.wire.decoding import Note
from gateway_mos_ru.mapping.clock import SchoolClock
from gateway_mos_ru.mapping.keys import Keys

Record = dict[str, object]
"""The fields of one model; a key that would only repeat the model's default is left out."""


@dataclass(frozen=True, slots=True)
class MapContext:
    """Where a payload belongs.

    Attributes:
        keys: Identifiers of the instance.
        clock: The school's time.
        person: UUID of the student.
        note: Takes what could not be read.
        school: Number of the student's school, if the profile told it.
        bases: Host roles with their base URLs, the operator's before the declared ones.
    """

    keys: Keys
    clock: SchoolClock
    person: str
    note: Note
    school: str | None = None
    bases: tuple[tuple[str, str], ...] = ()
