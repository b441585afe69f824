"""Where a lesson stands: what marks, notes and homework that name it need to know."""

from typing import NamedTuple

from gateway.core.model.base import Reference


class PlacedLesson(NamedTuple):
    """A lesson by day, number and subject."""

    day: str
    number: int | None = None
    subject: Reference | None = None
