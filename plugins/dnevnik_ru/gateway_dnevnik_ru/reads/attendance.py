"""Attendance and teachers' comments."""

from collections.abc import Iterable
from datetime import date

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.model.answer import DateRange
from gateway_dnevnik_ru.mapping.attendance import Note, attendance_records, notes_of_log
from gateway_dnevnik_ru.mapping.bundle import Bundle
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.references import app_subject
from gateway_dnevnik_ru.mapping.remarks import app_remark_records, log_remark_records
from gateway_dnevnik_ru.reads.base import both, first_offered, native_or_none
from gateway_dnevnik_ru.reads.timetable import APP_DIARIES, TimetableReads, parts_of, within
from gateway_dnevnik_ru.routes import (
    API,
    LOG_ENTRIES,
    SCHEDULES,
    fill,
    whole_days,
)
from gateway_dnevnik_ru.wire.attendance import LogEntries
from gateway_dnevnik_ru.wire.mobile_diary import DiaryLesson
from gateway_dnevnik_ru.wire.schedule import Schedule

_SOURCES = ((LOG_ENTRIES, LogEntries), (SCHEDULES, Schedule))


class AttendanceReads(TimetableReads):
    """What was noted about the student at lessons."""

    async def list_attendance(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Absences, illness and lateness; a lesson without a note was attended."""
        context = self.context(link, student)
        notes = await self._notes(link, student, context, start, end)
        records = within(attendance_records(context, notes), start, end)
        records.sort(key=_by_lesson)
        return Reading(records, covered=DateRange(start, end))

    async def list_remarks(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Comments in the notes about attendance and, for two weeks at most, beside lessons."""
        context = self.context(link, student)
        if first_offered(link, (*_SOURCES, *APP_DIARIES)) not in {LOG_ENTRIES, SCHEDULES}:
            days = await self._app_days(link, student, context, start, end)
            return Reading(parts_of(days, "remarks"), covered=DateRange(start, end))
        if native_or_none(student, "group") is not None:
            notes, told = await both(
                link,
                self._notes(link, student, context, start, end),
                self.app_lessons(link, student, start, end, ("Remark.author",)),
            )
        else:
            notes, told = await self._notes(link, student, context, start, end), None
        records = log_remark_records(context, notes)
        if told:
            placed = _placed(context, told.values())
            records += app_remark_records(context, told, placed, records)
        records.sort(key=lambda record: (str(record["date"]), str(record["id"])))
        return Reading(within(records, start, end), covered=DateRange(start, end))

    async def _notes(
        self,
        link: DiaryLink,
        student: StudentRef,
        context: MapContext,
        start: date,
        end: date,
    ) -> list[Note]:
        if first_offered(link, _SOURCES) == SCHEDULES:
            return Bundle(context, await self.schedule(link, student, start, end)).notes()
        path = fill(LOG_ENTRIES, person=context.person)
        log = await link.read(
            LogEntries, API, path, params=whole_days(start, end), template=LOG_ENTRIES
        )
        return notes_of_log(context, log)


def _by_lesson(record: Record) -> tuple[str, int, str]:
    number = record.get("lesson_number")
    return str(record["date"]), number if isinstance(number, int) else 99, str(record["id"])


def _placed(context: MapContext, lessons: Iterable[DiaryLesson]) -> dict[int, PlacedLesson]:
    """Lessons of the app's diary by the day on which they begin."""
    placed: dict[int, PlacedLesson] = {}
    for lesson in lessons:
        day = context.clock.day(lesson.start_date_time)
        if lesson.id is not None and day is not None:
            subject = app_subject(context, lesson.subject)
            placed[lesson.id] = PlacedLesson(day, lesson.number, subject)
    return placed
