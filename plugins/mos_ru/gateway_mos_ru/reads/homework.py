"""Homework, its files, and its ticks."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from gateway.core.contract.adapter import AttachmentSource
from gateway.core.contract.link import DiaryLink, Params
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import StudentRef
from gateway.core.errors import BadResponse, InvalidId, NotSupported, Text
from gateway.core.model.answer import DateRange
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import RequestKind
from gateway_mos_ru.mapping.files import place_of
from gateway_mos_ru.mapping.homework import homework_records, lesson_homework_records
from gateway_mos_ru.mapping.lessons import LESSON_SOURCES, placed_events
from gateway_mos_ru.reads.calendar import CalendarReads
from gateway_mos_ru.routes import API, EVENTS, HOMEWORK_DONE, HOMEWORKS, fill
from gateway_mos_ru.wire.base import Payload
from gateway_mos_ru.wire.events import Events
from gateway_mos_ru.wire.homework import Done, Homework

_OF_LESSON: Final = "lesson"
_NO_TICK: Final = Text(
    "Дневник рассказал об этом задании только в расписании, поэтому отметить его нельзя.",
    "The diary told of this homework in the timetable only, so it cannot be ticked.",
)


class HomeworkReads(CalendarReads):
    """Homework."""

    async def list_homework(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Homework due between two days; offline, a captured timetable tells its texts too."""
        context = self.context(link, student)
        if not link.offers(HOMEWORKS, Payload[Homework]) and link.offers(EVENTS, Events):
            told = await self.events(link, student, start, end, LESSON_SOURCES, expanded=True)
            placed = placed_events(context, told.response or ())
            records = lesson_homework_records(context, placed, ())
            for record in records:
                record.pop("lesson_id")  # which the list never tells
        else:
            homeworks = await link.read(
                Payload[Homework],
                API,
                HOMEWORKS,
                params=self._between(student, start, end),
                template=HOMEWORKS,
            )
            records = homework_records(context, homeworks.payload or ())
        first, last = start.isoformat(), end.isoformat()
        due = [item for item in records if first <= str(item.get("due_on", first)) <= last]
        return Reading(due, covered=DateRange(start, end))

    async def homeworks_if_any(
        self, link: DiaryLink, student: StudentRef, start: date, end: date, tells: Sequence[str]
    ) -> list[Homework] | None:
        """The list of homework beside another answer; None where it cannot be had."""
        told = await link.enrich(
            Payload[Homework],
            API,
            HOMEWORKS,
            tells=tells,
            params=self._between(student, start, end),
            template=HOMEWORKS,
        )
        return (told.payload or []) if told is not None else None

    async def set_homework_done(
        self, link: DiaryLink, student: StudentRef, *, homework_id: str, done: bool
    ) -> Written:
        """Ticks or unticks homework.

        Raises:
            NotSupported: The homework has no number of its own.
            BadResponse: The service did not confirm it.
        """
        keys = self.ids.keys("homework", homework_id)
        if keys[0] == _OF_LESSON:
            raise NotSupported("homework of a lesson has no tick", text=_NO_TICK)
        number, *kind = keys
        if len(kind) > 1:
            raise InvalidId("a piece of homework has a number and at most a kind")
        answer = await link.request(
            API,
            "POST" if done else "DELETE",
            fill(HOMEWORK_DONE, homework=number),
            kind=RequestKind.WRITE,
            params={"type": kind[0]} if kind else None,
            template=HOMEWORK_DONE,
        )
        # Some successful writes have an empty body (protocol notes 5).
        if answer.body.strip() and decode(answer, Done, link.note).success is False:
            raise BadResponse("the service did not take the tick")
        return Written(target=homework_id)

    def open_attachment(
        self, link: DiaryLink, student: StudentRef, *, attachment_id: str
    ) -> AttachmentSource:
        """A file at one of the service's own hosts.

        Raises:
            InvalidId: It names no file.
        """
        place = place_of(self.ids.keys("file", attachment_id))
        if place is None or place.role not in self.instance.hosts:
            raise InvalidId("the identifier names no file of this diary")
        return AttachmentSource(
            place.role, place.path, place.params, name=place.path.rpartition("/")[2] or "file"
        )

    def _between(self, student: StudentRef, start: date, end: date) -> Params:
        return {
            "student_id": self.native(student, "student"),
            "from": start.isoformat(),
            "to": end.isoformat(),
        }
