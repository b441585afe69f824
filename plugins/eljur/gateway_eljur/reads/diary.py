"""The diary week, the timetable, single lessons, homework: all of one request (notes 4.2)."""

from datetime import date, timedelta

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidId, NotFound
from gateway.core.model.answer import DateRange
from gateway_eljur.mapping.access import HOMEWORK
from gateway_eljur.mapping.clock import day_of
from gateway_eljur.mapping.context import Record
from gateway_eljur.mapping.homework import homework_records
from gateway_eljur.mapping.weeks import day_records, lesson_records
from gateway_eljur.reads.timetable import TimetableReads, days_within, placed_on
from gateway_eljur.wire.base import switch

_LEAST_KEYS = 3


class DiaryReads(TimetableReads):
    """What the days of the diary tell."""

    async def get_week(self, link: DiaryLink, student: StudentRef, *, monday: date) -> Reading:
        """Everything of seven days in one request, with the parent's signature."""
        context = self.context(link, student)
        sunday = monday + timedelta(days=6)
        told = await self.student_days(link, student, monday, sunday)
        week: Record = {
            "start": monday.isoformat(),
            "end": sunday.isoformat(),
            "days": day_records(context, days_within(context, told, monday, sunday)),
        }
        signed = switch(told.parent_signed) if told is not None else None
        if signed is not None:
            week["is_signed"] = signed
        return Reading(week, covered=DateRange(monday, sunday))

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """The timetable, out of the diary: that tells topics and the numbers of subjects too.

        The timetable proper is asked for where the diary is closed to the account.
        """
        context = self.context(link, student)
        placed = await self.placed_between(link, student, start, end)
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
        placed = await self.placed_between(link, student, day, day)
        for record in lesson_records(context, placed):
            if record["id"] == lesson_id:
                return Reading(record)
        raise NotFound("the day has no such lesson")

    async def list_homework(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Homework due between two days: it stands at the lesson for which it is due.

        Where the diary is closed to the account, it is told alone, and the timetable tells where
        it stands.
        """
        context = self.context(link, student)
        if self.way(link, student, HOMEWORK) is None:
            told = await self.student_days(link, student, start, end)
            placed = placed_on(context, days_within(context, told, start, end))
            records = homework_records(context, placed)
        else:
            records = await self.assigned_between(link, student, start, end)
        return Reading(records, covered=DateRange(start, end))


def _place_of(keys: tuple[str, ...]) -> tuple[str, date]:
    """Student and day of a lesson.

    Raises:
        InvalidId: The keys are no lesson's.
    """
    day = day_of(keys[1]) if len(keys) >= _LEAST_KEYS else None
    if day is None:
        raise InvalidId("a lesson is known by student, date and number")
    return keys[0], date.fromisoformat(day)
