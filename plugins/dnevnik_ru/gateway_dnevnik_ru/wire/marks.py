"""Marks and the class's results (protocol notes 4.5)."""

from typing import Annotated

from msgspec import field

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Printed, Wire


class Mark(Wire, frozen=True):
    """One value; two values of one cell are two marks of one work, `number` 0 and 1.

    `date` is the moment of grading. The subject is told by the lesson or the work.
    """

    id: Annotated[int, Seen(11)]
    value: Annotated[Printed | None, Seen(11)] = None
    text_value: Annotated[Printed | None, Seen(8)] = None
    work: Annotated[int | None, Seen(11)] = None
    lesson: Annotated[int | None, Seen(9)] = None
    number: Annotated[int | None, Seen(4)] = None
    date: Annotated[str | None, Seen(9)] = None
    work_type: Annotated[int | None, Seen(6)] = None
    use_avg_calc: Annotated[bool | None, Seen(4)] = field(name="use_avg_calc", default=None)


class MarkCount(Wire, frozen=True):
    """How many of the class got one value."""

    value: Annotated[Printed | None, Seen(3)] = None
    count: Annotated[int | None, Seen(3)] = None


class MarkNumber(Wire, frozen=True):
    """Results for one value of a cell."""

    mark_number: Annotated[int | None, Seen(3)] = None
    marks: Annotated[list[MarkCount] | None, Seen(3)] = None


class Histogram(Wire, frozen=True):
    """The class's results for one work."""

    mark_numbers: Annotated[list[MarkNumber] | None, Seen(3)] = None
