"""The protocol of «Маяк»: which route answers which operation. Everything else is elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, TypeVar
from urllib.parse import quote

import msgspec

from gateway.core.contract.adapter import Adapter, AttachmentSource
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.flow import LoginFlow
from gateway.core.contract.link import DiaryLink, Link, Params
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import Session, StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import MethodNotOffered, NotSupported
from gateway.core.ids import Ids
from gateway.core.model import DateRange, MessageFolder
from gateway.core.wire.decoding import decode
from gateway.core.wire.outcome import Outcome, OutcomeKind
from gateway.core.wire.request import Body, RequestKind, WireRequest
from gateway.core.wire.response import WireResponse
from gateway_lighthouse import mapping, wire, words
from gateway_lighthouse.login import PasswordLogin, TokenLogin, ask, credentials_of
from gateway_lighthouse.settings import LighthouseSettings

W = TypeVar("W")

_FLOWS: Final[Mapping[str, type[LoginFlow]]] = {"password": PasswordLogin, "token": TokenLogin}
_FIRST_REFUSAL: Final = 400


class LighthouseAdapter(Adapter):
    """One installation of «Маяк»."""

    wire_models = ("gateway_lighthouse.wire",)

    def __init__(
        self, declaration: Declaration, instance: Instance, settings: ProviderSettings
    ) -> None:
        super().__init__(declaration, instance, settings)
        self._ids = Ids(declaration.name, instance.key)
        self._page = settings.page_size if isinstance(settings, LighthouseSettings) else None

    # Pure functions, run on every attempt.

    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        """Adds the access token; signing in and renewing carry their own secrets."""
        if session is None or request.kind in {RequestKind.AUTH, RequestKind.REFRESH}:
            return request
        token = session.secret("access_token")
        return request.with_headers(("Authorization", f"Bearer {token}"))

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """Reads the service's own words of refusal; the rest is left to the HTTP status."""
        if response.status < _FIRST_REFUSAL or response.looks_like_html():
            return None
        try:
            refusal = msgspec.json.decode(response.body, type=wire.Refusal)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
        error = words.REFUSALS.get(refusal.error)
        if error is None:
            return None
        return Outcome(OutcomeKind.REFUSED, error=error(retry_after=refusal.retry_after))

    # Signing in and staying so.

    def login_flow(self, method: str) -> LoginFlow:
        """The flow of a login method."""
        if method not in _FLOWS:
            raise MethodNotOffered(f"no login method {method!r}")
        return _FLOWS[method]()

    async def refresh(self, link: Link, session: Session) -> Session:
        """A new pair of tokens (protocol notes 2)."""
        fields = {"refresh_token": session.secret("refresh_token") or ""}
        tokens = await ask(link, "/v1/sign-in/refresh", fields, RequestKind.REFRESH)
        return session.with_credentials(**credentials_of(link, tokens))

    async def sign_out(self, link: DiaryLink) -> None:
        """Ends the access token."""
        await link.request("api", "POST", "/v1/sign-out", kind=RequestKind.WRITE)

    # Reads.

    async def list_students(self, link: DiaryLink) -> Reading:
        """Students of the account (protocol notes 3.1)."""
        me = await link.read(wire.Me, "api", "/v1/me", template="/v1/me")
        return Reading([mapping.student_record(self._ids, pupil) for pupil in me.students])

    async def list_periods(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """Periods of a school year (protocol notes 3.3)."""
        answer = await self._get(
            link, student, wire.Periods, "periods", params={"year": school_year}
        )
        return Reading(mapping.period_records(self._school(link, student), answer.periods))

    async def get_week(self, link: DiaryLink, student: StudentRef, *, monday: date) -> Reading:
        """Seven days at once (protocol notes 3.2)."""
        sunday = monday + timedelta(days=6)
        days = await self._days(link, student, monday, sunday)
        record = mapping.week_record(self._school(link, student), days, monday)
        return Reading(record, covered=DateRange(monday, sunday))

    async def list_lessons(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Timetable."""
        days = await self._days(link, student, start, end)
        records = mapping.lesson_records(self._school(link, student), days)
        return Reading(records, covered=DateRange(start, end))

    async def list_homework(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Homework by the day it is due."""
        days = await self._days(link, student, start, end)
        records = mapping.homework_records(self._school(link, student), days)
        return Reading(records, covered=DateRange(start, end))

    async def list_marks(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        start: date,
        end: date,
        subject_id: str | None = None,
    ) -> Reading:
        """Marks by the day of their lesson; the service cannot choose a subject, so we do."""
        days = await self._days(link, student, start, end)
        records = mapping.mark_records(self._school(link, student), days)
        if subject_id is not None:
            wanted = self._ids.of("subject", self._ids.key("subject", subject_id))
            records = [item for item in records if _subject_of(item) == wanted]
        return Reading(records, covered=DateRange(start, end))

    async def list_attendance(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Absences and the like."""
        days = await self._days(link, student, start, end)
        records = mapping.attendance_records(self._school(link, student), days)
        return Reading(records, covered=DateRange(start, end))

    async def list_subject_results(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """Averages by subject (protocol notes 3.4)."""
        period = self._ids.key("period", period_id) if period_id is not None else None
        answer = await self._get(link, student, wire.Results, "results", params={"period": period})
        return Reading(mapping.result_records(self._school(link, student), answer))

    async def list_final_grades(
        self, link: DiaryLink, student: StudentRef, *, school_year: int | None = None
    ) -> Reading:
        """Final grades (protocol notes 3.5)."""
        answer = await self._get(link, student, wire.Finals, "finals", params={"year": school_year})
        return Reading(mapping.final_records(self._school(link, student), answer.finals))

    async def list_class_ranks(
        self, link: DiaryLink, student: StudentRef, *, period_id: str | None = None
    ) -> Reading:
        """The ranking (protocol notes 3.10): its shape is unverified, only its body is of use."""
        path = f"/v1/students/{quote(student.native['person'], safe='')}/rating"
        await link.request("api", "GET", path, template="/v1/students/{student}/rating")
        return Reading([], complete=False)

    async def list_recipients(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Who may be written to (protocol notes 3.6)."""
        answer = await self._get(link, student, wire.Contacts, "contacts")
        return Reading(mapping.contact_records(self._ids, answer.contacts))

    async def list_messages(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        folder: MessageFolder = MessageFolder.INBOX,
        cursor: str | None = None,
        search: str | None = None,
    ) -> Reading:
        """One page of a folder (protocol notes 3.7)."""
        if search is not None or folder.value not in words.FOLDERS:
            raise NotSupported("the mail has two folders and no search")
        params: Params = {"folder": folder.value, "after": cursor, "limit": self._page}
        page = await link.read(wire.Letters, "api", "/v1/mail", params=params, template="/v1/mail")
        records = [mapping.letter_record(self._ids, item, whole=False) for item in page.letters]
        return Reading(records, next_cursor=page.next)

    async def get_message(
        self, link: DiaryLink, student: StudentRef, *, message_id: str
    ) -> Reading:
        """One letter; from now on it is read (protocol notes 3.8)."""
        path = f"/v1/mail/{quote(self._ids.key('message', message_id), safe='')}"
        letter = await link.read(wire.Letter, "api", path, template="/v1/mail/{letter}")
        return Reading(mapping.letter_record(self._ids, letter, whole=True))

    def open_attachment(
        self, link: DiaryLink, student: StudentRef, *, attachment_id: str
    ) -> AttachmentSource:
        """A file (protocol notes 3.9)."""
        key, name = self._ids.keys("file", attachment_id, count=2)
        return AttachmentSource("api", f"/v1/files/{quote(key, safe='')}", name=name)

    # Writes.

    async def set_homework_done(
        self, link: DiaryLink, student: StudentRef, *, homework_id: str, done: bool
    ) -> Written:
        """Ticks homework (protocol notes 4.1)."""
        person = quote(student.native["person"], safe="")
        task = quote(self._ids.key("homework", homework_id), safe="")
        await link.request(
            "api",
            "PUT",
            f"/v1/students/{person}/homework/{task}",
            kind=RequestKind.WRITE,
            body=Body.of_json({"done": done}),
            template="/v1/students/{student}/homework/{task}",
        )
        return Written(target=homework_id)

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
        """Sends a letter (protocol notes 4.2)."""
        if attachments:
            raise NotSupported("letters are sent without files")
        people = [self._ids.key("person", item) for item in recipient_ids]
        body = Body.of_json({"to": people, "subject": subject, "text": text})
        response = await link.request(
            "api", "POST", "/v1/mail", kind=RequestKind.WRITE, body=body, template="/v1/mail"
        )
        sent = decode(response, wire.Sent, link.note)
        return Written(created=self._ids.of("message", sent.id))

    # Helpers.

    def _school(self, link: DiaryLink, student: StudentRef) -> mapping.School:
        return mapping.School(self._ids, student.native["person"], link.zone_of(student))

    async def _get(
        self,
        link: DiaryLink,
        student: StudentRef,
        shape: type[W],
        section: str,
        *,
        params: Params | None = None,
    ) -> W:
        """One section of a student's diary."""
        path = f"/v1/students/{quote(student.native['person'], safe='')}/{section}"
        template = f"/v1/students/{{student}}/{section}"
        return await link.read(shape, "api", path, params=params, template=template)

    async def _days(
        self, link: DiaryLink, student: StudentRef, start: date, end: date
    ) -> Sequence[wire.Day]:
        params = {"from": start.isoformat(), "to": end.isoformat()}
        return (await self._get(link, student, wire.Days, "days", params=params)).days


def _subject_of(record: Mapping[str, object]) -> object:
    subject = record["subject"]
    return subject.get("id") if isinstance(subject, dict) else None
