"""What a provider plugin implements: three pure functions, login flows and operations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, NoReturn

from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.flow import LoginFlow
from gateway.core.contract.identity import IdentityProvider
from gateway.core.contract.link import DiaryLink, RenewalLink
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import Session, StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import MethodNotOffered, NotSupported
from gateway.core.model.talk import MessageFolder
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse


@dataclass(frozen=True, slots=True)
class AttachmentSource:
    """Where a file's bytes come from.

    Attributes:
        role: Host role.
        path: Path without its query.
        params: Query parameters.
        name: File name to save as, not yet cleaned.
    """

    role: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    name: str = "file"


class Adapter:
    """One provider's protocol.

    No retry, cache, limiter, prompt or log of its own: these are applied around it. Operations
    that a provider lacks are simply not overridden; declaration and methods are held together
    by the conformance kit. Student-scoped operations get the student as the account reaches
    them; ids are unified and are turned back by the adapter without a request.
    """

    wire_models: ClassVar[tuple[str, ...]] = ()
    """Modules that hold the wire types, for the report of how sure their fields are."""

    def __init__(
        self, declaration: Declaration, instance: Instance, settings: ProviderSettings
    ) -> None:
        self.declaration = declaration
        self.instance = instance
        self.settings = settings
        self.identity_providers: Mapping[str, IdentityProvider] = {}

    # Pure functions, run on every attempt.

    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        """The request with the account's credentials; the only place that reads them."""
        return request

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """What the answer means; None leaves it to its HTTP status."""
        return None

    def renew(self, response: WireResponse, session: Session) -> Session | None:
        """The session with credentials that the answer carried, if any (sliding renewal)."""
        return None

    # Signing in and staying so.

    def login_flow(self, method: str) -> LoginFlow:
        """The flow of one declared login method.

        Raises:
            MethodNotOffered: There is none.
        """
        raise MethodNotOffered(f"{self.declaration.name} has no login method {method!r}")

    async def refresh(self, link: RenewalLink, session: Session) -> Session:
        """New credentials for a session of rotating renewal.

        If it takes more than the one request that uses up the old refresh token, the new one is
        handed to `link.keep()` before the next request.

        Raises:
            InteractionRequired: Only a person can go on.
        """
        return self._lacks("refresh")

    async def sign_out(self, link: DiaryLink) -> None:
        """Tells the provider that the session ends, where it can be told."""

    # Reads of an account.

    async def list_students(self, link: DiaryLink) -> Reading:
        """Children of the account, or the student themselves."""
        return self._lacks("list_students")

    async def list_applications(self, link: DiaryLink) -> Reading:
        """Applications for access."""
        return self._lacks("list_applications")

    # Reads of a student.

    async def get_school(self, link: DiaryLink, student: StudentRef) -> Reading:
        """The student's school."""
        return self._lacks("get_school")

    async def list_class_groups(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Class and subgroups."""
        return self._lacks("list_class_groups")

    async def list_subjects(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Subjects of the class."""
        return self._lacks("list_subjects")

    async def list_teachers(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Teachers of the class."""
        return self._lacks("list_teachers")

    async def list_classmates(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Students of the class."""
        return self._lacks("list_classmates")

    async def list_guardians(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Legal representatives."""
        return self._lacks("list_guardians")

    async def list_trusted_persons(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Trusted persons."""
        return self._lacks("list_trusted_persons")

    async def list_school_years(self, link: DiaryLink, student: StudentRef) -> Reading:
        """School years that can be read."""
        return self._lacks("list_school_years")

    async def list_periods(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """Academic periods of a year, the current one for None."""
        return self._lacks("list_periods")

    async def list_calendar(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Breaks, holidays and moved days."""
        return self._lacks("list_calendar")

    async def get_bell_schedule(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Bells of class or school."""
        return self._lacks("get_bell_schedule")

    async def get_day_regime(self, link: DiaryLink, student: StudentRef, *, on: date) -> Reading:
        """Regime of one day."""
        return self._lacks("get_day_regime")

    async def get_week(self, link: DiaryLink, student: StudentRef, *, monday: date) -> Reading:
        """Everything of seven days, from a Monday."""
        return self._lacks("get_week")

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Timetable between two days."""
        return self._lacks("list_lessons")

    async def get_lesson(self, link: DiaryLink, student: StudentRef, *, lesson_id: str) -> Reading:
        """One lesson with what only a look at it tells."""
        return self._lacks("get_lesson")

    async def list_homework(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Homework due between two days."""
        return self._lacks("list_homework")

    async def list_marks(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        start: date,
        end: date,
        subject_id: str | None = None,
    ) -> Reading:
        """Marks for lessons between two days."""
        return self._lacks("list_marks")

    async def get_mark(self, link: DiaryLink, student: StudentRef, *, mark_id: str) -> Reading:
        """One mark with history and the class's results."""
        return self._lacks("get_mark")

    async def list_subject_results(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """Averages by subject of a period, the current one for None."""
        return self._lacks("list_subject_results")

    async def list_final_grades(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """Results of periods, year and exams."""
        return self._lacks("list_final_grades")

    async def list_class_ranks(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """Places in the class."""
        return self._lacks("list_class_ranks")

    async def list_attendance(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Absences and the like between two days."""
        return self._lacks("list_attendance")

    async def list_absence_notices(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Notices of absence between two days."""
        return self._lacks("list_absence_notices")

    async def list_remarks(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Remarks between two days."""
        return self._lacks("list_remarks")

    async def list_messages(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        folder: MessageFolder = MessageFolder.INBOX,
        cursor: str | None = None,
        search: str | None = None,
    ) -> Reading:
        """One page of a folder."""
        return self._lacks("list_messages")

    async def get_message(
        self, link: DiaryLink, student: StudentRef, *, message_id: str
    ) -> Reading:
        """One message whole."""
        return self._lacks("get_message")

    async def list_recipients(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Who may be written to."""
        return self._lacks("list_recipients")

    async def list_announcements(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """One page of announcements."""
        return self._lacks("list_announcements")

    async def list_news(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """One page of news."""
        return self._lacks("list_news")

    async def list_notifications(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """One page of the feed."""
        return self._lacks("list_notifications")

    async def list_events(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Events between two days."""
        return self._lacks("list_events")

    async def list_entries(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Passages through the turnstile between two days."""
        return self._lacks("list_entries")

    async def get_meal_account(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Account of meals."""
        return self._lacks("get_meal_account")

    async def list_meals(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Meals between two days."""
        return self._lacks("list_meals")

    async def list_curriculum(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Study plan."""
        return self._lacks("list_curriculum")

    async def list_portfolio(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Achievements."""
        return self._lacks("list_portfolio")

    async def get_bag_weight(self, link: DiaryLink, student: StudentRef, *, on: date) -> Reading:
        """Weight of the bag on one day."""
        return self._lacks("get_bag_weight")

    def open_attachment(
        self, link: DiaryLink, student: StudentRef, *, attachment_id: str
    ) -> AttachmentSource:
        """Where the bytes of an attachment are."""
        return self._lacks("open_attachment")

    # Writes.

    async def set_homework_done(
        self, link: DiaryLink, student: StudentRef, *, homework_id: str, done: bool
    ) -> Written:
        """Ticks or unticks homework."""
        return self._lacks("set_homework_done")

    async def submit_homework(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        homework_id: str,
        file_name: str,
        media_type: str,
        content: bytes,
        text: str | None = None,
    ) -> Written:
        """Hands in a file."""
        return self._lacks("submit_homework")

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
        """Tells the school of an absence."""
        return self._lacks("create_absence_notice")

    async def cancel_absence_notice(
        self, link: DiaryLink, student: StudentRef, *, notice_id: str
    ) -> Written:
        """Takes a notice back."""
        return self._lacks("cancel_absence_notice")

    async def send_message(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        recipient_ids: Sequence[str],
        subject: str,
        text: str,
        attachments: Sequence[tuple[str, str, bytes]] = (),
    ) -> Written:
        """Sends a message; attachments are (file name, media type, content)."""
        return self._lacks("send_message")

    async def reply(
        self, link: DiaryLink, student: StudentRef, *, message_id: str, text: str
    ) -> Written:
        """Replies to a message."""
        return self._lacks("reply")

    async def mark_read(self, link: DiaryLink, student: StudentRef, *, item_id: str) -> Written:
        """Marks a message, announcement or notification as read."""
        return self._lacks("mark_read")

    async def acknowledge_week(
        self, link: DiaryLink, student: StudentRef, *, monday: date
    ) -> Written:
        """The parent's signature under a week."""
        return self._lacks("acknowledge_week")

    async def file_application(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        fields: Mapping[str, str],
        attachments: Sequence[tuple[str, str, bytes]] = (),
    ) -> Written:
        """Files an application for access to a diary.

        Attachments are (file name, media type, content).
        """
        return self._lacks("file_application")

    def _lacks(self, operation: str) -> NoReturn:
        raise NotSupported(
            f"{self.declaration.name} has no {operation}",
            provider=self.declaration.name,
            operation=operation,
        )
