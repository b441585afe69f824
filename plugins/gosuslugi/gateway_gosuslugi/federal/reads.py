"""Captured documents of the published contract, in place of the portal's own data (notes 4.5).

Online the portal is always asked: nobody is known to serve such documents.
"""

from datetime import date
from typing import Final

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.ids import Ids
from gateway.core.model.answer import DateRange
from gateway_gosuslugi.federal.reading import Reader
from gateway_gosuslugi.federal.wire import Schedule

SCHEDULE: Final = "Schedule/{esiaId}"
_PORTAL_DATA: Final = "api/myschool/v1/datamart"


class PublishedReads(Adapter):
    """What a captured `Schedule` tells; stands before the classes that ask the portal."""

    async def get_school(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The student's school."""
        reader = await self._published(link, student)
        if reader is None:
            return await super().get_school(link, student)
        return Reading(reader.school())

    async def list_class_groups(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Class and subgroups."""
        reader = await self._published(link, student)
        if reader is None:
            return await super().list_class_groups(link, student)
        return Reading(reader.groups())

    async def get_week(self, link: DiaryLink, student: StudentRef, *, monday: date) -> Reading:
        """Everything of seven days, from a Monday."""
        reader = await self._published(link, student)
        if reader is None:
            return await super().get_week(link, student, monday=monday)
        return Reading(reader.week(monday))

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Timetable between two days."""
        reader = await self._published(link, student)
        if reader is None:
            return await super().list_lessons(link, student, start=start, end=end)
        return Reading(reader.lessons(start, end), covered=DateRange(start, end))

    async def list_homework(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Homework due between two days."""
        reader = await self._published(link, student)
        if reader is None:
            return await super().list_homework(link, student, start=start, end=end)
        return Reading(reader.homework(start, end), covered=DateRange(start, end))

    async def list_marks(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        start: date,
        end: date,
        subject_id: str | None = None,
    ) -> Reading:
        """Marks for lessons between two days."""
        reader = await self._published(link, student)
        if reader is None:
            return await super().list_marks(
                link, student, start=start, end=end, subject_id=subject_id
            )
        return Reading(reader.marks(start, end), covered=DateRange(start, end))

    async def list_attendance(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Absences and the like between two days."""
        reader = await self._published(link, student)
        if reader is None:
            return await super().list_attendance(link, student, start=start, end=end)
        return Reading(reader.attendance(start, end), covered=DateRange(start, end))

    async def _published(self, link: DiaryLink, student: StudentRef) -> Reader | None:
        """A reader where a captured document is all there is."""
        if link.offers(_PORTAL_DATA) or not link.offers(SCHEDULE, Schedule):
            return None
        document = await link.read(Schedule, "api", "/Schedule/0", template=SCHEDULE)
        ids = Ids(self.declaration.name, self.instance.key)
        return Reader(ids, link.zone_of(student), document, link.note)
