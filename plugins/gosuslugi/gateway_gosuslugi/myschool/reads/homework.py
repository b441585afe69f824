"""Homework and its tick."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidId
from gateway.core.model.answer import DateRange
from gateway.core.model.base import Reference
from gateway.core.wire.request import Body, RequestKind
from gateway_gosuslugi.myschool.datamart.intervals import week_keys
from gateway_gosuslugi.myschool.datamart.queries import HOMEWORK, LESSONS, Query, asked
from gateway_gosuslugi.myschool.mapping.homework import (
    due_between,
    homework_records,
    names_no_subject,
)
from gateway_gosuslugi.myschool.mapping.lessons import placed_lessons, subjects_by_lesson
from gateway_gosuslugi.myschool.mapping.people import STUDENT
from gateway_gosuslugi.myschool.reads.base import MySchoolBase
from gateway_gosuslugi.myschool.routes import API
from gateway_gosuslugi.myschool.routes import HOMEWORK as HOMEWORK_DONE
from gateway_gosuslugi.myschool.wire.homework import Homework
from gateway_gosuslugi.myschool.wire.lessons import Lesson

ISSUED_BEFORE: Final = timedelta(weeks=3)
"""How long before its term homework is looked for: it is filed under the week of issue."""


class HomeworkReads(MySchoolBase):
    """Homework."""

    async def list_homework(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Homework due between two days; its lessons are asked for where it names no subject."""
        context = self.context(link, student)
        pool = await self.ask(link, student, self.homework_queries(student, start, end))
        homework = due_between(context, pool.records(HOMEWORK, Homework, link.note), start, end)
        subjects: Mapping[str, Reference] = {}
        if any(names_no_subject(item) for item in homework):
            subjects = await self._subjects(link, student, start, end)
        records = homework_records(context, homework, subjects)
        return Reading(records, covered=DateRange(start, end))

    def homework_queries(self, student: StudentRef, start: date, end: date) -> list[Query]:
        """What to ask for homework due between two days."""
        return asked(HOMEWORK, student.native[STUDENT], week_keys(start - ISSUED_BEFORE, end))

    async def _subjects(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> Mapping[str, Reference]:
        """Subjects of the lessons of a range, for which homework is due."""
        queries = asked(LESSONS, student.native[STUDENT], week_keys(start, end))
        pool = await self.ask(link, student, queries, tells=("Homework.subject",))
        lessons = pool.records(LESSONS, Lesson, link.note, needed=False)
        return subjects_by_lesson(placed_lessons(self.context(link, student), lessons))

    async def set_homework_done(
        self, link: DiaryLink, student: StudentRef, *, homework_id: str, done: bool
    ) -> Written:
        """Ticks or unticks homework.

        Nobody has captured the form of an entry: it is the object types' usual one.
        """
        keys = self.context(link, student).keys.own("homework", homework_id)
        if len(keys) != 1:
            raise InvalidId("homework has one key")
        await link.request(
            API,
            "POST",
            HOMEWORK_DONE,
            kind=RequestKind.WRITE,
            body=Body.of_json(
                {
                    "student_id": student.native[STUDENT],
                    "homeworks": [{"homeworks_id": keys[0], "is_done": done}],
                }
            ),
            template=HOMEWORK_DONE,
        )
        return Written(target=homework_id)
