"""Final results (protocol notes 4.5)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_mos_ru.wire.base import Printed, Wire


class FinalPeriod(Wire, frozen=True):
    """The result of one period."""

    name: Annotated[str | None, Seen(2)] = None
    start_date: Annotated[str | None, Seen(2)] = None
    end_date: Annotated[str | None, Seen(2)] = None
    final_mark: Annotated[Printed | None, Seen(2)] = None


class FinalSubject(Wire, frozen=True):
    """The results of one subject in one school year."""

    id: Annotated[int | None, Seen(2)] = None
    name: Annotated[str | None, Seen(2)] = None
    year_mark: Annotated[Printed | None, Seen(2)] = None
    intermediate_attestation_mark: Annotated[Printed | None, Seen(2)] = None
    training_camp_mark: Annotated[Printed | None, Seen(2)] = None
    periods: Annotated[list[FinalPeriod] | None, Seen(2)] = None


class FinalMarks(Wire, frozen=True):
    """The results of one school year."""

    subjects: Annotated[list[FinalSubject] | None, Seen(2)]


class ReportPeriod(Wire, frozen=True):
    """One period of the report; `is_year_mark` makes it the year."""

    name: Annotated[str | None, Seen(4)] = None
    start_iso: Annotated[str | None, Seen(4)] = None
    end_iso: Annotated[str | None, Seen(4)] = None
    final_mark: Annotated[Printed | None, Seen(4)] = None
    is_year_mark: Annotated[bool | None, Seen(4)] = None


class ReportSubject(Wire, frozen=True):
    """One subject of the report."""

    subject_id: Annotated[int | None, Seen(4)] = None
    subject_name: Annotated[str | None, Seen(4)] = None
    periods: Annotated[list[ReportPeriod] | None, Seen(4)] = None
