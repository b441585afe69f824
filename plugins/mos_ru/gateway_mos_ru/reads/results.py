"""Averages, final results and places in the class."""

from datetime import date

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import AccessDenied, NotFound, NotSupported
from gateway_mos_ru.mapping.context import MapContext
from gateway_mos_ru.mapping.finals import Finals
from gateway_mos_ru.mapping.periods import began_in, school_year_of
from gateway_mos_ru.mapping.ranks import rank_records
from gateway_mos_ru.mapping.results import result_records
from gateway_mos_ru.reads.base import both
from gateway_mos_ru.reads.calendar import CalendarReads
from gateway_mos_ru.routes import (
    ACADEMIC_YEARS,
    API,
    CLASS_RANK,
    FINAL_MARKS,
    PROGRESS,
    SUBJECT_MARKS,
    SUBJECT_RANKS,
)
from gateway_mos_ru.wire.calendar import AcademicYear
from gateway_mos_ru.wire.finals import FinalMarks, ReportSubject
from gateway_mos_ru.wire.ranks import ClassPlace, SubjectPlace
from gateway_mos_ru.wire.subject_marks import AllSubjectMarks

_NOW = "now"


class ResultReads(CalendarReads):
    """Where the student stands."""

    async def list_subject_results(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """Averages of a period: the service's, and the gateway's own from the same marks.

        Raises:
            NotFound: No subject has such a period this school year.
        """
        context = self.context(link, student)
        if period_id is not None:
            self._period_keys(context, period_id)
        told = await self._subject_marks(link, student)
        records = result_records(
            context,
            told.payload or (),
            self.today(link, student),
            period_id=period_id,
            cells_weigh_once=self.declaration.average_weighs_cell_once,
        )
        if period_id is not None and not records:
            raise NotFound("no subject has such a period this school year")
        return Reading(records)

    async def list_final_grades(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """Results of one school year: the list of final marks, and the report where it is bare.

        Raises:
            NotFound: The service does not know the school year.
        """
        context = self.context(link, student)
        current = school_year_of(self.today(link, student))
        year = current if school_year is None else school_year
        finals = Finals(context, year)
        number = await self._year_number(link, context, year)
        has_list = await self._add_list(link, student, finals, number)
        if not (has_list and finals.has_periods):
            has_list = await self._add_report(link, student, finals, number) or has_list
        if year == current and not (has_list and finals.has_periods):
            has_list = await self._add_running(link, student, finals) or has_list
        if not has_list:
            raise NotSupported("no answer tells the final results of this school year")
        return Reading(finals.records)

    async def list_class_ranks(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """Places in the class by the year's averages: today, or on the last day of a period."""
        context = self.context(link, student)
        day, scope = self.today(link, student), _NOW
        if period_id is not None:
            first, last = self._period_keys(context, period_id)
            day, scope = min(day, date.fromisoformat(last)), f"{first}..{last}"
        params = {"personId": context.person, "date": day.isoformat()}
        places, subjects = await both(
            link,
            link.read(list[ClassPlace], API, CLASS_RANK, params=params, template=CLASS_RANK),
            link.enrich(
                list[SubjectPlace],
                API,
                SUBJECT_RANKS,
                tells=("ClassRank.subject",),
                params=params,
                template=SUBJECT_RANKS,
            ),
        )
        return Reading(rank_records(context, places, subjects or (), scope))

    async def _subject_marks(self, link: DiaryLink, student: StudentRef) -> AllSubjectMarks:
        return await link.read(
            AllSubjectMarks,
            API,
            SUBJECT_MARKS,
            params={"student_id": self.native(student, "student")},
            template=SUBJECT_MARKS,
        )

    async def _year_number(self, link: DiaryLink, context: MapContext, year: int) -> int | None:
        """The service's number of a school year; None where no list of years can be asked."""
        if not link.offers(ACADEMIC_YEARS, list[AcademicYear]):
            return None
        for item in await self.academic_years(link):
            if began_in(context, item) == year:
                return item.id
        raise NotFound(f"the service has no school year {year}")

    async def _add_list(
        self, link: DiaryLink, student: StudentRef, finals: Finals, number: int | None
    ) -> bool:
        """The list of final marks; colleges have none."""
        if not link.offers(FINAL_MARKS, FinalMarks):
            return False
        params = {"person_id": self.native(student, "person"), "academic_year_id": number}
        try:
            told = await link.read(
                FinalMarks, API, FINAL_MARKS, params=params, template=FINAL_MARKS
            )
        except (AccessDenied, NotFound, NotSupported):
            return False
        finals.add_finals(told.subjects or ())
        return True

    async def _add_report(
        self, link: DiaryLink, student: StudentRef, finals: Finals, number: int | None
    ) -> bool:
        """The report on progress, whose results of periods the list may lack."""
        if not link.offers(PROGRESS, list[ReportSubject]):
            return False
        told = await link.enrich(
            list[ReportSubject],
            API,
            PROGRESS,
            tells=("FinalGrade.period",),
            params={
                "academic_year_id": number,
                "student_profile_id": self.native(student, "student"),
            },
            template=PROGRESS,
        )
        finals.add_report(told or ())
        return told is not None

    async def _add_running(self, link: DiaryLink, student: StudentRef, finals: Finals) -> bool:
        """What stands beside the averages of the running year."""
        if not link.offers(SUBJECT_MARKS, AllSubjectMarks):
            return False
        told = await link.enrich(
            AllSubjectMarks,
            API,
            SUBJECT_MARKS,
            tells=("FinalGrade.period",),
            params={"student_id": self.native(student, "student")},
            template=SUBJECT_MARKS,
        )
        finals.add_averages((told.payload if told is not None else None) or ())
        return told is not None

    def _period_keys(self, context: MapContext, period_id: str) -> tuple[str, str]:
        """First and last day of a period.

        Raises:
            InvalidId: It is malformed.
            NotFound: It is another student's.
        """
        person, first, last = self.ids.keys("period", period_id, count=3)
        if person != context.person:
            raise NotFound("it is a period of another student")
        return first, last
