"""Reporting periods and holidays (protocol notes 4.1)."""

from typing import Annotated

from gateway.core.contract.evidence import Documented, Seen
from gateway_dnevnik_ru.wire.base import Wire


class ReportingPeriod(Wire, frozen=True):
    """A quarter, trimester, half-year or module; `number` has an unclear base."""

    id: Annotated[int, Seen(11)]
    start: Annotated[str | None, Seen(11)] = None
    finish: Annotated[str | None, Seen(11)] = None
    number: Annotated[int | None, Seen(5)] = None
    type: Annotated[str | None, Seen(11)] = None
    name: Annotated[str | None, Seen(11)] = None
    year: Annotated[int | None, Seen(5)] = None


class Holiday(Wire, frozen=True):
    """A break of the school year."""

    id: Annotated[int | None, Documented()] = None
    date_start: Annotated[str | None, Documented()] = None
    date_finish: Annotated[str | None, Documented()] = None
    name: Annotated[str | None, Documented()] = None


class ReportingPeriodGroup(Wire, frozen=True):
    """The periods of a class with the breaks between them."""

    reporting_periods: Annotated[list[ReportingPeriod] | None, Documented()] = None
    holidays: Annotated[list[Holiday] | None, Documented()] = None
