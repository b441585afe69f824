"""Weeks, lessons and absences."""

from datetime import date, timedelta

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidId, NotFound
from gateway.core.model.answer import DateRange
from gateway_gosuslugi.myschool.datamart.intervals import monday_of, week_keys
from gateway_gosuslugi.myschool.datamart.queries import HOMEWORK, LESSONS, MARKS, asked
from gateway_gosuslugi.myschool.mapping.attendance import attendance_records
from gateway_gosuslugi.myschool.mapping.context import Record
from gateway_gosuslugi.myschool.mapping.homework import due_between, homework_records
from gateway_gosuslugi.myschool.mapping.lessons import (
    PlacedLesson,
    placed_lessons,
    subjects_by_lesson,
)
from gateway_gosuslugi.myschool.mapping.marks import mark_records
from gateway_gosuslugi.myschool.mapping.people import STUDENT
from gateway_gosuslugi.myschool.mapping.weeks import day_records, within
from gateway_gosuslugi.myschool.reads.homework import HomeworkReads
from gateway_gosuslugi.myschool.reads.marks import MarkReads
from gateway_gosuslugi.myschool.wire.homework import Homework
from gateway_gosuslugi.myschool.wire.lessons import Lesson
from gateway_gosuslugi.myschool.wire.marks import Mark

_LESSON_KEYS = 2


class TimetableReads(HomeworkReads, MarkReads):
    """The diary week, the timetable, single lessons and absences."""

    async def get_week(self, link: DiaryLink, student: StudentRef, *, monday: date) -> Reading:
        """Everything of seven days, in one request; it stands without marks or homework."""
        context, native = self.context(link, student), student.native[STUDENT]
        sunday = monday + timedelta(days=6)
        queries = asked(LESSONS, native, week_keys(monday, sunday))
        queries += self.mark_queries(link, student, monday, sunday)
        queries += self.homework_queries(student, monday, sunday)
        pool = await self.ask(link, student, queries)
        placed = placed_lessons(context, pool.records(LESSONS, Lesson, link.note))
        own = [item for item in placed if within([item.record], monday, sunday)]
        subjects = subjects_by_lesson(placed)
        homework = due_between(
            context, pool.records(HOMEWORK, Homework, link.note, needed=False), monday, sunday
        )
        marks = pool.records(MARKS, Mark, link.note, needed=False)
        week: Record = {
            "start": monday.isoformat(),
            "end": sunday.isoformat(),
            "days": day_records(
                lessons=[item.record for item in own],
                homework=homework_records(context, homework, subjects),
                marks=mark_records(context, marks, monday, sunday, subjects),
                attendance=attendance_records(context, own),
            ),
        }
        return Reading(week, covered=DateRange(monday, sunday))

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """The timetable, ten weeks to a request."""
        placed = await self._lessons(link, student, start, end)
        return Reading([item.record for item in placed], covered=DateRange(start, end))

    async def get_lesson(self, link: DiaryLink, student: StudentRef, *, lesson_id: str) -> Reading:
        """One lesson, out of its week."""
        context = self.context(link, student)
        keys = context.keys.own("lesson", lesson_id)
        told = context.clock.day(keys[0])
        if len(keys) != _LESSON_KEYS or told is None:
            raise InvalidId("a lesson has a date and a key")
        day = date.fromisoformat(told)
        for item in await self._lessons(link, student, day, day):
            if item.record["id"] == lesson_id:
                return Reading(item.record)
        raise NotFound("the day has no such lesson")

    async def list_attendance(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Absences from the lessons of a range."""
        placed = await self._lessons(link, student, start, end)
        records = attendance_records(self.context(link, student), placed)
        return Reading(records, covered=DateRange(start, end))

    async def _lessons(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> list[PlacedLesson]:
        """Lessons of a range; they are numbered among all lessons of their weeks."""
        weeks = week_keys(monday_of(start), end)
        pool = await self.ask(link, student, asked(LESSONS, student.native[STUDENT], weeks))
        placed = placed_lessons(
            self.context(link, student), pool.records(LESSONS, Lesson, link.note)
        )
        return [item for item in placed if within([item.record], start, end)]
