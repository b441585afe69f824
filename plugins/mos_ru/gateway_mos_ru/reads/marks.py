"""Marks and single marks."""

from datetime import date
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.answer import DateRange
from gateway.core.model.base import Reference
from gateway_mos_ru.mapping.context import Record
from gateway_mos_ru.mapping.mark_details import details_record
from gateway_mos_ru.mapping.marks import mark_records
from gateway_mos_ru.mapping.periods import school_year_of
from gateway_mos_ru.reads.base import MosBase
from gateway_mos_ru.routes import API, MARK, MARKS, fill
from gateway_mos_ru.wire.marks import MarkDetails, Marks

_FIRST_MONTH: Final = 9


class MarkReads(MosBase):
    """Marks."""

    async def list_marks(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        start: date,
        end: date,
        subject_id: str | None = None,
    ) -> Reading:
        """Marks for lessons between two days of the running school year.

        For days before it the service answers with an empty list, which means nothing: they are
        not covered.
        """
        context = self.context(link, student)
        if subject_id is not None:
            self.ids.key("subject", subject_id)
        today = link.today(context.clock.zone.key)
        earliest = date(school_year_of(today), _FIRST_MONTH, 1)
        if end < earliest:
            link.note("$", "marks of past school years are not told by date")
            return Reading([], complete=False)
        told = await link.read(
            Marks,
            API,
            MARKS,
            params={
                "student_id": self.native(student, "student"),
                "from": start.isoformat(),
                "to": end.isoformat(),
            },
            template=MARKS,
        )
        records = mark_records(context, told.payload, today=today)
        first, last = start.isoformat(), end.isoformat()
        return Reading(
            [
                record
                for record in records
                if first <= str(record.get("date", first)) <= last
                and (subject_id is None or _is_of(record, subject_id))
            ],
            covered=DateRange(max(start, earliest), end),
            complete=start >= earliest,
        )

    async def get_mark(self, link: DiaryLink, student: StudentRef, *, mark_id: str) -> Reading:
        """One mark with teacher, lesson, history and the class's results.

        Raises:
            NotFound: It is a mark of the timetable to which the service gave no number.
        """
        context = self.context(link, student)
        keys = self.ids.keys("mark", mark_id)
        if len(keys) > 1:
            raise NotFound("the timetable told no number of this mark")
        told = await link.read(
            MarkDetails,
            API,
            fill(MARK, mark=keys[0]),
            params={"student_id": self.native(student, "student")},
            template=MARK,
        )
        record = details_record(context, told, link.today(context.clock.zone.key))
        if record is None:
            raise NotFound("the mark has no sign")
        return Reading(record)


def _is_of(record: Record, subject_id: str) -> bool:
    subject = record.get("subject")
    return isinstance(subject, Reference) and subject.id == subject_id
