"""Averages and final results."""

from datetime import date
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.base import Reference
from gateway.core.model.calendar import PeriodKind
from gateway_eljur.mapping.context import MapContext
from gateway_eljur.mapping.finals import final_records
from gateway_eljur.mapping.periods import (
    ToldPeriod,
    period_key,
    school_year_of,
    told_periods,
    year_of,
)
from gateway_eljur.mapping.results import Term, result_records
from gateway_eljur.reads.base import both, own_part
from gateway_eljur.reads.calendar import CalendarReads
from gateway_eljur.reads.marks import MarkReads
from gateway_eljur.routes import API, FINALS, PERIODS
from gateway_eljur.wire.base import Envelope, own, several
from gateway_eljur.wire.finals import Finals
from gateway_eljur.wire.periods import Periods

_FIRST_MONTH: Final = 9
_KEYS_OF_PERIOD: Final = 3
_MISSED: Final = ("SubjectResult.absences_by_reason",)


class ResultReads(CalendarReads, MarkReads):
    """Where the student stands."""

    async def list_subject_results(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """Averages of a period: the service's, and the gateway's own from the same marks.

        The site tells for what reasons lessons were missed.

        Without any period that has dates, the school year up to today is meant.

        Raises:
            NotFound: The student has no such period this school year.
        """
        context, today = self.context(link, student), self.today(link, student)
        code, year = self._wanted(student, period_id)
        if link.offers(PERIODS, Envelope[Periods]) or period_id is not None:
            periods = await self.periods(link, student)
        else:
            periods = []
        now = year_of(periods, today)
        if code is None:
            period = current_period(periods, today)
        else:
            period = next((item for item in periods if item.code == code), None)
            if period is None or year != str(now):
                raise NotFound("the student has no such period this school year")
        start, end = _days(period, periods, today)
        subjects, missed = await both(
            link,
            self.subject_marks(link, student, start, end),
            self.missed(link, student, period, tells=_MISSED),
        )
        return Reading(
            result_records(
                context,
                subjects,
                _term(context, period, now),
                missed,
                cells_weigh_once=self.declaration.average_weighs_cell_once,
            )
        )

    async def list_final_grades(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """Results of the periods, the year and the exams of the running school year.

        Raises:
            NotFound: Another year is asked for.
            AccessDenied: The answer is about others only.
        """
        context, today = self.context(link, student), self.today(link, student)
        number = student.native["student"]
        if school_year not in {None, school_year_of(today)}:
            raise NotFound(f"the service tells no results of the school year {school_year}")
        finals, told = await both(
            link,
            link.read(Envelope[Finals], API, FINALS, params={"student": number}, template=FINALS),
            link.enrich(
                Envelope[Periods],
                API,
                PERIODS,
                tells=("FinalGrade.period",),
                params={"student": number, "show_disabled": "true"},
                template=PERIODS,
            ),
        )
        if finals.result is None or finals.result.students is None:
            return Reading([])
        items = several(own_part(finals.result.students, student).items)
        mine = own(told.result.students, number) if told is not None and told.result else None
        periods = told_periods(context, several(mine.periods)) if mine is not None else []
        by_code = {period.code: period for period in periods}
        return Reading(final_records(context, items, by_code, school_year_of(today)))

    def _wanted(self, student: StudentRef, period_id: str | None) -> tuple[str | None, str | None]:
        """Code and year of the period that is meant.

        Raises:
            InvalidId: It is malformed.
            NotFound: It is another student's.
        """
        if period_id is None:
            return None, None
        number, code, year = self.ids.keys("period", period_id, count=_KEYS_OF_PERIOD)
        if number != student.native["student"]:
            raise NotFound("it is a period of another student")
        return code, year


def current_period(periods: list[ToldPeriod], today: date) -> ToldPeriod | None:
    """The period that contains today, else the last that has begun, else the first with dates.

    Of two that contain it the shorter is meant: a half-year beside its quarters.
    """
    dated = [item for item in periods if item.start is not None and item.end is not None]
    running = [item for item in dated if item.holds(today)]
    if running:
        return min(running, key=_length)
    begun = [item for item in dated if (item.start or "") <= today.isoformat()]
    return begun[-1] if begun else next(iter(dated), None)


def _length(period: ToldPeriod) -> int:
    first, last = (date.fromisoformat(day or "") for day in (period.start, period.end))
    return (last - first).days


def _days(period: ToldPeriod | None, periods: list[ToldPeriod], today: date) -> tuple[date, date]:
    """First and last day of a period; a year has those of all its periods.

    Raises:
        NotFound: It has no dates.
    """
    if period is None:
        return date(school_year_of(today), _FIRST_MONTH, 1), today
    starts = [item.start for item in periods if item.start is not None]
    ends = [item.end for item in periods if item.end is not None]
    if period.start is not None and period.end is not None:
        return date.fromisoformat(period.start), date.fromisoformat(period.end)
    if period.kind is not PeriodKind.YEAR or not starts or not ends:
        raise NotFound("the period has no dates, so it has no averages")
    return date.fromisoformat(min(starts)), date.fromisoformat(max(ends))


def _term(context: MapContext, period: ToldPeriod | None, year: int) -> Term:
    if period is None:
        return Term(None, year)
    pointer = Reference(id=period_key(context, period, year), name=period.name)
    return Term(period.code, year, pointer)
