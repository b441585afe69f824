"""School years, periods, breaks and bells."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.answer import DateRange
from gateway_dnevnik_ru.mapping.bells import bell_schedule_record
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.periods import (
    app_period_records,
    break_records,
    gap_records,
    period_records,
    school_year_of,
    year_records,
)
from gateway_dnevnik_ru.reads.base import DnevnikBase, first_offered, native_or_none
from gateway_dnevnik_ru.routes import (
    ALL_GROUPS,
    API,
    APP_CONTEXT,
    GROUP_BELLS,
    PERIOD_GROUP,
    PERIODS,
    SCHOOL_BELLS,
    fill,
)
from gateway_dnevnik_ru.wire.bells import BellTable
from gateway_dnevnik_ru.wire.mobile import MobileContext, MobilePeriod
from gateway_dnevnik_ru.wire.periods import ReportingPeriod, ReportingPeriodGroup
from gateway_dnevnik_ru.wire.schools import EduGroup

_BELLS = cast("type[list[BellTable] | BellTable]", list[BellTable] | BellTable)
"""One client reads an object, another a list."""


_ANY = "0"
"""A class of a replay that does not tell which."""


class CalendarReads(DnevnikBase):
    """How a school year is divided, and when the bells ring."""

    async def list_school_years(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The years of all classes that the student was in."""
        context = self.context(link, student)
        groups = await self._all_groups(link, context.person)
        school = self.native(student, "school")
        return Reading(year_records(context, groups, school, self.today(link, student)))

    async def list_periods(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """The periods of the class of a year."""
        context = self.context(link, student)
        today = self.today(link, student)
        routes = ((PERIODS, list[ReportingPeriod]), (APP_CONTEXT, MobileContext))
        if first_offered(link, routes) == APP_CONTEXT:
            told = await self._app_periods(link, student)
            return Reading(app_period_records(context, told, today))
        group = await self.group_of_year(link, student, school_year)
        return Reading(period_records(context, await self.periods_of(link, group), today))

    async def list_calendar(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """The breaks of the class's school year, else the gaps between its periods."""
        context = self.context(link, student)
        records: list[Record] = []
        for group in await self._groups_between(link, student, start, end):
            records += await self._breaks(link, context, group, start, end)
        return Reading(records, covered=DateRange(start, end))

    async def get_bell_schedule(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The bells of the class, else of the school."""
        context = self.context(link, student)
        group = native_or_none(student, "group")
        template = first_offered(link, ((GROUP_BELLS, _BELLS), (SCHOOL_BELLS, _BELLS)))
        if template == GROUP_BELLS and group is not None:
            path = fill(GROUP_BELLS, group=group)
        else:
            template = SCHOOL_BELLS
            path = fill(SCHOOL_BELLS, school=self.native(student, "school"))
        told = await link.read(_BELLS, API, path, template=template)
        tables = told if isinstance(told, list) else [told]
        if not tables:
            raise NotFound("the school has no bells")
        return Reading(bell_schedule_record(context, tables[0]))

    async def _breaks(
        self, link: DiaryLink, context: MapContext, group: str, start: date, end: date
    ) -> list[Record]:
        path = fill(PERIOD_GROUP, group=group)
        told = await link.enrich(
            ReportingPeriodGroup, API, path, template=PERIOD_GROUP, tells=("CalendarSpan.name",)
        )
        if told is not None and told.holidays is not None:
            return break_records(context, told.holidays, start, end)
        periods = (told.reporting_periods if told else None) or await self.periods_of(link, group)
        return gap_records(context, periods, start, end)

    async def _groups_between(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> list[str]:
        """The student's classes of the school years that a range touches."""
        current = school_year_of(self.today(link, student))
        years = range(school_year_of(start), school_year_of(end) + 1)
        if list(years) == [current]:
            return [self.native(student, "group")]
        groups = await self._all_groups(link, self.native(student, "person"))
        own = {year: _class_of(groups, year) for year in years}
        own[current] = native_or_none(student, "group") if current in years else None
        return [group for group in own.values() if group is not None]

    def today(self, link: DiaryLink, student: StudentRef) -> date:
        """Today at the student's school."""
        return link.today(link.zone_of(student).key)

    async def periods_of(self, link: DiaryLink, group: str) -> list[ReportingPeriod]:
        """The periods of a class as they come."""
        path = fill(PERIODS, group=group)
        return await link.read(list[ReportingPeriod], API, path, template=PERIODS)

    async def group_of_year(
        self, link: DiaryLink, student: StudentRef, school_year: int | None
    ) -> str:
        """Number of the class that the student was in; known without a request for this year.

        Raises:
            NotFound: The student was in no class that year.
        """
        if school_year is None or school_year == school_year_of(self.today(link, student)):
            return self.native(student, "group")
        groups = await self._all_groups(link, self.native(student, "person"))
        found = _class_of(groups, school_year)
        if found is None:
            raise NotFound(f"no class in the school year {school_year}")
        return found

    async def _all_groups(self, link: DiaryLink, person: str) -> list[EduGroup]:
        path = fill(ALL_GROUPS, person=person)
        return await link.read(list[EduGroup], API, path, template=ALL_GROUPS)

    async def _app_periods(self, link: DiaryLink, student: StudentRef) -> list[MobilePeriod]:
        path = fill(
            APP_CONTEXT, version=self.version(link), user=link.session.data.get("user_id", "me")
        )
        told = await link.read(MobileContext, API, path, template=APP_CONTEXT)
        context = self.context(link, student)
        own = native_or_none(student, "group")
        for item in told.context_persons or ():
            group = item.group.id if item.group else None
            if context.is_own(item.person_id) and own in {None, _ANY, str(group)}:
                periods = item.reporting_period_group
                return (periods.periods if periods else None) or []
        raise NotFound("the answer does not hold this student")


def _class_of(groups: Iterable[EduGroup], school_year: int) -> str | None:
    """The class, no part of one, of a school year."""
    numbers = [
        item.id
        for item in groups
        if item.studyyear == school_year
        and not item.parent_ids
        and (item.type or "group").lower() == "group"
    ]
    return str(min(numbers)) if numbers else None
