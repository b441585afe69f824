"""Marks, single marks, and absences, which stand among the marks."""

from datetime import date
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidId, NotFound
from gateway.core.model.answer import DateRange
from gateway.core.model.base import Reference
from gateway_eljur.mapping.attendance import attendance_records
from gateway_eljur.mapping.clock import day_of, span
from gateway_eljur.mapping.context import Record
from gateway_eljur.mapping.marks import mark_records, place_of_subject
from gateway_eljur.reads.base import EljurBase, own_part
from gateway_eljur.routes import API, MARKS
from gateway_eljur.wire.base import Envelope, several
from gateway_eljur.wire.marks import Marks, SubjectMarks

_KEYS_OF_MARK: Final = 4


class MarkReads(EljurBase):
    """Marks and absences."""

    async def list_marks(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        start: date,
        end: date,
        subject_id: str | None = None,
    ) -> Reading:
        """Marks between two days, letters of absence among them."""
        context = self.context(link, student)
        if subject_id is not None:
            self.ids.key("subject", subject_id)
        records = [
            record
            for subject in await self.subject_marks(link, student, start, end)
            for record in mark_records(
                context, several(subject.marks), place=place_of_subject(subject)
            )
            if subject_id is None or _is_of(record, subject_id)
        ]
        return Reading(_between(records, start, end), covered=DateRange(start, end))

    async def get_mark(self, link: DiaryLink, student: StudentRef, *, mark_id: str) -> Reading:
        """One mark, found again among the marks of its day: the service shows no single ones.

        Raises:
            InvalidId: It is malformed.
            NotFound: It is gone, or another student's.
        """
        own, _, told, *_ = _mark_keys(self.ids.keys("mark", mark_id))
        day = day_of(told)
        if day is None:
            raise InvalidId("a mark has a date")
        if own != student.native["student"]:
            raise NotFound("it is a mark of another student")
        on = date.fromisoformat(day)
        marks = (await self.list_marks(link, student, start=on, end=on)).records
        found = [mark for mark in marks if isinstance(mark, dict) and mark["id"] == mark_id]
        if not found:
            raise NotFound("the diary no longer has the mark")
        return Reading({"mark": found[0]})

    async def list_attendance(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Absences and late arrivals between two days, from the letters among the marks."""
        context = self.context(link, student)
        records = [
            record
            for subject in await self.subject_marks(link, student, start, end)
            for record in attendance_records(
                context, several(subject.marks), place=place_of_subject(subject)
            )
        ]
        return Reading(_between(records, start, end), covered=DateRange(start, end))

    async def subject_marks(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> list[SubjectMarks]:
        """Every subject with its marks between two days; none where the service says nothing.

        Raises:
            AccessDenied: The answer is about others only.
        """
        told = await link.read(
            Envelope[Marks],
            API,
            MARKS,
            params={"student": student.native["student"], "days": span(start, end)},
            template=MARKS,
        )
        if told.result is None or told.result.students is None:
            return []
        return several(own_part(told.result.students, student).lessons)


def _between(records: list[Record], start: date, end: date) -> list[Record]:
    """Records of the days that were asked for, in the order of days."""
    first, last = start.isoformat(), end.isoformat()
    found = [record for record in records if first <= str(record["date"]) <= last]
    return sorted(found, key=lambda record: str(record["date"]))


def _is_of(record: Record, subject_id: str) -> bool:
    subject = record["subject"]
    return isinstance(subject, Reference) and subject.id == subject_id


def _mark_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Student, subject, date, index, and the place in the cell of a second value.

    Raises:
        InvalidId: There are other keys.
    """
    if not _KEYS_OF_MARK <= len(keys) <= _KEYS_OF_MARK + 1:
        raise InvalidId("a mark has a student, a subject, a date and an index")
    return keys
