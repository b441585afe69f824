"""What every read returns around its value."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from gateway.core.errors import GatewayError

T = TypeVar("T")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class DateRange:
    """Local dates, both ends included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Issue:
    """One record or field that could not be read.

    Attributes:
        path: Where it stands in the provider's payload or in ours.
        reason: Why, without any value of it.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawBody:
    """A body as the provider sent it; unstable, personal, kept only on request."""

    template: str
    status: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A value with where it came from and how far it can be trusted.

    Iterating an answer iterates its value.

    Attributes:
        value: A model or a tuple of models.
        provider: Provider name.
        fetched_at: UTC moment at which the provider answered.
        stale: Whether it is older than its age and the provider could not be asked.
        error: Why it is stale.
        covered: Dates really answered, where the operation has dates.
        complete: Whether nothing was left out.
        issues: What could not be read.
        next_cursor: Where an endless feed goes on; None at its end.
        raw: Bodies, only with `keep_raw`.
    """

    value: T
    provider: str
    fetched_at: datetime
    stale: bool = False
    error: GatewayError | None = None
    covered: DateRange | None = None
    complete: bool = True
    issues: tuple[Issue, ...] = ()
    next_cursor: str | None = None
    raw: tuple[RawBody, ...] = field(default=(), repr=False)

    def __iter__(self: "Answer[tuple[Item, ...]]") -> Iterator[Item]:
        return iter(self.value)
