"""School years, periods, days without lessons, bells, and who teaches what."""

from datetime import date, timedelta
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.answer import DateRange
from gateway_eljur.mapping.bells import bell_schedule_record
from gateway_eljur.mapping.context import Record
from gateway_eljur.mapping.days import span_records
from gateway_eljur.mapping.lessons import dated_days
from gateway_eljur.mapping.periods import (
    ToldPeriod,
    period_records,
    school_year_of,
    told_periods,
    year_of,
    year_record,
)
from gateway_eljur.mapping.pupils import class_led
from gateway_eljur.mapping.taught import subject_records, teacher_records
from gateway_eljur.reads.base import own_part
from gateway_eljur.reads.diary import DiaryReads
from gateway_eljur.reads.people import PeopleReads
from gateway_eljur.reads.site import SiteReads
from gateway_eljur.reads.timetable import placed_on
from gateway_eljur.routes import API, DIARY, PERIODS, SCHEDULE
from gateway_eljur.wire.base import Envelope, several
from gateway_eljur.wire.periods import Periods

_BEFORE: Final = timedelta(weeks=4)
_AFTER: Final = timedelta(weeks=2)
_NEVER: Final = "9999"
_MISSED: Final = ("AcademicPeriod.days_missed",)


class CalendarReads(PeopleReads, DiaryReads, SiteReads):
    """How a school year is divided, when the bells ring, and what is taught."""

    async def list_school_years(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The running school year, from its first period to its last: no other can be read."""
        context = self.context(link, student)
        periods = await self.periods(link, student)
        record = year_record(context, periods, self.today(link, student))
        return Reading([record] if record is not None else [])

    async def list_periods(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """The periods of the running school year, those to come among them.

        Of those that have begun the site tells how many days were missed.

        Raises:
            NotFound: Another year is asked for.
        """
        context, today = self.context(link, student), self.today(link, student)
        if school_year is not None and abs(school_year - school_year_of(today)) > 1:
            raise NotFound(f"the service tells nothing of the school year {school_year}")
        periods = await self.periods(link, student)
        if school_year not in {None, year_of(periods, today)}:
            raise NotFound(f"the service tells nothing of the school year {school_year}")
        begun = [item for item in periods if (item.start or _NEVER) <= today.isoformat()]
        reports = await link.gather(
            *(self.missed(link, student, item, tells=_MISSED) for item in begun)
        )
        missed = {
            item.code: report.days
            for item, report in zip(begun, reports, strict=True)
            if report is not None
        }
        return Reading(period_records(context, periods, today, missed))

    async def list_calendar(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Breaks and holidays, out of the alerts of the diary's days."""
        context = self.context(link, student)
        told = await self.student_days(link, student, start, end)
        days = dated_days(context, told.days, start, end) if told is not None else ()
        return Reading(span_records(days), covered=DateRange(start, end))

    async def get_bell_schedule(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Bells, out of the times of the student's lessons around today.

        Raises:
            NotFound: No lesson tells its time, as in summer.
        """
        route = SCHEDULE if link.offers(SCHEDULE) or not link.offers(DIARY) else DIARY
        record = bell_schedule_record(await self._lessons_around(link, student, route))
        if record is None:
            raise NotFound("no lessons that would tell the bells")
        return Reading(record)

    async def list_subjects(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Subjects of the student's lessons around today."""
        lessons = await self._lessons_around(link, student, DIARY)
        return Reading(subject_records(self.context(link, student), lessons))

    async def list_teachers(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Teachers of the student's lessons around today, and who leads the class."""
        rules = await self.rules(link)
        lessons = await self._lessons_around(link, student, DIARY)
        group = class_led(rules, student.native["student"], student.native.get("class"))
        return Reading(teacher_records(self.context(link, student), lessons, group))

    async def periods(self, link: DiaryLink, student: StudentRef) -> list[ToldPeriod]:
        """The student's periods; none where the school has not set any."""
        params = {"student": student.native["student"], "show_disabled": "true"}
        told = await link.read(Envelope[Periods], API, PERIODS, params=params, template=PERIODS)
        if told.result is None or told.result.students is None:
            return []
        own = own_part(told.result.students, student)
        return told_periods(self.context(link, student), several(own.periods))

    def today(self, link: DiaryLink, student: StudentRef) -> date:
        """Today at the school."""
        return link.today(str(link.zone_of(student)))

    async def _lessons_around(
        self, link: DiaryLink, student: StudentRef, route: str
    ) -> list[Record]:
        context, today = self.context(link, student), self.today(link, student)
        start, end = today - _BEFORE, today + _AFTER
        told = await self.student_days(link, student, start, end, route=route)
        days = dated_days(context, told.days, start, end) if told is not None else ()
        return [item.record for item in placed_on(context, days)]
