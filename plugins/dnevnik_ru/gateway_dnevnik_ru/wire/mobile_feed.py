"""The app's start page and the school's announcements (protocol notes 4.9)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.base import Moment, Wire
from gateway_dnevnik_ru.wire.mobile import (
    MobileAttachment,
    MobileComment,
    MobileMark,
    MobileSubject,
)


class RecentMark(Wire, frozen=True):
    """New marks of one work."""

    date: Annotated[Moment | None, Seen(3)] = None
    subject: Annotated[MobileSubject | None, Seen(3)] = None
    mark_type_text: Annotated[str | None, Seen(3)] = None
    is_new: Annotated[bool | None, Seen(3)] = None
    is_final: Annotated[bool | None, Seen(3)] = None
    marks: Annotated[list[MobileMark] | None, Seen(3)] = None


class RecentMarkBox(RecentMark, frozen=True):
    """A recent mark: plain in version 6, wrapped as `content` from version 8."""

    content: Annotated[RecentMark | None, Seen(1)] = None


class ImportantWork(Wire, frozen=True):
    """A control work that is coming."""

    work_type_name: Annotated[str | None, Seen(3)] = None
    subject: Annotated[MobileSubject | None, Seen(3)] = None
    lesson_id: Annotated[int | None, Seen(3)] = None


class Post(Wire, frozen=True):
    """An announcement."""

    id: Annotated[int | None, Seen(2)] = None
    event_key: Annotated[str | None, Seen(2)] = None
    title: Annotated[str | None, Seen(2)] = None
    subtitle: Annotated[str | None, Seen(2)] = None
    text: Annotated[str | None, Seen(2)] = None
    content: Annotated[str | None, Seen(1)] = None
    created_date_time: Annotated[Moment | None, Seen(2)] = None
    is_readed: Annotated[bool | None, Seen(2)] = None
    author_name: Annotated[str | None, Seen(1)] = None
    author_first_name: Annotated[str | None, Seen(2)] = None
    author_middle_name: Annotated[str | None, Seen(2)] = None
    author_last_name: Annotated[str | None, Seen(2)] = None
    files: Annotated[list[MobileAttachment] | None, Seen(2)] = None


class FeedContent(Wire, frozen=True):
    """What a line of the start page holds, by its type."""

    id: Annotated[int | None, Seen(2)] = None
    event_key: Annotated[str | None, Seen(2)] = None
    title: Annotated[str | None, Seen(2)] = None
    text: Annotated[str | None, Seen(2)] = None
    is_readed: Annotated[bool | None, Seen(2)] = None
    works: Annotated[list[ImportantWork] | None, Seen(3)] = None
    comment: Annotated[MobileComment | None, Seen(1)] = None


class FeedItem(Wire, frozen=True):
    """A line of the start page."""

    type: Annotated[str | None, Seen(5)] = None
    time_stamp: Annotated[Moment | None, Seen(3)] = None
    content: Annotated[FeedContent | None, Seen(3)] = None


class Important(Wire, frozen=True):
    """The app's start page."""

    recent_marks: Annotated[list[RecentMarkBox] | None, Seen(5)] = None
    feed: Annotated[list[FeedItem] | None, Seen(5)] = None


class Posts(Wire, frozen=True):
    """Announcements of the school."""

    post_list: Annotated[list[Post] | None, Seen(2)]
