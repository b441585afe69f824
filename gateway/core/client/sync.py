"""The synchronous twin of the gateway, over one background loop.

Written by `scripts/make_sync.py`; change the asynchronous classes instead.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from types import TracebackType
from typing import Self, Unpack

from pydantic import SecretStr

from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import Account, AsyncGateway
from gateway.core.client.gateway_options import GatewayOptions
from gateway.core.client.options import CallOptions
from gateway.core.client.portal import Portal, SyncDownload
from gateway.core.contract.capability import Capability, SupportInfo
from gateway.core.contract.declaration import Declaration
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Step, StepAction
from gateway.core.errors import (
    InteractionRequired,
)
from gateway.core.login.status import Login
from gateway.core.model import (
    AbsenceNotice,
    AcademicPeriod,
    Announcement,
    Answer,
    Application,
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
    Student,
    Subject,
    SubjectResult,
    Teacher,
    TrustedPerson,
)
from gateway.core.regions import RegionDirectory


class Diary:
    """Reads and writes one student's diary on behalf of one account.

    Dates are local to the school and ranges include both ends. Every method raises only errors
    of the one error tree; a capability that the provider lacks raises `NotSupported` before
    anything is sent. All reads take the options of `CallOptions`.
    """

    def __init__(self, portal: Portal, diary: AsyncDiary) -> None:
        self._portal = portal
        self._diary = diary
        self.account = diary.account
        self.student_id = diary.student_id

    def open_attachment(
        self, attachment_id: str, *, timeout: float | None = None
    ) -> AbstractContextManager[SyncDownload]:
        """The bytes of an attachment, piece by piece, never through a cache."""
        return self._portal.download(self._diary.open_attachment(attachment_id, timeout=timeout))

    def supports(self, capability: Capability) -> SupportInfo:
        """What this diary says of a capability; never sends."""
        return self._diary.supports(capability)

    def today(self) -> date:
        """Today at the school."""
        return self._portal.call(self._diary.today())

    def get_school(self, **options: Unpack[CallOptions]) -> Answer[School]:
        """The student's school."""
        return self._portal.call(self._diary.get_school(**options))

    def list_class_groups(self, **options: Unpack[CallOptions]) -> Answer[tuple[ClassGroup, ...]]:
        """Class and subgroups."""
        return self._portal.call(self._diary.list_class_groups(**options))

    def list_subjects(self, **options: Unpack[CallOptions]) -> Answer[tuple[Subject, ...]]:
        """Subjects of the class."""
        return self._portal.call(self._diary.list_subjects(**options))

    def list_teachers(self, **options: Unpack[CallOptions]) -> Answer[tuple[Teacher, ...]]:
        """Teachers of the class."""
        return self._portal.call(self._diary.list_teachers(**options))

    def list_classmates(self, **options: Unpack[CallOptions]) -> Answer[tuple[Person, ...]]:
        """Students of the class."""
        return self._portal.call(self._diary.list_classmates(**options))

    def list_guardians(self, **options: Unpack[CallOptions]) -> Answer[tuple[Guardian, ...]]:
        """Legal representatives."""
        return self._portal.call(self._diary.list_guardians(**options))

    def list_trusted_persons(
        self, **options: Unpack[CallOptions]
    ) -> Answer[tuple[TrustedPerson, ...]]:
        """Trusted persons."""
        return self._portal.call(self._diary.list_trusted_persons(**options))

    def list_school_years(self, **options: Unpack[CallOptions]) -> Answer[tuple[SchoolYear, ...]]:
        """School years that can be read."""
        return self._portal.call(self._diary.list_school_years(**options))

    def list_periods(
        self, *, school_year: int | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[AcademicPeriod, ...]]:
        """Academic periods of a school year, the current one for None."""
        return self._portal.call(self._diary.list_periods(school_year=school_year, **options))

    def list_calendar(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[CalendarSpan, ...]]:
        """Breaks, holidays and moved days between two days."""
        return self._portal.call(self._diary.list_calendar(start, end, **options))

    def get_bell_schedule(self, **options: Unpack[CallOptions]) -> Answer[BellSchedule]:
        """Bells of the class or school."""
        return self._portal.call(self._diary.get_bell_schedule(**options))

    def get_day_regime(self, on: date, **options: Unpack[CallOptions]) -> Answer[DayRegime]:
        """Regime of one day."""
        return self._portal.call(self._diary.get_day_regime(on, **options))

    def get_week(self, on: date | None = None, **options: Unpack[CallOptions]) -> Answer[DiaryWeek]:
        """The diary of the week that contains a day, today for None."""
        return self._portal.call(self._diary.get_week(on, **options))

    def list_lessons(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Lesson, ...]]:
        """Timetable between two days."""
        return self._portal.call(self._diary.list_lessons(start, end, **options))

    def get_lesson(self, lesson_id: str, **options: Unpack[CallOptions]) -> Answer[Lesson]:
        """One lesson with what only a look at it tells."""
        return self._portal.call(self._diary.get_lesson(lesson_id, **options))

    def list_homework(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Homework, ...]]:
        """Homework due between two days."""
        return self._portal.call(self._diary.list_homework(start, end, **options))

    def list_marks(
        self,
        start: date,
        end: date,
        *,
        subject_id: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Answer[tuple[Mark, ...]]:
        """Marks for lessons between two days."""
        return self._portal.call(
            self._diary.list_marks(start, end, subject_id=subject_id, **options)
        )

    def get_mark(self, mark_id: str, **options: Unpack[CallOptions]) -> Answer[MarkDetails]:
        """One mark with its history and the class's results."""
        return self._portal.call(self._diary.get_mark(mark_id, **options))

    def list_subject_results(
        self, *, period_id: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[SubjectResult, ...]]:
        """Averages by subject in a period, the current one for None."""
        return self._portal.call(self._diary.list_subject_results(period_id=period_id, **options))

    def list_final_grades(
        self, *, school_year: int | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[FinalGrade, ...]]:
        """Results of periods, year and exams."""
        return self._portal.call(self._diary.list_final_grades(school_year=school_year, **options))

    def list_class_ranks(
        self, *, period_id: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[ClassRank, ...]]:
        """Places in the class."""
        return self._portal.call(self._diary.list_class_ranks(period_id=period_id, **options))

    def list_attendance(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[AttendanceRecord, ...]]:
        """Absences and the like between two days."""
        return self._portal.call(self._diary.list_attendance(start, end, **options))

    def list_absence_notices(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[AbsenceNotice, ...]]:
        """Notices of absence between two days."""
        return self._portal.call(self._diary.list_absence_notices(start, end, **options))

    def list_remarks(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Remark, ...]]:
        """Remarks and commendations between two days."""
        return self._portal.call(self._diary.list_remarks(start, end, **options))

    def list_messages(
        self,
        *,
        folder: MessageFolder = MessageFolder.INBOX,
        cursor: str | None = None,
        search: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Answer[tuple[Message, ...]]:
        """One page of a folder."""
        return self._portal.call(
            self._diary.list_messages(folder=folder, cursor=cursor, search=search, **options)
        )

    def get_message(self, message_id: str, **options: Unpack[CallOptions]) -> Answer[Message]:
        """One message whole; may mark it as read at the provider."""
        return self._portal.call(self._diary.get_message(message_id, **options))

    def list_recipients(self, **options: Unpack[CallOptions]) -> Answer[tuple[Recipient, ...]]:
        """Who may be written to."""
        return self._portal.call(self._diary.list_recipients(**options))

    def list_announcements(
        self, *, cursor: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Announcement, ...]]:
        """One page of announcements."""
        return self._portal.call(self._diary.list_announcements(cursor=cursor, **options))

    def list_news(
        self, *, cursor: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[NewsItem, ...]]:
        """One page of news."""
        return self._portal.call(self._diary.list_news(cursor=cursor, **options))

    def list_notifications(
        self, *, cursor: str | None = None, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Notification, ...]]:
        """One page of the feed."""
        return self._portal.call(self._diary.list_notifications(cursor=cursor, **options))

    def list_events(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[SchoolEvent, ...]]:
        """Events between two days."""
        return self._portal.call(self._diary.list_events(start, end, **options))

    def list_entries(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[EntryEvent, ...]]:
        """Passages through the turnstile between two days."""
        return self._portal.call(self._diary.list_entries(start, end, **options))

    def get_meal_account(self, **options: Unpack[CallOptions]) -> Answer[MealAccount]:
        """The account from which meals are paid."""
        return self._portal.call(self._diary.get_meal_account(**options))

    def list_meals(
        self, start: date, end: date, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Meal, ...]]:
        """Meals between two days."""
        return self._portal.call(self._diary.list_meals(start, end, **options))

    def list_curriculum(self, **options: Unpack[CallOptions]) -> Answer[tuple[CurriculumItem, ...]]:
        """The study plan."""
        return self._portal.call(self._diary.list_curriculum(**options))

    def list_portfolio(self, **options: Unpack[CallOptions]) -> Answer[tuple[PortfolioItem, ...]]:
        """Achievements."""
        return self._portal.call(self._diary.list_portfolio(**options))

    def get_bag_weight(self, on: date, **options: Unpack[CallOptions]) -> Answer[BagWeight]:
        """Weight of the school bag on one day."""
        return self._portal.call(self._diary.get_bag_weight(on, **options))

    def iter_messages(
        self,
        *,
        folder: MessageFolder = MessageFolder.INBOX,
        search: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Iterator[Message]:
        """All messages, newest first, page by page; each page is an ordinary cached call."""
        return self._portal.iterate(
            self._diary.iter_messages(folder=folder, search=search, **options)
        )

    def iter_announcements(self, **options: Unpack[CallOptions]) -> Iterator[Announcement]:
        """All announcements, newest first, page by page; each page is an ordinary cached call."""
        return self._portal.iterate(self._diary.iter_announcements(**options))

    def iter_news(self, **options: Unpack[CallOptions]) -> Iterator[NewsItem]:
        """All news, newest first, page by page; each page is an ordinary cached call."""
        return self._portal.iterate(self._diary.iter_news(**options))

    def iter_notifications(self, **options: Unpack[CallOptions]) -> Iterator[Notification]:
        """All notifications, newest first, page by page; each page is an ordinary cached call."""
        return self._portal.iterate(self._diary.iter_notifications(**options))

    def set_homework_done(
        self, homework_id: str, *, done: bool = True, timeout: float | None = None
    ) -> Receipt:
        """Ticks or unticks homework."""
        return self._portal.call(
            self._diary.set_homework_done(homework_id, done=done, timeout=timeout)
        )

    def submit_homework(
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
        return self._portal.call(
            self._diary.submit_homework(
                homework_id,
                file_name=file_name,
                media_type=media_type,
                content=content,
                text=text,
                timeout=timeout,
            )
        )

    def create_absence_notice(
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
        return self._portal.call(
            self._diary.create_absence_notice(
                start, end, lessons=lessons, reason=reason, comment=comment, timeout=timeout
            )
        )

    def cancel_absence_notice(self, notice_id: str, *, timeout: float | None = None) -> Receipt:
        """Takes a notice back."""
        return self._portal.call(self._diary.cancel_absence_notice(notice_id, timeout=timeout))

    def send_message(
        self,
        recipient_ids: Sequence[str],
        *,
        subject: str,
        text: str,
        attachments: Sequence[tuple[str, str, bytes]] = (),
        timeout: float | None = None,
    ) -> Receipt:
        """Sends a message; attachments are (file name, media type, content)."""
        return self._portal.call(
            self._diary.send_message(
                recipient_ids, subject=subject, text=text, attachments=attachments, timeout=timeout
            )
        )

    def reply(self, message_id: str, *, text: str, timeout: float | None = None) -> Receipt:
        """Replies to a message."""
        return self._portal.call(self._diary.reply(message_id, text=text, timeout=timeout))

    def mark_read(self, item_id: str, *, timeout: float | None = None) -> Receipt:
        """Marks a message, announcement or notification as read."""
        return self._portal.call(self._diary.mark_read(item_id, timeout=timeout))

    def acknowledge_week(self, on: date, *, timeout: float | None = None) -> Receipt:
        """The parent's signature under the week that contains a day."""
        return self._portal.call(self._diary.acknowledge_week(on, timeout=timeout))

    def file_application(
        self,
        fields: Mapping[str, str],
        *,
        attachments: Sequence[tuple[str, str, bytes]] = (),
        timeout: float | None = None,
    ) -> Receipt:
        """Files an application for access; attachments are (file name, media type, content)."""
        return self._portal.call(
            self._diary.file_application(fields, attachments=attachments, timeout=timeout)
        )


class Gateway:
    """One API to the e-diaries of all installed providers.

    Use it as an context manager; on the way out, calls under way get five seconds
    and every connection is closed.
    """

    def __init__(self, **options: Unpack[GatewayOptions]) -> None:
        self._portal = Portal()
        self._gateway = self._portal.make(lambda: AsyncGateway(**options))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Takes no new calls, lets those under way end within 5 s, and closes everything."""
        self._portal.call(self._gateway.aclose())
        self._portal.close()

    def diary(self, student: Student | str, *, account: str | None = None) -> Diary:
        """A student's diary."""
        opened = self._portal.call(self._gateway.diary(student, account=account))
        return Diary(self._portal, opened)

    def login(
        self,
        provider: str | None = None,
        *,
        ask: "Callable[[Step], StepInput] | None" = None,
        method: str | None = None,
        instance: str | None = None,
        region: str | None = None,
        label: str | None = None,
        remember: bool = False,
        **fields: str | SecretStr,
    ) -> tuple[Account, ...]:
        """Signs in from beginning to end; `ask` is called in a thread of its own."""

        async def asked(step: Step) -> StepInput:
            if ask is None:
                raise InteractionRequired(reason=step.type)
            return await asyncio.to_thread(ask, step)

        return self._portal.call(
            self._gateway.login(
                provider,
                ask=asked if ask is not None else None,
                method=method,
                instance=instance,
                region=region,
                label=label,
                remember=remember,
                **fields,
            )
        )

    @property
    def providers(self) -> Mapping[str, Declaration]:
        """Declarations of the installed providers by name."""
        return self._gateway.providers

    @property
    def regions(self) -> "RegionDirectory":
        """The region directory, overlaid by the operator's file if one is set."""
        return self._gateway.regions

    def provider_for_region(self, region: str) -> tuple[Declaration, str]:
        """The provider of a region and its instance there.

        Raises:
            UnknownRegion: There is no such region.
            RegionNotServed: No installed plugin speaks to its system; the error names it.
        """
        return self._gateway.provider_for_region(region)

    def begin_login(
        self,
        provider: str | None = None,
        *,
        method: str | None = None,
        instance: str | None = None,
        region: str | None = None,
        label: str | None = None,
        remember: bool = False,
    ) -> Login:
        """Begins a login; drive it by `submit()`, `poll()` and `act()`, in any process.

        Args:
            provider: Provider name; found by `region` if absent.
            method: Login method; the provider's first if absent.
            instance: Instance key; the region's or the default if absent.
            region: Region code, where the provider serves several.
            label: The user's own label for the account.
            remember: Keep the secret, encrypted, for unattended sign-ins.

        Raises:
            MethodNotOffered: The provider has no such method.
            RegionNotServed: No installed plugin speaks to the region's system.
            GatewayError: The provider could not be asked.
        """
        return self._portal.call(
            self._gateway.begin_login(
                provider,
                method=method,
                instance=instance,
                region=region,
                label=label,
                remember=remember,
            )
        )

    def login_status(self, login_id: str) -> Login:
        """Where a login stands."""
        return self._portal.call(self._gateway.login_status(login_id))

    def submit(self, login_id: str, answer: StepInput, *, again: bool = False) -> Login:
        """Answers the step that waits; `again` insists on a secret that was refused before.

        Raises:
            FlowError: The answer does not fit, was forged or replayed, or the login is over.
            GatewayError: The provider could not be asked; the step still waits.
        """
        return self._portal.call(self._gateway.submit(login_id, answer, again=again))

    def poll(self, login_id: str) -> Login:
        """Looks whether something that a step waits for has happened."""
        return self._portal.call(self._gateway.poll(login_id))

    def act(self, login_id: str, action: StepAction) -> Login:
        """Resends a code, switches its way, or cancels the login."""
        return self._portal.call(self._gateway.act(login_id, action))

    def reauthenticate(self, account: str, *, method: str | None = None) -> Login:
        """Begins a login that renews an account; it must end in the same account.

        Raises:
            AccountNotFound: There is no such account.
        """
        return self._portal.call(self._gateway.reauthenticate(account, method=method))

    def accounts(self) -> tuple[Account, ...]:
        """All stored accounts of installed providers."""
        return self._portal.call(self._gateway.accounts())

    def account(self, key: str) -> Account:
        """One stored account.

        Raises:
            AccountNotFound: There is none with this key.
        """
        return self._portal.call(self._gateway.account(key))

    def sign_out(self, account: str) -> None:
        """Ends a session at the provider where it can be ended, and erases the account here."""
        return self._portal.call(self._gateway.sign_out(account))

    def erase(self, account: str) -> None:
        """Removes all that is kept of an account; late results are dropped."""
        return self._portal.call(self._gateway.erase(account))

    def students(self, **options: Unpack[CallOptions]) -> tuple[Student, ...]:
        """Children of all stored accounts, each with its account and the user's own label.

        Raises:
            GatewayError: One account's children could not be listed.
        """
        return self._portal.call(self._gateway.students(**options))

    def list_students(
        self, account: str, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Student, ...]]:
        """Children of one account, or the student themselves."""
        return self._portal.call(self._gateway.list_students(account, **options))

    def list_applications(
        self, account: str, **options: Unpack[CallOptions]
    ) -> Answer[tuple[Application, ...]]:
        """Applications for access that one account has filed."""
        return self._portal.call(self._gateway.list_applications(account, **options))

    def supports(
        self, capability: Capability, student: "Student | str", *, account: str | None = None
    ) -> SupportInfo:
        """What a student's diary says of a capability; sends nothing."""
        return self._portal.call(self._gateway.supports(capability, student, account=account))
