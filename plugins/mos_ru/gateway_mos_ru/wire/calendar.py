"""School years, periods and kinds of days (protocol notes 4.1)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_mos_ru.wire.base import Wire


class AcademicYear(Wire, frozen=True):
    """A school year; `name` is such as «2026 - 2027»."""

    id: Annotated[int, Seen(5)]
    name: Annotated[str | None, Seen(5)] = None
    begin_date: Annotated[str | None, Seen(5)] = None
    end_date: Annotated[str | None, Seen(5)] = None
    current_year: Annotated[bool | None, Seen(5)] = None


class SubjectPeriod(Wire, frozen=True):
    """A period beside the averages of a subject, read for its dates only."""

    title: Annotated[str | None, Seen(5)] = None
    start_iso: Annotated[str | None, Seen(5)] = None
    end_iso: Annotated[str | None, Seen(5)] = None


class SubjectPeriods(Wire, frozen=True):
    """A subject of `subject_marks`, read for its periods only."""

    subject_id: Annotated[int | None, Seen(5)] = None
    subject_name: Annotated[str | None, Seen(5)] = None
    periods: Annotated[list[SubjectPeriod] | None, Seen(5)] = None


class PlannedPeriod(Wire, frozen=True):
    """A period of a plan, or a break between two."""

    name: Annotated[str | None, Seen(2)] = None
    begin_date: Annotated[str | None, Seen(2)] = None
    end_date: Annotated[str | None, Seen(2)] = None
    vacation: Annotated[bool | None, Seen(2)] = None
    is_vacation: Annotated[bool | None, Seen(2)] = None


class PeriodPlan(Wire, frozen=True):
    """How a school divides a year; seen in its old shape. One that is bound is in force."""

    periods: Annotated[list[PlannedPeriod] | None, Seen(2)]
    academic_year_id: Annotated[int | None, Seen(2)] = None
    is_bound: Annotated[bool | None, Seen(2)] = None


class PastPeriod(Wire, frozen=True):
    """A period beside the finals of a subject."""

    name: Annotated[str | None, Seen(2)] = None
    start_date: Annotated[str | None, Seen(2)] = None
    end_date: Annotated[str | None, Seen(2)] = None


class PastSubject(Wire, frozen=True):
    """A subject of `final_marks/v2`, read for its periods only."""

    periods: Annotated[list[PastPeriod] | None, Seen(2)] = None


class PastYear(Wire, frozen=True):
    """The answer of `final_marks/v2`, read for its periods only."""

    subjects: Annotated[list[PastSubject] | None, Seen(2)]


class CalendarDay(Wire, frozen=True):
    """What a day is: `workday`, `holiday` or `vacation`."""

    date: Annotated[str, Seen(3)]
    type: Annotated[str | None, Seen(3)] = None
    title: Annotated[str | None, Seen(3)] = None
