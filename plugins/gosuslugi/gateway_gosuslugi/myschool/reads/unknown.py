"""What is known by the name of its route or object type only (notes 4.3, 4.4).

Nothing is made of these answers: whoever wants to look at them asks to keep the bodies.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.model.answer import DateRange
from gateway.core.wire.request import Body
from gateway_gosuslugi.myschool.datamart.intervals import school_year_of, week_keys, year_key
from gateway_gosuslugi.myschool.datamart.queries import (
    EVENTS,
    MASS_EVENTS,
    MENU,
    PERIOD_RESULTS,
    PLAN,
    YEAR_RESULTS,
    Query,
    asked,
)
from gateway_gosuslugi.myschool.mapping.people import STUDENT
from gateway_gosuslugi.myschool.reads.base import MySchoolBase
from gateway_gosuslugi.myschool.routes import ACHIEVEMENTS, API, FEED

UNKNOWN: Final = "nobody knows the fields of this answer"
_ACHIEVEMENTS: Final = "student_achievements"
"""The route takes the form of the data call; this type's name is a guess by its neighbours."""


class UnknownReads(MySchoolBase):
    """Reads that send, and tell nothing but the body."""

    async def list_final_grades(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """Marks of periods and of the year."""
        year = school_year_of(self.today(link, student)) if school_year is None else school_year
        await self._raw(link, student, (PERIOD_RESULTS, YEAR_RESULTS), (year_key(year),))
        return _nothing(link)

    async def list_events(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Events of the student and of everybody."""
        await self._raw(link, student, (EVENTS, MASS_EVENTS), week_keys(start, end))
        return _nothing(link, DateRange(start, end))

    async def list_meals(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """What is served."""
        await self._raw(link, student, (MENU,), week_keys(start, end))
        return _nothing(link, DateRange(start, end))

    async def list_curriculum(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Study plan."""
        year = school_year_of(self.today(link, student))
        await self._raw(link, student, (PLAN,), (year_key(year),))
        return _nothing(link)

    async def list_portfolio(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Achievements."""
        year = year_key(school_year_of(self.today(link, student)))
        native = student.native[STUDENT]
        query = {"obj_type": _ACHIEVEMENTS, "student_id": native, "interval_id": year}
        await link.read(
            Any,
            API,
            ACHIEVEMENTS,
            method="POST",
            body=Body.of_json([query]),
            template=ACHIEVEMENTS,
        )
        return _nothing(link)

    async def list_notifications(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """The portal's feed."""
        await link.read(Any, API, FEED, template=FEED)
        return _nothing(link)

    async def _raw(
        self,
        link: DiaryLink,
        student: StudentRef,
        types: Sequence[str],
        intervals: Sequence[str],
    ) -> None:
        native = student.native[STUDENT]
        queries: list[Query] = []
        for obj_type in types:
            queries += asked(obj_type, native, intervals)
        pool = await self.ask(link, student, queries)
        for obj_type in types:
            pool.check(obj_type)


def _nothing(link: DiaryLink, covered: DateRange | None = None) -> Reading:
    link.note("$", UNKNOWN)
    return Reading([], covered=covered, complete=False)
