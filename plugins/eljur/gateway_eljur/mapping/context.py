"""What mapping functions need beside the payload."""

from dataclasses import dataclass

from gateway.core.local_time import LocalTime
from gateway.core.wire.decoding import Note
from gateway_eljur.mapping.keys import Keys

Record = dict[str, object]
"""The fields of one model; a key that would only repeat the model's default is left out."""


@dataclass(frozen=True, slots=True)
class MapContext:
    """Where a payload belongs.

    Attributes:
        keys: Identifiers of the school.
        time: The school's clock; the service sends local times without a zone.
        student: The student's id in the school.
        note: Takes what could not be read.
        highest: Highest mark of the scale of the student's class, where it is known.
        bases: Host roles with their base URLs, the operator's before the declared ones.
    """

    keys: Keys
    time: LocalTime
    student: str
    note: Note
    highest: str | None = None
    bases: tuple[tuple[str, str], ...] = ()
