"""Days of the diary, or of what stands in for it: timetable and homework alone (notes 4.2-4.4)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.session import StudentRef
from gateway_eljur.mapping.access import BY_CLASS, BY_STUDENT, HOMEWORK, TIMETABLE
from gateway_eljur.mapping.assigned import assigned_records
from gateway_eljur.mapping.clock import span
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.lessons import PlacedLesson, dated_days, placed_lessons
from gateway_eljur.reads.base import EljurBase, both, own_part
from gateway_eljur.routes import API, DIARY, SCHEDULE
from gateway_eljur.routes import HOMEWORK as ASSIGNED
from gateway_eljur.wire.base import Envelope
from gateway_eljur.wire.diary import Day, Diary, StudentDays

_ROUTES: Final = {TIMETABLE: SCHEDULE, HOMEWORK: ASSIGNED}


class TimetableReads(EljurBase):
    """Lessons and homework, by whichever method is open."""

    def way(self, link: DiaryLink, student: StudentRef, part: str) -> str | None:
        """How a part of the diary is asked for by itself; None where the diary tells it.

        Offline the part does by itself where it was captured alone.
        """
        told = student.native.get(part)
        if told is None and not link.offers(DIARY) and link.offers(_ROUTES[part]):
            return BY_STUDENT
        return told

    async def placed_between(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> list[PlacedLesson]:
        """Lessons of some days, of all subgroups where only the class's can be had."""
        context = self.context(link, student)
        way = self.way(link, student, TIMETABLE)
        told = await self.student_days(
            link, student, start, end, route=DIARY if way is None else SCHEDULE, way=way
        )
        return placed_on(context, days_within(context, told, start, end))

    async def assigned_between(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> list[Record]:
        """Homework that is told alone, at the lessons of the timetable if that is open."""
        context, way = self.context(link, student), self.way(link, student, HOMEWORK)
        homework = self.student_days(link, student, start, end, route=ASSIGNED, way=way)
        lessons: list[PlacedLesson] = []
        if self.way(link, student, TIMETABLE) is not None:
            placed = self.placed_between(link, student, start, end)
            told, lessons = await both(link, homework, placed)
        else:
            told = await homework
        return assigned_records(context, days_within(context, told, start, end), lessons)

    async def student_days(
        self,
        link: DiaryLink,
        student: StudentRef,
        start: date,
        end: date,
        *,
        route: str = DIARY,
        way: str | None = None,
    ) -> StudentDays | None:
        """The student's days, or those of the class; None where the service says nothing at all."""
        key = BY_CLASS if way == BY_CLASS else BY_STUDENT
        params = {key: student.native[key], "days": span(start, end)}
        if route != ASSIGNED:
            params["rings"] = "true"
        told = await link.read(Envelope[Diary], API, route, params=params, template=route)
        if told.result is None:
            return None
        if told.result.students is None and told.result.days is not None:
            return StudentDays(days=told.result.days)
        return own_part(told.result.students, student)


def placed_on(context: MapContext, days: Iterable[tuple[str, Day]]) -> list[PlacedLesson]:
    """Lessons of some days in their order."""
    return [item for day, told in days for item in placed_lessons(context, day, told)]


def days_within(
    context: MapContext, told: StudentDays | None, start: date, end: date
) -> list[tuple[str, Day]]:
    """Days of a range by date; none where the service says nothing."""
    return list(dated_days(context, told.days, start, end)) if told is not None else []
