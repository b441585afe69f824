"""Marks, and averages computed from them."""

from datetime import date, timedelta
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidId, NotFound
from gateway.core.model.answer import DateRange
from gateway.core.model.base import Reference
from gateway_gosuslugi.myschool.datamart.intervals import monday_of, week_keys
from gateway_gosuslugi.myschool.datamart.queries import MARKS, Query, asked
from gateway_gosuslugi.myschool.mapping.context import Record
from gateway_gosuslugi.myschool.mapping.marks import mark_records
from gateway_gosuslugi.myschool.mapping.people import STUDENT
from gateway_gosuslugi.myschool.mapping.results import result_records
from gateway_gosuslugi.myschool.reads.years import YearReads
from gateway_gosuslugi.myschool.wire.marks import Mark

ENTERED_AFTER: Final = timedelta(weeks=3)
"""How long after its lesson a mark is looked for: it is filed under the week of its entry."""

_MARK_KEYS: Final = frozenset({2, 3})


class MarkReads(YearReads):
    """Marks and standings."""

    async def list_marks(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        start: date,
        end: date,
        subject_id: str | None = None,
    ) -> Reading:
        """Marks for lessons between two days, ten weeks of entry to a request."""
        records = await self._marks(link, student, start, end)
        if subject_id is not None:
            records = [item for item in records if _subject_of(item) == subject_id]
        return Reading(records, covered=DateRange(start, end))

    async def get_mark(self, link: DiaryLink, student: StudentRef, *, mark_id: str) -> Reading:
        """One mark, out of the weeks in which it may have been entered."""
        context = self.context(link, student)
        keys = context.keys.own("mark", mark_id)
        told = context.clock.day(keys[0])
        if len(keys) not in _MARK_KEYS or told is None:
            raise InvalidId("a mark has a date and a key")
        day = date.fromisoformat(told)
        for record in await self._marks(link, student, day, day):
            if record["id"] == mark_id:
                return Reading({"mark": record})
        raise NotFound("the day has no such mark")

    async def list_subject_results(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """Averages by subject of a period, computed from its marks."""
        context = self.context(link, student)
        period = await self.period(link, student, period_id)
        start, end = (date.fromisoformat(str(period[name])) for name in ("start", "end"))
        marks = await self._marks(link, student, start, end)
        once = self.declaration.average_weighs_cell_once
        return Reading(result_records(context, marks, period, cells_weigh_once=once))

    def mark_queries(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> list[Query]:
        """What to ask for marks of lessons between two days: no mark was entered tomorrow."""
        present = monday_of(self.today(link, student)) + timedelta(days=6)
        last = max(end, min(end + ENTERED_AFTER, present))
        return asked(MARKS, student.native[STUDENT], week_keys(start, last))

    async def _marks(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> list[Record]:
        pool = await self.ask(link, student, self.mark_queries(link, student, start, end))
        marks = pool.records(MARKS, Mark, link.note)
        return mark_records(self.context(link, student), marks, start, end)


def _subject_of(record: Record) -> str | None:
    subject = record["subject"]
    return subject.id if isinstance(subject, Reference) else None
