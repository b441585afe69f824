"""Marks and single marks."""

from datetime import date

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.answer import DateRange
from gateway.core.model.base import Reference
from gateway_dnevnik_ru.mapping.bundle import Bundle
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.shares import histogram_records, share_records
from gateway_dnevnik_ru.reads.base import both, first_offered, native_or_none
from gateway_dnevnik_ru.reads.mark_sources import MarkSources
from gateway_dnevnik_ru.reads.timetable import DIARIES, TimetableReads, parts_of, within
from gateway_dnevnik_ru.routes import (
    API,
    APP_MARK,
    HISTOGRAM,
    MARK,
    MARKS,
    SCHEDULES,
    SUBJECT_MARKS,
    fill,
)
from gateway_dnevnik_ru.wire.marks import Histogram, Mark
from gateway_dnevnik_ru.wire.mobile_marks import MarkDetails

_TELLS = ("MarkDetails.distribution",)


class MarkReads(MarkSources, TimetableReads):
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
        """Marks for lessons between two days, of all subjects or of one."""
        context = self.context(link, student)
        subject = self.ids.key("subject", subject_id) if subject_id is not None else None
        own = MARKS if subject is None else SUBJECT_MARKS
        marks_alone = ((own, list[Mark]), (MARKS, list[Mark]))
        route = first_offered(link, (*marks_alone, *DIARIES))
        if route in {MARKS, SUBJECT_MARKS}:
            asked = subject if route == SUBJECT_MARKS else None
            template, path = self.marks_route(student, start, end, asked)
            marks, categories = await both(
                link,
                link.read(list[Mark], API, path, template=template),
                self.categories(link, student),
            )
            records = await self.dressed(link, student, context, marks, categories)
        elif route == SCHEDULES:
            records = Bundle(context, await self.schedule(link, student, start, end)).marks()
        else:
            days = await self._app_days(link, student, context, start, end)
            records = parts_of(days, "marks")
        if subject_id is not None:
            records = [item for item in records if _is_of(item, subject_id)]
        return Reading(within(records, start, end), covered=DateRange(start, end))

    async def get_mark(self, link: DiaryLink, student: StudentRef, *, mark_id: str) -> Reading:
        """One mark with the class's results, of the app's interface or else of the work."""
        context = self.context(link, student)
        number = self.ids.key("mark", mark_id)
        mark, details = await both(
            link,
            link.read(Mark, API, fill(MARK, mark=number), template=MARK),
            self._mark_details(link, student, context, number),
        )
        categories = await self.categories(link, student)
        records = await self.dressed(link, student, context, [mark], categories)
        if not records:
            raise NotFound("it is the result of a period, not a mark")
        record: Record = {"mark": records[0]}
        shares = await self._shares(link, mark, details)
        if shares:
            record["distribution"] = shares
        return Reading(record)

    async def _mark_details(
        self, link: DiaryLink, student: StudentRef, context: MapContext, number: str
    ) -> MarkDetails | None:
        group = native_or_none(student, "group")
        if group is None:
            return None
        path = fill(
            APP_MARK,
            version=self.version(link),
            person=context.person,
            group=group,
            mark=number,
        )
        return await link.enrich(MarkDetails, API, path, template=APP_MARK, tells=_TELLS)

    async def _shares(
        self, link: DiaryLink, mark: Mark, details: MarkDetails | None
    ) -> list[Record]:
        if details is not None and details.categories:
            return share_records(details.categories, mark.number or 0)
        if mark.work is None:
            return []
        path = fill(HISTOGRAM, work=mark.work)
        told = await link.enrich(Histogram, API, path, template=HISTOGRAM, tells=_TELLS)
        return histogram_records(told, mark.number or 0) if told is not None else []


def _is_of(record: Record, subject_id: str) -> bool:
    subject = record.get("subject")
    return not isinstance(subject, Reference) or subject.id == subject_id
