"""Where a lesson stands: what marks, notes and homework that name it need to know."""

from dataclasses import dataclass

from gateway_dnevnik_ru.mapping.context import Record


@dataclass(frozen=True, slots=True)
class PlacedLesson:
    """A lesson by day, number and subject."""

    day: str
    number: int | None = None
    subject: Record | None = None
