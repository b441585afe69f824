"""School years and their periods."""

from collections.abc import Mapping
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidId, NotFound
from gateway_gosuslugi.myschool.datamart.intervals import school_year_of, year_key
from gateway_gosuslugi.myschool.datamart.queries import CLASSES, asked
from gateway_gosuslugi.myschool.mapping.classes import (
    current_period,
    period_records,
    year_record,
)
from gateway_gosuslugi.myschool.mapping.context import Record
from gateway_gosuslugi.myschool.mapping.people import STUDENT
from gateway_gosuslugi.myschool.reads.base import MySchoolBase
from gateway_gosuslugi.myschool.routes import API, CURRENT_YEAR
from gateway_gosuslugi.myschool.wire.classes import SchoolClass
from gateway_gosuslugi.myschool.wire.people import CurrentYear

YEARS_BACK: Final = 3
"""School years before the running one that are asked for; how far the service goes is unknown."""

_PERIOD_KEYS: Final = 2


class YearReads(MySchoolBase):
    """School years and periods."""

    async def list_school_years(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The running year and those before it in which the student was in a class."""
        told = await link.read(CurrentYear, API, CURRENT_YEAR, template=CURRENT_YEAR)
        current = told.current_year
        years = range(current, current - YEARS_BACK - 1, -1)
        periods = await self._periods_of(link, student, tuple(years))
        context = self.context(link, student)
        return Reading(
            [
                year_record(context, year, periods[year], current=current)
                for year in years
                if year == current or periods[year]
            ]
        )

    async def list_periods(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """Periods of a year, the running one for None."""
        year = school_year_of(self.today(link, student)) if school_year is None else school_year
        return Reading((await self._periods_of(link, student, (year,)))[year])

    async def period(self, link: DiaryLink, student: StudentRef, period_id: str | None) -> Record:
        """A period, the running one for None.

        Raises:
            InvalidId: It is no period of the student.
            NotFound: There is none.
        """
        context, today = self.context(link, student), self.today(link, student)
        year = school_year_of(today)
        if period_id is not None:
            keys = context.keys.own("period", period_id)
            start = context.clock.day(keys[0])
            if len(keys) != _PERIOD_KEYS or start is None:
                raise InvalidId("a period has a first and a last day")
            year = school_year_of(today.fromisoformat(start))
        found = (await self._periods_of(link, student, (year,)))[year]
        if period_id is None:
            period = current_period(found, today)
        else:
            period = next((item for item in found if item["id"] == period_id), None)
        if period is None:
            raise NotFound("the school year has no such period")
        return period

    async def _periods_of(
        self, link: DiaryLink, student: StudentRef, years: tuple[int, ...]
    ) -> Mapping[int, list[Record]]:
        """Periods by school year; a year in which the student was in no class has none.

        Raises:
            ProviderUnavailable: The service failed at all of them.
        """
        context, today = self.context(link, student), self.today(link, student)
        queries = {
            year: asked(CLASSES, student.native[STUDENT], (year_key(year),)) for year in years
        }
        pool = await self.ask(link, student, [query for own in queries.values() for query in own])
        return {
            year: period_records(context, pool.of(own[0], SchoolClass, link.note), year, today)
            for year, own in queries.items()
        }
