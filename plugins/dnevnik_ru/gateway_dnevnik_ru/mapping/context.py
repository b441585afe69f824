"""What mapping functions need beside the payload."""

from dataclasses import dataclass

from gateway.core.wire.decoding import Note
from gateway_dnevnik_ru.mapping.clock import SchoolClock
from gateway_dnevnik_ru.mapping.keys import Keys

Record = dict[str, object]
"""The fields of one model; a key that would only repeat the model's default is left out."""


_ANYBODY = "0"
"""The student of a replay that does not tell whose answers it holds."""


@dataclass(frozen=True, slots=True)
class MapContext:
    """Where a payload belongs.

    Attributes:
        keys: Identifiers of the instance.
        clock: The school's time.
        person: Native number of the student.
        note: Takes what could not be read.
    """

    keys: Keys
    clock: SchoolClock
    person: str
    note: Note

    def is_own(self, person: int | None) -> bool:
        """Whether something is about the student; what says nothing is theirs."""
        return person is None or self.person in {str(person), _ANYBODY}
