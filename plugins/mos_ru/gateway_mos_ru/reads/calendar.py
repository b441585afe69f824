"""School years, periods, days without lessons, and bells."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.answer import DateRange
from gateway_mos_ru.mapping.bells import bell_schedule_record, rung_lessons, telling_days
from gateway_mos_ru.mapping.context import MapContext
from gateway_mos_ru.mapping.lessons import placed_events, told_of_days
from gateway_mos_ru.mapping.periods import (
    Period,
    began_in,
    period_of,
    period_records,
    planned_periods,
    school_year_of,
    span_records,
    year_records,
)
from gateway_mos_ru.reads.events import EventAccess
from gateway_mos_ru.routes import (
    ACADEMIC_YEARS,
    API,
    DAY_TYPES,
    FINAL_MARKS,
    PERIODS,
    SUBJECT_MARKS,
)
from gateway_mos_ru.wire.base import Payload
from gateway_mos_ru.wire.calendar import (
    AcademicYear,
    CalendarDay,
    PastYear,
    PeriodPlan,
    SubjectPeriods,
)

_BELLS_BEFORE: Final = timedelta(weeks=4)
_BELLS_AFTER: Final = timedelta(weeks=2)
_BELLS_TELL: Final = ("Bell.number",)


class CalendarReads(EventAccess):
    """How a school year is divided, and when the bells ring."""

    async def list_school_years(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The school years that have begun."""
        context = self.context(link, student)
        years = await self.academic_years(link)
        return Reading(year_records(context, years, self.today(link, student)))

    async def list_periods(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """The periods of the student's subjects; those of a past year stand at its finals.

        Until the first subjects have marks, the school's plan of the year tells them.
        """
        context = self.context(link, student)
        today = self.today(link, student)
        if school_year not in {None, school_year_of(today)}:
            periods = await self._past_periods(link, student, context, school_year)
        elif link.offers(SUBJECT_MARKS, Payload[SubjectPeriods]):
            periods = await self._periods_of_subjects(link, student, context)
            if not periods and link.offers(PERIODS, list[PeriodPlan]):
                periods = await self._planned_periods(link, student, context)
        elif link.offers(PERIODS, list[PeriodPlan]):
            periods = await self._planned_periods(link, student, context)
        else:
            periods = await self._past_periods(link, student, context, school_year)
        return Reading(period_records(context, periods, today))

    async def list_calendar(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Breaks, holidays, and Sundays with lessons."""
        context = self.context(link, student)
        days = await link.read(
            list[CalendarDay],
            API,
            DAY_TYPES,
            params={
                "student_id": self.native(student, "student"),
                "from": start.isoformat(),
                "to": end.isoformat(),
            },
            template=DAY_TYPES,
        )
        return Reading(span_records(context, days, start, end), covered=DateRange(start, end))

    async def get_bell_schedule(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Bells out of the times of the student's lessons, numbered by a few days' timetables.

        Raises:
            NotFound: There were no lessons for weeks, as in summer.
        """
        context = self.context(link, student)
        today = self.today(link, student)
        told = await self.events(
            link, student, today - _BELLS_BEFORE, today + _BELLS_AFTER, ("PLAN",)
        )
        lessons = rung_lessons(placed_events(context, told.response or ()))
        if not lessons:
            raise NotFound("no lessons that would tell the bells")
        days = await self.day_schedules(link, student, telling_days(lessons), _BELLS_TELL)
        return Reading(bell_schedule_record(lessons, told_of_days(context, days)))

    async def academic_years(self, link: DiaryLink) -> list[AcademicYear]:
        """All school years of the service, past and to come."""
        return await link.read(list[AcademicYear], API, ACADEMIC_YEARS, template=ACADEMIC_YEARS)

    async def _periods_of_subjects(
        self, link: DiaryLink, student: StudentRef, context: MapContext
    ) -> list[Period]:
        """Periods that stand beside the averages of the running year."""
        told = await link.read(
            Payload[SubjectPeriods],
            API,
            SUBJECT_MARKS,
            params={"student_id": self.native(student, "student")},
            template=SUBJECT_MARKS,
        )
        return _periods(context, told.payload or ())

    async def _planned_periods(
        self, link: DiaryLink, student: StudentRef, context: MapContext
    ) -> list[Period]:
        """Periods of the school's plan of the running year; none where it cannot be had."""
        told = await link.enrich(
            list[PeriodPlan],
            API,
            PERIODS,
            tells=("AcademicPeriod.start", "AcademicPeriod.end"),
            params={"student_profile_id": self.native(student, "student")},
            template=PERIODS,
        )
        return planned_periods(context, told or (), self.school_year(link, student))

    async def _past_periods(
        self, link: DiaryLink, student: StudentRef, context: MapContext, school_year: int | None
    ) -> list[Period]:
        """Periods of another school year than the running one.

        Raises:
            NotFound: The service does not know the year.
        """
        wanted = school_year if school_year is not None else self.school_year(link, student)
        number = None
        if link.offers(ACADEMIC_YEARS, list[AcademicYear]):
            years = await self.academic_years(link)
            number = next((year.id for year in years if began_in(context, year) == wanted), None)
            if number is None:
                raise NotFound(f"the service has no school year {wanted}")
        told = await link.read(
            PastYear,
            API,
            FINAL_MARKS,
            params={"person_id": context.person, "academic_year_id": number},
            template=FINAL_MARKS,
        )
        found = (
            period_of(context, period.name, period.start_date, period.end_date)
            for subject in told.subjects or ()
            for period in subject.periods or ()
        )
        return [period for period in found if period is not None]

    def school_year(self, link: DiaryLink, student: StudentRef) -> int:
        """The calendar year in which the running school year began."""
        return school_year_of(self.today(link, student))


def _periods(context: MapContext, subjects: Iterable[SubjectPeriods]) -> list[Period]:
    found = (
        period_of(context, period.title, period.start_iso, period.end_iso)
        for subject in subjects
        for period in subject.periods or ()
    )
    return [period for period in found if period is not None]
