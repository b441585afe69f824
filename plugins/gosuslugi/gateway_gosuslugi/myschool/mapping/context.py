"""What mapping functions need beside the payload."""

from dataclasses import dataclass

from gateway.core.wire.decoding import Note
from gateway_gosuslugi.myschool.mapping.clock import SchoolClock
from gateway_gosuslugi.myschool.mapping.keys import Keys

Record = dict[str, object]
"""The fields of one model; a key that would only repeat the model's default is left out."""


@dataclass(frozen=True, slots=True)
class MapContext:
    """Where a payload belongs.

    Attributes:
        keys: Identifiers of the pupil's things.
        clock: The school's time.
        note: Takes what could not be read.
    """

    keys: Keys
    clock: SchoolClock
    note: Note
