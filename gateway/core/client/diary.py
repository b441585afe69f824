"""One student's diary."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Unpack

from gateway.core.client.options import CallOptions
from gateway.core.contract.capability import Capability, SupportInfo
from gateway.core.model import (
    AbsenceNotice,
    AcademicPeriod,
    Announcement,
    Answer,
    AttendanceRecord,
    BagWeight,
    BellSchedule,
    CalendarSpan,
    ClassGroup,
    ClassRank,
    CurriculumItem,
    DayRegime,
    DiaryWeek,
    EntryEvent,
    FinalGrade,
    Guardian,
    Homework,
    Lesson,
    Mark,
    MarkDetails,
    Meal,
    MealAccount,
    Message,
    MessageFolder,
    NewsItem,
    Notification,
    Person,
    PortfolioItem,
    Receipt,
    Recipient,
    Remark,
    School,
    SchoolEvent,
    SchoolYear,
    Subject,
    SubjectResult,
    Teacher,
    TrustedPerson,
)

if TYPE_CHECKING:
    from gateway.core.client.attachments import Download
    from gateway.core.client.caller import Caller


class AsyncDiary:
    """Reads and writes one student's diary on behalf of one account.

    Dates are local to the school and ranges include both ends. Every method raises only errors
    of the one error tree; a capability that the provider lacks raises `NotSupported` before
    anything is sent. All reads take the options of `CallOptions`.
    """

    def __init__(self, caller: "Caller", account: str, student_id: str) -> None:
        self._caller = caller
        self.account = account
        self.student_id = student_id

    def supports(self, capability: Capability) -> SupportInfo:
        """What this diary says of a capability; never sends."""
        return self._caller.supports(capability, self.account, self.student_id)

    async def today(self) -> date:
        """Today at the school."""
        return await self._caller.today(self.account, self.student_id)

    # Reads.

    async def get_school(self, **options: Unpack[CallOptions]) -> Answer[School]:
        """The student's school."""
        return await self._read("get_school", options)

    async def list_class_groups(
        self, **options: Unpack[CallOptions]
    ) -> Answer[tuple[ClassGroup, ...]]:
        """Class and subgroups."""
        return await self._read("list_class_groups", options)

    async def list_subjects(self, **options: Unpack[CallOptions]) -> Answer[tuple[Subject, ...]]:
        """Subjects of the class."""
        return await self._read("list_subjects", options)

    async def list_teachers(self, **options: Unpack[CallOptions]) -> Answer[tuple[Teacher, ...]]:
        """Teachers of the class."""
        return await self._read("list_teachers", options)

    async def list_classmates(self, **options: Unpack[CallOptions]) -> Answer[tuple[Person, ...]]:
        """Students of the class."""
        return await self._read("list_classmates", options)

    async def list_guardians(self, **options: Unpack[CallOptions]) -> Answer[tuple[Guardian, ...]]:
        """Legal representatives."""
        return await self._read("list_guardians", options)

    async def list_trusted_persons(
        self, **options: Unpack[CallOptions]
    ) -> Answer[tuple[TrustedPerson, ...]]:
        """Trusted persons."""
        return await self._read("list_trusted_persons", options)

    async def list_school_years(
        self, **options: Unpack[CallOptions]
    ) -> Answer[tuple[SchoolYear, ...]]:
        """School years that can be read."""
        return await self._read("list_school_years", options)

    async def list_periods(
        self, *, school_year: int | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[AcademicPeriod, ...]]:
        """Academic periods of a school year, the current one for None."""
        return await self._read("list_periods", options, school_year=school_year)

    async def list_calendar(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[CalendarSpan, ...]]:
        """Breaks, holidays and moved days between two days."""
        return await self._read("list_calendar", options, start=start, end=end)

    async def get_bell_schedule(self, **options: Unpack[CallOptions]) -> Answer[BellSchedule]:
        """Bells of the class or school."""
        return await self._read("get_bell_schedule", options)

    async def get_day_regime(self, on: date, **options: Unpack[CallOptions]) -> Answer[DayRegime]:
        """Regime of one day."""
        return await self._read("get_day_regime", options, on=on)

    async def get_week(
        self, on: date | None = None, **options: Unpack[CallOptions]
    ) -> Answer[DiaryWeek]:
        """The diary of the week that contains a day, today for None."""
        day = on if on is not None else await self.today()
        return await self._read("get_week", options, monday=day - timedelta(days=day.weekday()))

    async def list_lessons(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Lesson, ...]]:
        """Timetable between two days."""
        return await self._read("list_lessons", options, start=start, end=end)

    async def get_lesson(self, lesson_id: str, **options: Unpack[CallOptions]) -> Answer[Lesson]:
        """One lesson with what only a look at it tells."""
        return await self._read("get_lesson", options, lesson_id=lesson_id)

    async def list_homework(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Homework, ...]]:
        """Homework due between two days."""
        return await self._read("list_homework", options, start=start, end=end)

    async def list_marks(
        self,
        start: date,
        end: date,
        *,
        subject_id: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Answer[tuple[Mark, ...]]:
        """Marks for lessons between two days."""
        return await self._read("list_marks", options, start=start, end=end, subject_id=subject_id)

    async def get_mark(self, mark_id: str, **options: Unpack[CallOptions]) -> Answer[MarkDetails]:
        """One mark with its history and the class's results."""
        return await self._read("get_mark", options, mark_id=mark_id)

    async def list_subject_results(
        self, *, period_id: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[SubjectResult, ...]]:
        """Averages by subject in a period, the current one for None."""
        return await self._read("list_subject_results", options, period_id=period_id)

    async def list_final_grades(
        self, *, school_year: int | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[FinalGrade, ...]]:
        """Results of periods, year and exams."""
        return await self._read("list_final_grades", options, school_year=school_year)

    async def list_class_ranks(
        self, *, period_id: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[ClassRank, ...]]:
        """Places in the class."""
        return await self._read("list_class_ranks", options, period_id=period_id)

    async def list_attendance(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[AttendanceRecord, ...]]:
        """Absences and the like between two days."""
        return await self._read("list_attendance", options, start=start, end=end)

    async def list_absence_notices(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[AbsenceNotice, ...]]:
        """Notices of absence between two days."""
        return await self._read("list_absence_notices", options, start=start, end=end)

    async def list_remarks(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Remark, ...]]:
        """Remarks and commendations between two days."""
        return await self._read("list_remarks", options, start=start, end=end)

    async def list_messages(
        self,
        *,
        folder: MessageFolder = MessageFolder.INBOX,
        cursor: str | None = None,
        search: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Answer[tuple[Message, ...]]:
        """One page of a folder."""
        return await self._read(
            "list_messages", options, folder=folder, cursor=cursor, search=search
        )

    async def get_message(self, message_id: str, **options: Unpack[CallOptions]) -> Answer[Message]:
        """One message whole; may mark it as read at the provider."""
        return await self._read("get_message", options, message_id=message_id)

    async def list_recipients(
        self, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Recipient, ...]]:
        """Who may be written to."""
        return await self._read("list_recipients", options)

    async def list_announcements(
        self, *, cursor: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Announcement, ...]]:
        """One page of announcements."""
        return await self._read("list_announcements", options, cursor=cursor)

    async def list_news(
        self, *, cursor: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[NewsItem, ...]]:
        """One page of news."""
        return await self._read("list_news", options, cursor=cursor)

    async def list_notifications(
        self, *, cursor: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Notification, ...]]:
        """One page of the feed."""
        return await self._read("list_notifications", options, cursor=cursor)

    async def list_events(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[SchoolEvent, ...]]:
        """Events between two days."""
        return await self._read("list_events", options, start=start, end=end)

    async def list_entries(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[EntryEvent, ...]]:
        """Passages through the turnstile between two days."""
        return await self._read("list_entries", options, start=start, end=end)

    async def get_meal_account(self, **options: Unpack[CallOptions]) -> Answer[MealAccount]:
        """The account from which meals are paid."""
        return await self._read("get_meal_account", options)

    async def list_meals(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Meal, ...]]:
        """Meals between two days."""
        return await self._read("list_meals", options, start=start, end=end)

    async def list_curriculum(
        self, **options: Unpack[CallOptions]
    ) -> Answer[tuple[CurriculumItem, ...]]:
        """The study plan."""
        return await self._read("list_curriculum", options)

    async def list_portfolio(
        self, **options: Unpack[CallOptions]
    ) -> Answer[tuple[PortfolioItem, ...]]:
        """Achievements."""
        return await self._read("list_portfolio", options)

    async def get_bag_weight(self, on: date, **options: Unpack[CallOptions]) -> Answer[BagWeight]:
        """Weight of the school bag on one day."""
        return await self._read("get_bag_weight", options, on=on)

    def iter_messages(
        self,
        *,
        folder: MessageFolder = MessageFolder.INBOX,
        search: str | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncIterator[Message]:
        """All messages, newest first, page by page; each page is an ordinary cached call."""
        return self._pages("list_messages", options, folder=folder, search=search)

    def iter_announcements(self, **options: Unpack[CallOptions]) -> AsyncIterator[Announcement]:
        """All announcements, newest first, page by page; each page is an ordinary cached call."""
        return self._pages("list_announcements", options)

    def iter_news(self, **options: Unpack[CallOptions]) -> AsyncIterator[NewsItem]:
        """All news, newest first, page by page; each page is an ordinary cached call."""
        return self._pages("list_news", options)

    def iter_notifications(self, **options: Unpack[CallOptions]) -> AsyncIterator[Notification]:
        """All notifications, newest first, page by page; each page is an ordinary cached call."""
        return self._pages("list_notifications", options)

    def open_attachment(
        self, attachment_id: str, *, timeout: float | None = None
    ) -> "AbstractAsyncContextManager[Download]":
        """The bytes of an attachment, piece by piece, never through a cache."""
        return self._caller.download(self.account, self.student_id, attachment_id, timeout=timeout)

    # Writes.

    async def set_homework_done(
        self, homework_id: str, *, done: bool = True, timeout: float | None = None
    ) -> Receipt:
        """Ticks or unticks homework."""
        return await self._write("set_homework_done", timeout, homework_id=homework_id, done=done)

    async def submit_homework(
        self,
        homework_id: str,
        *,
        file_name: str,
        media_type: str,
        content: bytes,
        text: str | None = None,
        timeout: float | None = None,
    ) -> Receipt:
        """Hands in a file."""
        return await self._write(
            "submit_homework",
            timeout,
            homework_id=homework_id,
            file_name=file_name,
            media_type=media_type,
            content=content,
            text=text,
        )

    async def create_absence_notice(
        self,
        start: date,
        end: date,
        *,
        lessons: Sequence[int] = (),
        reason: str | None = None,
        comment: str | None = None,
        timeout: float | None = None,
    ) -> Receipt:
        """Tells the school of an absence."""
        return await self._write(
            "create_absence_notice",
            timeout,
            start=start,
            end=end,
            lessons=lessons,
            reason=reason,
            comment=comment,
        )

    async def cancel_absence_notice(
        self, notice_id: str, *, timeout: float | None = None
    ) -> Receipt:
        """Takes a notice back."""
        return await self._write("cancel_absence_notice", timeout, notice_id=notice_id)

    async def send_message(
        self,
        recipient_ids: Sequence[str],
        *,
        subject: str,
        text: str,
        attachments: Sequence[tuple[str, str, bytes]] = (),
        timeout: float | None = None,
    ) -> Receipt:
        """Sends a message; attachments are (file name, media type, content)."""
        return await self._write(
            "send_message",
            timeout,
            recipient_ids=recipient_ids,
            subject=subject,
            text=text,
            attachments=attachments,
        )

    async def reply(self, message_id: str, *, text: str, timeout: float | None = None) -> Receipt:
        """Replies to a message."""
        return await self._write("reply", timeout, message_id=message_id, text=text)

    async def mark_read(self, item_id: str, *, timeout: float | None = None) -> Receipt:
        """Marks a message, announcement or notification as read."""
        return await self._write("mark_read", timeout, item_id=item_id)

    async def acknowledge_week(self, on: date, *, timeout: float | None = None) -> Receipt:
        """The parent's signature under the week that contains a day."""
        return await self._write(
            "acknowledge_week", timeout, monday=on - timedelta(days=on.weekday())
        )

    async def file_application(
        self,
        fields: Mapping[str, str],
        *,
        attachments: Sequence[tuple[str, str, bytes]] = (),
        timeout: float | None = None,
    ) -> Receipt:
        """Files an application for access; attachments are (file name, media type, content)."""
        return await self._write(
            "file_application", timeout, fields=fields, attachments=attachments
        )

    async def _read(self, operation: str, options: CallOptions, **arguments: object) -> Answer[Any]:
        return await self._caller.read(operation, self.account, self.student_id, arguments, options)

    async def _write(self, operation: str, timeout: float | None, **arguments: object) -> Receipt:
        return await self._caller.write(
            operation, self.account, self.student_id, arguments, timeout=timeout
        )

    async def _pages(
        self, operation: str, options: CallOptions, **arguments: object
    ) -> AsyncIterator[Any]:
        cursor: str | None = None
        seen: set[str] = set()
        while True:
            page = await self._read(operation, options, cursor=cursor, **arguments)
            for item in page.value:
                yield item
            cursor = page.next_cursor
            if cursor is None or cursor in seen:
                return
            seen.add(cursor)
