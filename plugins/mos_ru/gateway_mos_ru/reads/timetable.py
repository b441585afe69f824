"""Weeks, lessons and events."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidId, NotFound
from gateway.core.model.answer import DateRange
from gateway_mos_ru.mapping.attendance import is_missed
from gateway_mos_ru.mapping.context import Record
from gateway_mos_ru.mapping.events import EVENT_SOURCES, event_records
from gateway_mos_ru.mapping.keys import PLAN_SOURCES
from gateway_mos_ru.mapping.lessons import (
    LESSON_SOURCES,
    placed_events,
    single_lesson_record,
    told_of_days,
)
from gateway_mos_ru.mapping.weeks import day_records
from gateway_mos_ru.reads.base import both, within
from gateway_mos_ru.reads.homework import HomeworkReads
from gateway_mos_ru.routes import API, LESSON, fill
from gateway_mos_ru.wire.events import Event
from gateway_mos_ru.wire.schedule import LessonDetails

_DAYS_TELL: Final = ("Lesson.number", "Lesson.teachers")
_HOMEWORK_TELLS: Final = ("Homework.is_done", "Homework.submission", "Homework.attachments")
_PLAN: Final = "OO"
_WEEK: Final = 7


class TimetableReads(HomeworkReads):
    """The diary week, the timetable, single lessons, and what is no lesson."""

    async def get_week(self, link: DiaryLink, student: StudentRef, *, monday: date) -> Reading:
        """Everything of seven days.

        One request tells lessons, marks and the texts of homework, another what is done and
        attached; each day with lessons has one of its own for their numbers and teachers. Names of
        reasons are asked only where something was missed.
        """
        context = self.context(link, student)
        sunday = monday + timedelta(days=6)
        told, homeworks = await both(
            link,
            self.events(link, student, monday, sunday, LESSON_SOURCES, expanded=True),
            self.homeworks_if_any(link, student, monday, sunday, _HOMEWORK_TELLS),
        )
        events = told.response or []
        schedules, reasons = await both(
            link,
            self.day_schedules(link, student, _days(events, monday, sunday), _DAYS_TELL),
            self._reasons_if_missed(link, events),
        )
        records = day_records(
            context,
            events,
            homeworks,
            told_of_days(context, schedules),
            reasons,
            today=self.today(link, student),
        )
        week: Record = {
            "start": monday.isoformat(),
            "end": sunday.isoformat(),
            "days": within(records, monday, sunday),
        }
        return Reading(week, covered=DateRange(monday, sunday))

    async def _reasons_if_missed(self, link: DiaryLink, events: Iterable[Event]) -> dict[int, str]:
        """Names of reasons of absence, asked only where something was missed."""
        if not any(is_missed(event) for event in events):
            return {}
        return await self.absence_reasons(link, "AttendanceRecord.reason")

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """The timetable in one request, and one for each day's numbers and teachers.

        The days are asked for ranges of a week at most: longer ones leave both unloaded.
        """
        context = self.context(link, student)
        told = await self.events(link, student, start, end, LESSON_SOURCES)
        events = told.response or []
        days = _days(events, start, end) if (end - start).days < _WEEK else []
        schedules = await self.day_schedules(link, student, days, _DAYS_TELL)
        placed = placed_events(context, events, told_of_days(context, schedules))
        records = [item.record for item in placed]
        return Reading(within(records, start, end), covered=DateRange(start, end))

    async def get_lesson(self, link: DiaryLink, student: StudentRef, *, lesson_id: str) -> Reading:
        """One lesson with teacher, topic, comment and materials."""
        context = self.context(link, student)
        number, source = _lesson_keys(self.ids.keys("lesson", lesson_id))
        lesson = await link.read(
            LessonDetails,
            API,
            fill(LESSON, lesson=number),
            params={
                "student_id": self.native(student, "student"),
                "person_id": context.person,
                "type": source,
            },
            template=LESSON,
        )
        day = context.clock.day(lesson.date)
        if day is None:
            raise NotFound("the lesson has no date")
        kind = lesson.lesson_education_type or source
        return Reading(single_lesson_record(context, lesson, day, kind))

    async def list_events(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Contests, olympiads, meetings and the like."""
        context = self.context(link, student)
        told = await self.events(link, student, start, end, EVENT_SOURCES)
        records = event_records(context, told.response or (), start, end)
        return Reading(records, covered=DateRange(start, end))


def _days(events: Iterable[Event], start: date, end: date) -> list[date]:
    """The days of a range on which the study plan has lessons."""
    days = {
        (event.start_at or "")[:10]
        for event in events
        if (event.source or "").upper() in PLAN_SOURCES
    }
    span = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
    return [day for day in span if day.isoformat() in days]


def _lesson_keys(keys: tuple[str, ...]) -> tuple[str, str]:
    """Number and kind of a lesson.

    Raises:
        InvalidId: They are no keys of a lesson.
    """
    number, *source = keys
    if len(source) > 1:
        raise InvalidId("a lesson has a number and at most a kind")
    return number, source[0] if source else _PLAN
