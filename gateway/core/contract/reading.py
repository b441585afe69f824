"""What an adapter gives back: plain data, validated once by the pipeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.core.model.answer import DateRange, Issue

Record = Mapping[str, object]
"""The fields of one model as plain data: text, numbers, dates or ISO text, dicts and lists."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer of one read, before validation.

    Attributes:
        records: One record, or a list of records for operations with many.
        covered: Dates really answered.
        complete: Whether nothing is known to be left out.
        issues: What could not be read.
        next_cursor: Where an endless feed goes on; None at its end.
    """

    records: Record | Sequence[Record]
    covered: DateRange | None = None
    complete: bool = True
    issues: tuple[Issue, ...] = ()
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a confirmed write changed.

    Attributes:
        target: Unified id of what was changed.
        created: Unified id of what came into being.
        text: The provider's own words.
    """

    target: str | None = None
    created: str | None = None
    text: str | None = None
