"""Weeks and lessons."""

from datetime import date, timedelta

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.answer import DateRange
from gateway_dnevnik_ru.mapping.app_diary import day_records
from gateway_dnevnik_ru.mapping.bundle import Bundle
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.lessons import AppLessons, single_lesson_record
from gateway_dnevnik_ru.mapping.timetable import DatedDays
from gateway_dnevnik_ru.reads.base import Route, both, first_offered, native_or_none
from gateway_dnevnik_ru.reads.diary import DiaryAccess
from gateway_dnevnik_ru.routes import (
    API,
    APP_DIARY,
    APP_DIARY_10,
    APP_LESSON,
    LESSON,
    SCHEDULES,
    fill,
)
from gateway_dnevnik_ru.wire.mobile_diary import LessonDetails, MobileDiary
from gateway_dnevnik_ru.wire.schedule import Lesson, Schedule

WEEK_TELLS = (
    "Lesson.comment",
    "Lesson.group",
    "Homework.is_done",
    "Homework.is_submission_required",
)
_DETAILS_TELL = ("Lesson.starts_at", "Lesson.ends_at", "Lesson.comment", "Lesson.attachments")
APP_DIARIES: tuple[Route, ...] = ((APP_DIARY, MobileDiary), (APP_DIARY_10, MobileDiary))
DIARIES: tuple[Route, ...] = ((SCHEDULES, Schedule), *APP_DIARIES)


class TimetableReads(DiaryAccess):
    """The diary week, the timetable and single lessons."""

    async def get_week(self, link: DiaryLink, student: StudentRef, *, monday: date) -> Reading:
        """Everything of seven days; the app's diary adds cancellations, ticks and comments."""
        context = self.context(link, student)
        sunday = monday + timedelta(days=6)
        if first_offered(link, DIARIES) != SCHEDULES:
            days = await self._app_days(link, student, context, monday, sunday)
        else:
            schedule, told = await both(
                link,
                self.schedule(link, student, monday, sunday),
                self.app_lessons(link, student, monday, sunday, WEEK_TELLS),
            )
            days = _days(context, schedule, told, monday, sunday)
        week: Record = {"start": monday.isoformat(), "end": sunday.isoformat(), "days": days}
        return Reading(week, covered=DateRange(monday, sunday))

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """The timetable, in one request."""
        context = self.context(link, student)
        if first_offered(link, DIARIES) != SCHEDULES:
            days = await self._app_days(link, student, context, start, end)
            records = parts_of(days, "lessons")
        else:
            told = await self.timetable(link, student, start, end)
            records = DatedDays(context, told.days).lessons()
        return Reading(within(records, start, end), covered=DateRange(start, end))

    async def get_lesson(self, link: DiaryLink, student: StudentRef, *, lesson_id: str) -> Reading:
        """One lesson; the app's interface adds clock times, room, comment and files."""
        context = self.context(link, student)
        number = self.ids.key("lesson", lesson_id)
        lesson, details = await both(
            link,
            link.read(Lesson, API, fill(LESSON, lesson=number), template=LESSON),
            self._lesson_details(link, student, context, number),
        )
        day = context.clock.day(lesson.date)
        if day is None:
            raise NotFound("the lesson has no date")
        return Reading(single_lesson_record(context, lesson, day, details))

    async def _lesson_details(
        self, link: DiaryLink, student: StudentRef, context: MapContext, number: str
    ) -> LessonDetails | None:
        group = native_or_none(student, "group")
        if group is None:
            return None
        path = fill(
            APP_LESSON,
            version=self.version(link),
            person=context.person,
            group=group,
            lesson=number,
        )
        return await link.enrich(LessonDetails, API, path, template=APP_LESSON, tells=_DETAILS_TELL)

    async def _app_days(
        self,
        link: DiaryLink,
        student: StudentRef,
        context: MapContext,
        start: date,
        end: date,
    ) -> list[Record]:
        """Days from the app's diary alone."""
        monday = start - timedelta(days=start.weekday())
        diary = await self.app_diary(link, student, monday)
        return within(list(day_records(context, diary)), start, end)


def within(records: list[Record], start: date, end: date) -> list[Record]:
    """The records of a range, both days included; what has no date stays."""
    first, last = start.isoformat(), end.isoformat()
    return [record for record in records if first <= str(record.get("date", first)) <= last]


def parts_of(days: list[Record], name: str) -> list[Record]:
    """One kind of record of all days."""
    found: list[Record] = []
    for day in days:
        part = day.get(name)
        if isinstance(part, list):
            found += part
    return found


def _days(
    context: MapContext, schedule: Schedule, told: AppLessons | None, start: date, end: date
) -> list[Record]:
    bundle = Bundle(context, schedule)
    days = within(list(bundle.day_records(told)), start, end)
    return sorted(days, key=lambda record: str(record["date"]))
