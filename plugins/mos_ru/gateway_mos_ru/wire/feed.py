"""Both feeds of notifications, and news (protocol notes 4.8)."""

from typing import Annotated

from gateway.core.contract.evidence import Assumed, Documented, Seen
from gateway_mos_ru.wire.base import Printed, Wire


class Happening(Wire, frozen=True):
    """A line of the older feed: a mark or homework, given or changed."""

    event_type: Annotated[str | None, Seen(4)] = None
    datetime: Annotated[str | None, Seen(4)] = None
    created_at: Annotated[str | None, Seen(4)] = None
    updated_at: Annotated[str | None, Seen(4)] = None
    student_profile_id: Annotated[int | None, Seen(4)] = None
    subject_name: Annotated[str | None, Seen(4)] = None
    lesson_date: Annotated[str | None, Seen(3)] = None
    new_mark_value: Annotated[Printed | None, Seen(3)] = None
    old_mark_value: Annotated[Printed | None, Seen(3)] = None
    control_form_name: Annotated[str | None, Seen(3)] = None
    new_hw_description: Annotated[str | None, Seen(3)] = None
    old_hw_description: Annotated[str | None, Seen(2)] = None
    new_date_prepared_for: Annotated[str | None, Seen(3)] = None


class FeedContext(Wire, frozen=True):
    """What a line is about: names of the section and of the event."""

    event_name: Annotated[str | None, Seen(2)] = None
    setting_group_name: Annotated[str | None, Seen(2)] = None
    source_name: Annotated[str | None, Seen(2)] = None


class FeedItem(Wire, frozen=True):
    """A line of the newer feed."""

    id: Annotated[str, Seen(2)]
    title: Annotated[str | None, Seen(2)] = None
    description: Annotated[str | None, Seen(2)] = None
    timestamp: Annotated[int | None, Seen(2)] = None
    created_at: Annotated[str | None, Seen(2)] = None
    is_new: Annotated[bool | None, Seen(2)] = None
    child_id: Annotated[Printed | None, Seen(2)] = None
    context: Annotated[FeedContext | None, Seen(2)] = None


class FeedPage(Wire, frozen=True):
    """One page of the newer feed."""

    data: Annotated[list[FeedItem] | None, Seen(2)]


class NewsPart(Wire, frozen=True):
    """A part of a text; the values of `TEXT` may be HTML."""

    type: Annotated[str | None, Documented()] = None
    value: Annotated[list[Printed] | Printed | None, Documented()] = None


class NewsItem(Wire, frozen=True):
    """News; lists tell no content."""

    id: Annotated[int, Documented()]
    name: Annotated[str | None, Documented()] = None
    published_at: Annotated[str | None, Documented()] = None
    content: Annotated[list[NewsPart] | None, Documented()] = None


class Pagination(Wire, frozen=True):
    """Where a page stands."""

    page: Annotated[int | None, Documented()] = None
    page_count: Annotated[int | None, Documented()] = None


class NewsPage(Wire, frozen=True):
    """One page of news."""

    data: Annotated[list[NewsItem] | None, Documented()]
    pagination: Annotated[Pagination | None, Documented()] = None


class OneNews(Wire, frozen=True):
    """One item whole, bare or under `data`."""

    id: Annotated[int | None, Documented()] = None
    content: Annotated[list[NewsPart] | None, Documented()] = None
    data: Annotated[NewsItem | None, Assumed("lists are wrapped so")] = None
