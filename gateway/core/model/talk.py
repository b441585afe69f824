"""Messages, announcements, news and notifications."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from gateway.core.model.attachments import Attachment
from gateway.core.model.base import NOT_LOADED, Id, Loadable, LocalDate, Model, Reference


class MessageFolder(StrEnum):
    """Where a message lies."""

    INBOX = "inbox"
    SENT = "sent"
    DRAFTS = "drafts"
    DELETED = "deleted"
    UNKNOWN = "unknown"


class Message(Model):
    """A letter of the diary's own mail or chat."""

    id: Id = Field(description="Identifier of the message.")
    folder: MessageFolder = Field(description="Where it lies.")
    folder_text: str | None = Field(None, description="The provider's own word.")
    thread_id: Id | None = Field(None, description="Conversation that it belongs to.")
    subject: str | None = Field(None, description="Subject line.")
    preview: str | None = Field(None, description="First words.")
    text: Loadable[str | None] = Field(NOT_LOADED, description="Plain text.")
    html: Loadable[str | None] = Field(NOT_LOADED, description="Sanitised HTML.")
    sender: Reference | None = Field(None, description="Who wrote it.")
    recipients: Loadable[tuple[Reference, ...]] = Field(NOT_LOADED, description="To whom.")
    sent_at: datetime | None = Field(None, description="Aware moment.")
    is_read: bool | None = Field(None, description="Whether it was opened.")
    has_attachments: bool | None = Field(None, description="Whether files hang on it.")
    attachments: Loadable[tuple[Attachment, ...]] = Field(NOT_LOADED, description="Files.")


class Recipient(Model):
    """Somebody who may be written to."""

    id: Id = Field(description="Give it to `send_message`.")
    name: str = Field(description="Name to show.")
    group: str | None = Field(None, description="Group such as «Учителя».")
    note: str | None = Field(None, description="Post or subject.")


class Announcement(Model):
    """An announcement of class or school."""

    id: Id = Field(description="Identifier of the announcement.")
    title: str | None = Field(None, description="Title.")
    text: Loadable[str] = Field(NOT_LOADED, description="Plain text.")
    html: Loadable[str | None] = Field(NOT_LOADED, description="Sanitised HTML.")
    author: Reference | None = Field(None, description="Who wrote it.")
    audience: str | None = Field(None, description="For whom, in words.")
    published_at: datetime | None = Field(None, description="Aware moment.")
    valid_until: LocalDate | None = Field(None, description="Last day on which it is shown.")
    is_read: bool | None = Field(None, description="Whether it was opened.")
    attachments: Loadable[tuple[Attachment, ...]] = Field(NOT_LOADED, description="Files.")


class NewsItem(Model):
    """News of school, city or provider."""

    id: Id = Field(description="Identifier of the item.")
    title: str = Field(description="Title.")
    text: Loadable[str] = Field(NOT_LOADED, description="Plain text.")
    html: Loadable[str | None] = Field(NOT_LOADED, description="Sanitised HTML.")
    published_at: datetime | None = Field(None, description="Aware moment.")
    url: str | None = Field(None, description="Address of the full text.")


class NotificationKind(StrEnum):
    """What a notification is about."""

    MARK = "mark"
    FINAL_GRADE = "final_grade"
    HOMEWORK = "homework"
    TIMETABLE = "timetable"
    ATTENDANCE = "attendance"
    REMARK = "remark"
    MESSAGE = "message"
    ANNOUNCEMENT = "announcement"
    IMPORTANT_WORK = "important_work"
    OTHER = "other"
    UNKNOWN = "unknown"


class Notification(Model):
    """One line of the diary's feed."""

    id: Id = Field(description="Identifier of the line.")
    kind: NotificationKind = Field(description="What it is about.")
    kind_text: str | None = Field(None, description="The provider's own word.")
    happened_at: datetime | None = Field(None, description="Aware moment.")
    title: str | None = Field(None, description="Title.")
    text: str | None = Field(None, description="Plain text.")
    subject: Reference | None = Field(None, description="Subject that it is about.")
    about: Id | None = Field(None, description="Mark, lesson or homework that it is about.")
    is_read: bool | None = Field(None, description="Whether it was seen.")
