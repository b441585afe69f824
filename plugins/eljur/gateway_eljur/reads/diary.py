"""The diary week, the timetable, single lessons, homework: all of one request (notes 4.2)."""

from collections.abc import Iterable
from datetime import date, timedelta

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidId, NotFound
from gateway.core.model.answer import DateRange
from gateway_eljur.mapping.clock import day_of, span
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.homework import homework_records
from gateway_eljur.mapping.lessons import PlacedLesson, dated_days, placed_lessons
from gateway_eljur.mapping.weeks import day_records, lesson_records
from gateway_eljur.reads.base import EljurBase, own_part
from gateway_eljur.routes import API, DIARY, SCHEDULE
from gateway_eljur.wire.base import Envelope, switch
from gateway_eljur.wire.diary import Day, Diary, StudentDays

_LEAST_KEYS = 3


class DiaryReads(EljurBase):
    """What the days of the diary tell."""

    async def get_week(self, link: DiaryLink, student: StudentRef, *, monday: date) -> Reading:
        """Everything of seven days in one request, with the parent's signature."""
        context = self.context(link, student)
        sunday = monday + timedelta(days=6)
        told = await self.student_days(link, student, monday, sunday)
        week: Record = {
            "start": monday.isoformat(),
            "end": sunday.isoformat(),
            "days": day_records(context, _days(context, told, monday, sunday)),
        }
        signed = switch(told.parent_signed) if told is not None else None
        if signed is not None:
            week["is_signed"] = signed
        return Reading(week, covered=DateRange(monday, sunday))

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """The timetable, out of the diary: that tells topics and the numbers of subjects too."""
        context = self.context(link, student)
        told = await self.student_days(link, student, start, end, route=self._told_route(link))
        placed = placed_on(context, _days(context, told, start, end))
        return Reading(lesson_records(context, placed), covered=DateRange(start, end))

    async def get_lesson(self, link: DiaryLink, student: StudentRef, *, lesson_id: str) -> Reading:
        """One lesson, out of its day.

        Raises:
            InvalidId: It names no lesson.
            NotFound: It is another student's, or its day no longer has it.
        """
        context = self.context(link, student)
        owner, day = _place_of(self.ids.keys("lesson", lesson_id))
        if owner != context.student:
            raise NotFound("the lesson belongs to another student")
        told = await self.student_days(link, student, day, day)
        placed = placed_on(context, _days(context, told, day, day))
        for record in lesson_records(context, placed):
            if record["id"] == lesson_id:
                return Reading(record)
        raise NotFound("the day has no such lesson")

    async def list_homework(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Homework due between two days: it stands at the lesson for which it is due."""
        context = self.context(link, student)
        told = await self.student_days(link, student, start, end)
        placed = placed_on(context, _days(context, told, start, end))
        return Reading(homework_records(context, placed), covered=DateRange(start, end))

    async def student_days(
        self,
        link: DiaryLink,
        student: StudentRef,
        start: date,
        end: date,
        *,
        route: str = DIARY,
    ) -> StudentDays | None:
        """The student's days of diary or timetable; None where the service says nothing at all."""
        params = {
            "student": student.native["student"],
            "days": span(start, end),
            "rings": "true",
        }
        told = await link.read(Envelope[Diary], API, route, params=params, template=route)
        return own_part(told.result.students, student) if told.result is not None else None

    def _told_route(self, link: DiaryLink) -> str:
        """The diary; offline the timetable alone does where it was captured alone."""
        return DIARY if link.offers(DIARY) or not link.offers(SCHEDULE) else SCHEDULE


def placed_on(context: MapContext, days: Iterable[tuple[str, Day]]) -> list[PlacedLesson]:
    """Lessons of some days in their order."""
    return [item for day, told in days for item in placed_lessons(context, day, told)]


def _days(
    context: MapContext, told: StudentDays | None, start: date, end: date
) -> list[tuple[str, Day]]:
    return list(dated_days(context, told.days, start, end)) if told is not None else []


def _place_of(keys: tuple[str, ...]) -> tuple[str, date]:
    """Student and day of a lesson.

    Raises:
        InvalidId: The keys are no lesson's.
    """
    day = day_of(keys[1]) if len(keys) >= _LEAST_KEYS else None
    if day is None:
        raise InvalidId("a lesson is known by student, date and number")
    return keys[0], date.fromisoformat(day)
