"""What the school and the family tell each other."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gateway.sandbox.world.model.study import Attachment


class Audience(StrEnum):
    """Whom an announcement is for."""

    SCHOOL = "school"
    CLASS = "class"


class Folder(StrEnum):
    """Folders of a mailbox."""

    INBOX = "inbox"
    SENT = "sent"


class EventKind(StrEnum):
    """Kinds of events outside the timetable."""

    OLYMPIAD = "olympiad"
    EXCURSION = "excursion"
    CONTEST = "contest"
    MEETING = "meeting"
    PERFORMANCE = "performance"


class EventState(StrEnum):
    """iCalendar's words for the state of an event."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class NotificationKind(StrEnum):
    """What a notification is about."""

    NEW_MARK = "new_mark"
    CHANGED_MARK = "changed_mark"
    NEW_HOMEWORK = "new_homework"
    REMARK = "remark"
    TIMETABLE_CHANGE = "timetable_change"
    ANNOUNCEMENT = "announcement"
    FINAL_GRADE = "final_grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A notice on the board. ``html`` is the original, ``text`` the same in plain words."""

    key: str
    school_key: str
    audience: Audience
    class_key: str | None
    author_person_key: str
    title: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    published_at: datetime
    expires_on: date | None
    important: bool
    read_by: tuple[str, ...]  # person keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A letter. Its folder follows from who looks: inbox of recipients, sent of the sender."""

    key: str
    thread_key: str
    replies_to: str | None
    school_key: str
    student_key: str | None  # the child it is about
    sender_person_key: str
    recipient_person_keys: tuple[str, ...]
    subject: str
    text: str
    html: str | None
    attachments: tuple[Attachment, ...]
    sent_at: datetime
    read_by: tuple[str, ...]  # person keys


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """News of a school."""

    key: str
    school_key: str
    title: str
    text: str
    html: str
    tags: tuple[str, ...]
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolEvent:
    """An olympiad, an excursion and the like; ``class_key`` None means the whole school."""

    key: str
    school_key: str
    class_key: str | None
    kind: EventKind
    title: str
    text: str
    subject_key: str | None
    place: str
    address: str
    organiser: str
    starts_at: datetime
    ends_at: datetime
    announced_at: datetime
    state: EventState
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A line of the notification feed; ``ref_key`` is the mark, homework … it speaks of."""

    key: str
    student_key: str
    school_key: str
    kind: NotificationKind
    created_at: datetime
    title: str
    text: str
    subject_key: str | None
    teacher_key: str | None
    ref_key: str
    old_value: str | None
    new_value: str | None
    read_by: tuple[str, ...]  # person keys
