"""Averages, final results and places in the class."""

from datetime import date

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.finals import (
    app_final_records,
    final_records,
    listed_final_records,
)
from gateway_dnevnik_ru.mapping.periods import (
    current_period,
    period_pointers,
    period_pointers_by_id,
    period_records,
    school_year_of,
)
from gateway_dnevnik_ru.mapping.ranks import period_rank_records, rank_records
from gateway_dnevnik_ru.mapping.references import Subjects
from gateway_dnevnik_ru.mapping.results import (
    app_result_records,
    computed_by_subject,
    result_records,
    with_computed,
)
from gateway_dnevnik_ru.reads.base import Route, both, first_offered
from gateway_dnevnik_ru.reads.calendar import CalendarReads
from gateway_dnevnik_ru.reads.mark_sources import MarkSources
from gateway_dnevnik_ru.routes import (
    API,
    APP_FINAL_MARKS,
    APP_PERIOD_MARKS,
    APP_RATING,
    AVERAGES,
    FINAL_MARKS,
    GROUP_SUBJECTS,
    LISTED_FINAL_MARKS,
    PERIODS,
    WEIGHTED_AVERAGES,
    fill,
)
from gateway_dnevnik_ru.wire.averages import PersonAverages, WeightedAverages
from gateway_dnevnik_ru.wire.finals import AllFinalMarks, PersonFinals
from gateway_dnevnik_ru.wire.marks import Mark
from gateway_dnevnik_ru.wire.mobile_marks import FinalMarks, PeriodMarks, Rating
from gateway_dnevnik_ru.wire.periods import ReportingPeriod
from gateway_dnevnik_ru.wire.schools import Subject

_PERIOD_TELLS = ("SubjectResult.trend", "SubjectResult.final", "SubjectResult.rank")
_OWN_TELLS = (
    "SubjectResult.computed_average",
    "SubjectResult.computed_weighted_average",
    "SubjectResult.marks",
)


_CURRENT = "current"
_NAMELESS = "—"


class ResultReads(MarkSources, CalendarReads):
    """Where the student stands."""

    async def list_subject_results(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """Averages of a period: the service's, and the gateway's own from the marks."""
        context = self.context(link, student)
        found, span = await self._period(link, student, context, period_id)
        period = _pointer(found)
        told = await self._period_marks(link, student, context, period)
        if told is not None:
            records = app_result_records(context, told, period)
        else:
            records = await self._class_averages(link, student, context, period, span)
        if span is not None:
            records = await self._with_own(link, student, context, records, period, span)
        return Reading(records)

    async def list_final_grades(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """Results of the periods, the year and the exams of one school year."""
        context = self.context(link, student)
        today = self.today(link, student)
        year = school_year if school_year is not None else school_year_of(today)
        group = await self.group_of_year(link, student, school_year)
        routes: tuple[Route, ...] = (
            (FINAL_MARKS, AllFinalMarks),
            (APP_FINAL_MARKS, FinalMarks),
            (LISTED_FINAL_MARKS, list[PersonFinals]),
        )
        offered = first_offered(link, routes)
        if offered == LISTED_FINAL_MARKS:
            return await self._listed_finals(link, context, group, year, today)
        if offered == APP_FINAL_MARKS:
            path = fill(
                APP_FINAL_MARKS, version=self.version(link), person=context.person, group=group
            )
            told = await link.read(FinalMarks, API, path, template=APP_FINAL_MARKS)
            return Reading(app_final_records(context, told, year))
        finals, periods = await both(
            link,
            link.read(
                AllFinalMarks,
                API,
                fill(FINAL_MARKS, person=context.person, group=group),
                template=FINAL_MARKS,
            ),
            link.enrich(
                list[ReportingPeriod],
                API,
                fill(PERIODS, group=group),
                template=PERIODS,
                tells=("FinalGrade.period",),
            ),
        )
        pointers = period_pointers(context, periods or [], today)
        return Reading(final_records(context, finals, pointers, year))

    async def _listed_finals(
        self, link: DiaryLink, context: MapContext, group: str, year: int, today: date
    ) -> Reading:
        """The plainer list of results: only captured payloads have nothing better."""
        told = await link.read(
            list[PersonFinals],
            API,
            fill(LISTED_FINAL_MARKS, person=context.person, group=group),
            template=LISTED_FINAL_MARKS,
        )
        periods, subjects = await both(
            link,
            link.enrich(
                list[ReportingPeriod],
                API,
                fill(PERIODS, group=group),
                template=PERIODS,
                tells=("FinalGrade.period",),
            ),
            link.enrich(
                list[Subject],
                API,
                fill(GROUP_SUBJECTS, group=group),
                template=GROUP_SUBJECTS,
                tells=("FinalGrade.subject",),
            ),
        )
        pointers = period_pointers_by_id(context, periods or [], today)
        named = Subjects(context, subjects)
        return Reading(listed_final_records(context, told, named, pointers, year))

    async def list_class_ranks(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """Places in the class now, or by subject in one period."""
        context = self.context(link, student)
        group = self.native(student, "group")
        if period_id is not None:
            found, _ = await self._period(link, student, context, period_id)
            period = _pointer(found)
            path = self._period_path(link, student, context, period)
            told = await link.read(PeriodMarks, API, path, template=APP_PERIOD_MARKS)
            return Reading(period_rank_records(context, told, period))
        path = fill(APP_RATING, version=self.version(link), person=context.person, group=group)
        rating = await link.read(Rating, API, path, template=APP_RATING)
        return Reading(rank_records(context, rating, group))

    async def _period(
        self, link: DiaryLink, student: StudentRef, context: MapContext, period_id: str | None
    ) -> tuple[Record | None, tuple[date, date] | None]:
        """The period that is meant, and its days; None where no list of periods can be read.

        Raises:
            NotFound: The class has no such period, or none at all.
        """
        today = self.today(link, student)
        if period_id is not None:
            self.ids.key("period", period_id)
        if not link.offers(PERIODS, list[ReportingPeriod]):
            return None if period_id is None else {"id": period_id, "name": _NAMELESS}, None
        periods = await self.periods_of(link, self.native(student, "group"))
        records = period_records(context, periods, today)
        if period_id is None:
            found = current_period(records, today)
        else:
            found = next((item for item in records if item["id"] == period_id), None)
        if found is None:
            raise NotFound("the class has no such period")
        start, end = found.get("start"), found.get("end")
        if start is None or end is None:
            return found, None
        return found, (date.fromisoformat(str(start)), date.fromisoformat(str(end)))

    def _period_path(
        self, link: DiaryLink, student: StudentRef, context: MapContext, period: Record | None
    ) -> str:
        return fill(
            APP_PERIOD_MARKS,
            version=self.version(link),
            person=context.person,
            group=self.native(student, "group"),
            period=self._native_period(period),
        )

    def _native_period(self, period: Record | None) -> str:
        return _CURRENT if period is None else self.ids.key("period", str(period["id"]))

    async def _period_marks(
        self, link: DiaryLink, student: StudentRef, context: MapContext, period: Record | None
    ) -> PeriodMarks | None:
        path = self._period_path(link, student, context, period)
        return await link.enrich(
            PeriodMarks, API, path, template=APP_PERIOD_MARKS, tells=_PERIOD_TELLS
        )

    async def _class_averages(
        self,
        link: DiaryLink,
        student: StudentRef,
        context: MapContext,
        period: Record | None,
        span: tuple[date, date] | None,
    ) -> list[Record]:
        """Averages out of the whole class's, where the app's interface tells none."""
        group = self.native(student, "group")
        native = self._native_period(period)
        day = min(self.today(link, student), span[1]) if span else self.today(link, student)
        told = await link.read(
            list[PersonAverages],
            API,
            fill(AVERAGES, group=group, period=native, day=day),
            template=AVERAGES,
        )
        weighted = None
        if span is not None:
            weighted = await link.enrich(
                WeightedAverages,
                API,
                fill(WEIGHTED_AVERAGES, group=group, start=span[0], end=span[1]),
                template=WEIGHTED_AVERAGES,
                tells=("SubjectResult.weighted_average",),
            )
        subjects = Subjects(context, await self.subjects_of(link, student))
        return result_records(context, told, weighted, subjects, period)

    async def _with_own(
        self,
        link: DiaryLink,
        student: StudentRef,
        context: MapContext,
        records: list[Record],
        period: Record | None,
        span: tuple[date, date],
    ) -> list[Record]:
        """The records with own averages; as they are where the marks cannot be had."""
        template, path = self.marks_route(student, *span)
        marks = await link.enrich(list[Mark], API, path, template=template, tells=_OWN_TELLS)
        if marks is None:
            return records
        categories = await self.categories(link, student)
        dressed = await self.dressed(link, student, context, marks, categories)
        once = self.declaration.average_weighs_cell_once
        own = computed_by_subject(dressed, cells_weigh_once=once)
        return with_computed(context, records, own, period)


def _pointer(period: Record | None) -> Record | None:
    return None if period is None else {"id": period["id"], "name": period["name"]}
