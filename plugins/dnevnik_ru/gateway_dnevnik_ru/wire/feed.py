"""The partner interface's feed of days (protocol notes 4.9)."""

from typing import Annotated

from gateway.core.contract.evidence import Seen
from gateway_dnevnik_ru.wire.attendance import LogEntry
from gateway_dnevnik_ru.wire.base import Wire
from gateway_dnevnik_ru.wire.marks import Mark
from gateway_dnevnik_ru.wire.works import Work


class FeedMark(Wire, frozen=True):
    """A mark of a card."""

    mark: Annotated[Mark | None, Seen(4)] = None


class MarksCard(Wire, frozen=True):
    """New marks in one subject."""

    marks: Annotated[list[FeedMark] | None, Seen(4)] = None
    subject_name: Annotated[str | None, Seen(4)] = None
    subject_id: Annotated[int | None, Seen(4)] = None
    work_type_name: Annotated[str | None, Seen(4)] = None


class FeedWork(Wire, frozen=True):
    """Homework or a control work of a day."""

    work: Annotated[Work | None, Seen(3)] = None
    subject_name: Annotated[str | None, Seen(3)] = None
    work_type_name: Annotated[str | None, Seen(3)] = None


class FeedSummary(Wire, frozen=True):
    """What a day brought."""

    important_works: Annotated[list[FeedWork] | None, Seen(3)] = None
    marks_cards: Annotated[list[MarksCard] | None, Seen(4)] = None


class FeedLogEntry(Wire, frozen=True):
    """A note about attendance."""

    lesson_log_entry: Annotated[LogEntry | None, Seen(3)] = None
    subject_name: Annotated[str | None, Seen(3)] = None


class FeedDay(Wire, frozen=True):
    """One day of the feed."""

    date: Annotated[str | None, Seen(7)] = None
    next_working_day_date: Annotated[str | None, Seen(3)] = None
    summary: Annotated[FeedSummary | None, Seen(4)] = None
    next_day_homeworks: Annotated[list[FeedWork] | None, Seen(3)] = None
    today_homeworks: Annotated[list[FeedWork] | None, Seen(3)] = None
    log_entries: Annotated[list[FeedLogEntry] | None, Seen(3)] = None


class Feed(Wire, frozen=True):
    """Some days, newest first or last: the order is not known."""

    days: Annotated[list[FeedDay] | None, Seen(7)]
