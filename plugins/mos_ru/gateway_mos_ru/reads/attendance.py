"""Attendance, notices of absence and the parent's signature under a week."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidRequest, NotFound, NotSupported, Text
from gateway.core.model.answer import DateRange
from gateway.core.wire.request import Body, RequestKind
from gateway_mos_ru.mapping.attendance import attendance_records
from gateway_mos_ru.mapping.context import MapContext
from gateway_mos_ru.mapping.lessons import LESSON_SOURCES, DayTold, placed_events, told_of_days
from gateway_mos_ru.mapping.notices import (
    announced_lessons,
    notice_id,
    notice_records,
    reason_of,
)
from gateway_mos_ru.reads.base import both, within
from gateway_mos_ru.reads.events import EventAccess
from gateway_mos_ru.routes import (
    ABSENCE_NOTICE,
    ABSENCE_NOTICES,
    ABSENCE_REASONS,
    API,
    ATTENDANCE,
    AWARE,
)
from gateway_mos_ru.wire.attendance import AbsenceReason, Absences, AbsentDay

_LONGEST_NOTICE: Final = 93
"""Days of one notice: a summer. Each day travels as a record of its own."""

_NEEDS_PARENT: Final = Text(
    "Войдите как родитель: подписать неделю может только он.",
    "Sign in as a parent: only they can sign a week.",
)


class AttendanceReads(EventAccess):
    """Who was where, and what the family says to it."""

    async def list_attendance(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Missed lessons; a lesson without a note was attended."""
        context = self.context(link, student)
        told, reasons = await both(
            link,
            self.events(link, student, start, end, LESSON_SOURCES, expanded=True),
            self.absence_reasons(link, "AttendanceRecord.reason"),
        )
        lessons = placed_events(context, told.response or ())
        records = attendance_records(context, lessons, reasons)
        return Reading(within(records, start, end), covered=DateRange(start, end))

    async def list_absence_notices(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """What parents announced, a notice for each day."""
        context = self.context(link, student)
        told, reasons = await both(
            link,
            link.read(
                Absences,
                API,
                ATTENDANCE,
                params={
                    "student_id": self.native(student, "student"),
                    "from": start.isoformat(),
                    "to": end.isoformat(),
                },
                template=ATTENDANCE,
            ),
            self.absence_reasons(link, "AbsenceNotice.reason"),
        )
        days = told.attendance or []
        timetables = await self._timetables(link, student, context, days)
        records = notice_records(context, days, reasons, timetables)
        first, last = start.isoformat(), end.isoformat()
        return Reading(
            [record for record in records if first <= str(record["start"]) <= last],
            covered=DateRange(start, end),
        )

    async def create_absence_notice(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        start: date,
        end: date,
        lessons: Sequence[int] = (),
        reason: str | None = None,
        comment: str | None = None,
    ) -> Written:
        """Announces an absence for days, or for lessons of one day.

        Args:
            link: The way to the service.
            student: Who will be absent.
            start: First day.
            end: Last day.
            lessons: Numbers of the lessons; none for whole days.
            reason: Name or number of a reason that the service offers to parents.
            comment: Words of the parent.

        Raises:
            InvalidRequest: The days, the lessons or the reason are none that can be announced.
        """
        context = self.context(link, student)
        days = _days(start, end)
        if lessons and len(days) > 1:
            raise InvalidRequest("lessons can be announced for one day only")
        number = None if reason is None else reason_of(await self._offered_reasons(link), reason)
        spans: Sequence[tuple[str | None, str | None]] = ((None, None),)
        if lessons:
            spans = await self._spans(link, student, context, start, lessons)
        notices = [
            {
                "date": day,
                "reason_id": number,
                "description": comment or "",
                "bell_id": None,
                "begin_time": begins,
                "end_time": ends,
                "lesson_education_type": None,
            }
            for day in days
            for begins, ends in spans
        ]
        await link.request(
            API,
            "POST",
            ABSENCE_NOTICE,
            kind=RequestKind.WRITE,
            body=Body.of_json({"student_id": self._number(student), "notifications": notices}),
            template=ABSENCE_NOTICE,
        )
        return Written(created=notice_id(context, days[0]))

    async def cancel_absence_notice(
        self, link: DiaryLink, student: StudentRef, *, notice_id: str
    ) -> Written:
        """Takes the notice of one day back.

        Raises:
            NotFound: It is another student's.
        """
        context = self.context(link, student)
        person, day = self.ids.keys("notice", notice_id, count=2)
        if person != context.person:
            raise NotFound("it is a notice of another student")
        body = {"student_id": self._number(student), "notifications": [{"date": day}]}
        await link.request(
            API,
            "DELETE",
            ABSENCE_NOTICES,
            kind=RequestKind.WRITE,
            body=Body.of_json(body),
            template=ABSENCE_NOTICES,
        )
        return Written(target=notice_id)

    async def acknowledge_week(
        self, link: DiaryLink, student: StudentRef, *, monday: date
    ) -> Written:
        """The parent's signature: that they have read the diary of a week.

        Raises:
            NotSupported: The session does not know whose profile signs.
        """
        profile = link.session.data.get("profile_id", "")
        if not profile.isdigit():
            raise NotSupported("the session has no number of a profile", text=_NEEDS_PARENT)
        body = {
            "parent_profile_id": int(profile),
            "student_profile_id": self._number(student),
            "week": monday.isoformat(),
        }
        await link.request(
            API,
            "POST",
            AWARE,
            kind=RequestKind.WRITE,
            body=Body.of_json(body),
            template=AWARE,
        )
        return Written()

    async def _offered_reasons(self, link: DiaryLink) -> list[AbsenceReason]:
        return await link.read(list[AbsenceReason], API, ABSENCE_REASONS, template=ABSENCE_REASONS)

    async def _timetables(
        self,
        link: DiaryLink,
        student: StudentRef,
        context: MapContext,
        days: Sequence[AbsentDay],
    ) -> dict[str, dict[str, int]]:
        """Numbers of lessons by day, for days with announced lessons: are they all of the day?"""
        told = [context.clock.day(item.date) for item in days if announced_lessons(item)]
        dates = [day for day in told if day is not None]
        schedules = await self.day_schedules(
            link, student, [date.fromisoformat(day) for day in dates], ("AbsenceNotice.lessons",)
        )
        return {
            day: _numbers(told_of_days(context, [schedule]))
            for day, schedule in zip(dates, schedules, strict=True)
        }

    async def _spans(
        self,
        link: DiaryLink,
        student: StudentRef,
        context: MapContext,
        day: date,
        lessons: Sequence[int],
    ) -> list[tuple[str | None, str | None]]:
        """Begin and end of the numbered lessons of a day, as `HH:MM`.

        Raises:
            InvalidRequest: The timetable has no lesson of such a number.
        """
        told, events = await both(
            link,
            self.day_schedules(link, student, [day], ("AbsenceNotice.lessons",)),
            self.events(link, student, day, day, LESSON_SOURCES),
        )
        numbers = _numbers(told_of_days(context, told))
        spans = {
            numbers[str(record["id"])]: (_clock(record["starts_at"]), _clock(record.get("ends_at")))
            for _, record in placed_events(context, events.response or ())
            if str(record["id"]) in numbers
        }
        unknown = sorted(set(lessons) - spans.keys())
        if unknown:
            raise InvalidRequest(f"the timetable of the day has no lesson {unknown[0]}")
        return [spans[number] for number in sorted(set(lessons))]

    def _number(self, student: StudentRef) -> int | str:
        number = self.native(student, "student")
        return int(number) if number.isdigit() else number


def _numbers(told: Mapping[str, DayTold]) -> dict[str, int]:
    return {key: item.number for key, item in told.items() if item.number is not None}


def _clock(moment: object) -> str | None:
    """`HH:MM` of a moment in the school's time."""
    return None if moment is None else str(moment)[11:16]


def _days(start: date, end: date) -> list[str]:
    """Every day of a notice.

    Raises:
        InvalidRequest: It ends before it starts, or lasts longer than any summer.
    """
    count = (end - start).days + 1
    if not 1 <= count <= _LONGEST_NOTICE:
        raise InvalidRequest(f"a notice is for 1 to {_LONGEST_NOTICE} days")
    return [(start + timedelta(days=offset)).isoformat() for offset in range(count)]
