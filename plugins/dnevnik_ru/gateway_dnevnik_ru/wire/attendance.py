"""What was noted about attendance (protocol notes 4.8)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Wire
from gateway_dnevnik_ru.wire.schools import Subject


class LogEntry(Wire, frozen=True):
    """One note about one student at one lesson; no note means present."""

    person: Annotated[int | None, Seen(8)] = None
    lesson: Annotated[int | None, Seen(8)] = None
    comment: Annotated[str | None, Seen(5)] = None
    status: Annotated[str | None, Seen(8)] = None
    created_date: Annotated[str | None, Seen(5)] = None


class LogLesson(Wire, frozen=True):
    """A lesson beside the notes about it."""

    id: Annotated[int, Seen(5)]
    date: Annotated[str | None, Seen(5)] = None
    number: Annotated[int | None, Seen(5)] = None
    subject: Annotated[Subject | None, Seen(5)] = None


class LogEntries(Wire, frozen=True):
    """Notes between two days with their lessons."""

    log_entries: Annotated[list[LogEntry], Seen(8)]
    lessons: Annotated[list[LogLesson] | None, Seen(8)] = None
