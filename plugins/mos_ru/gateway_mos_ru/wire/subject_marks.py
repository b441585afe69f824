"""Averages and marks by subject and period (protocol notes 4.4).

Besides the marks, these answers are the best source of the periods and their days.
"""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_mos_ru.wire.base import Printed, Wire
from gateway_mos_ru.wire.marks import Mark


class PeriodMarks(Wire, frozen=True):
    """One subject in one period.

    `value` is the average, `fixed_value` the final sign of a closed period; `start` and `end` are
    `DD.MM` and say the same as the ISO dates.
    """

    title: Annotated[str | None, Seen(4)] = None
    start: Annotated[str | None, Seen(4)] = None
    end: Annotated[str | None, Seen(4)] = None
    start_iso: Annotated[str | None, Seen(5)] = None
    end_iso: Annotated[str | None, Seen(5)] = None
    value: Annotated[Printed | None, Seen(4)] = None
    fixed_value: Annotated[Printed | None, Seen(3)] = None
    count: Annotated[int | None, Seen(4)] = None
    dynamic: Annotated[str | None, Seen(4)] = None
    marks: Annotated[list[Mark] | None, Seen(4)] = None


class SubjectMarks(Wire, frozen=True):
    """One subject; `average` is that of the running period, `average_by_all` of the year."""

    subject_name: Annotated[str | None, Seen(4)] = None
    subject_id: Annotated[int | None, Seen(4)] = None
    average: Annotated[Printed | None, Seen(4)] = None
    average_by_all: Annotated[Printed | None, Seen(4)] = None
    dynamic: Annotated[str | None, Seen(4)] = None
    year_mark: Annotated[Printed | None, Seen(4)] = None
    periods: Annotated[list[PeriodMarks] | None, Seen(4)] = None


class AllSubjectMarks(Wire, frozen=True):
    """All subjects of the running year."""

    payload: Annotated[list[SubjectMarks] | None, Seen(4)]
