"""Lines of a feed, composed of marks, homework, control works and notes."""

from collections.abc import Iterable, Iterator

from gateway.core.model.talk import NotificationKind
from gateway.core.text.printed import plain, rich
from gateway_dnevnik_ru.mapping.app_diary import signs
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.marks import text_of
from gateway_dnevnik_ru.mapping.references import app_subject, named, reference
from gateway_dnevnik_ru.mapping.remarks import author_of
from gateway_dnevnik_ru.wire.feed import FeedDay, FeedWork, MarksCard
from gateway_dnevnik_ru.wire.mobile_feed import FeedItem, Important, RecentMark

_APP_KINDS = {
    "post": NotificationKind.ANNOUNCEMENT,
    "importantwork": NotificationKind.IMPORTANT_WORK,
    "teacherlessoncomment": NotificationKind.REMARK,
}
_SILENT = frozenset({"banner", "emptyitem", "publicclubinvitation", "askteacher", "weeksummary"})
"""Lines of the app's page that tell a family nothing about school."""


def feed_records(context: MapContext, days: Iterable[FeedDay], *, is_first: bool) -> list[Record]:
    """One page of the partner interface's feed, newest first.

    A day repeats what other days told: homework of the next school day, control works to come.
    Each is told once, on the page of the day for which it is due; the first page also tells what
    is due after it.

    Args:
        context: Where it belongs.
        days: The days of the page.
        is_first: Whether no newer page precedes it.
    """
    dated = [(context.clock.day(item.date), item) for item in days]
    own = {day for day, _ in dated if day is not None}
    newest = max(own, default="")
    found: dict[str, Record] = {}
    for day, item in dated:
        for work, kind, word, told in _works(item):
            due = context.clock.day(told) or day or newest
            if due in own or is_first or due < newest:
                for record in _work(context, work, kind, word, item.date):
                    found.setdefault(str(record["id"]), record)
        for record in _day(context, item):
            found.setdefault(str(record["id"]), record)
    return sorted(found.values(), key=_moment, reverse=True)


def important_records(context: MapContext, page: Important) -> list[Record]:
    """The app's start page, newest first."""
    found: dict[str, Record] = {}
    for box in page.recent_marks or ():
        for record in _recent(context, box.content or box):
            found.setdefault(str(record["id"]), record)
    for item in page.feed or ():
        for record in _app_line(context, item):
            found.setdefault(str(record["id"]), record)
    return sorted(found.values(), key=_moment, reverse=True)


def _moment(record: Record) -> str:
    return str(record.get("happened_at", ""))


def _line(
    context: MapContext,
    kind: NotificationKind,
    word: str,
    happened_at: str | None,
    *keys: object,
) -> Record:
    record: Record = {
        "id": context.keys.ids.of("notification", word, *(str(key) for key in keys)),
        "kind": kind,
        "kind_text": word,
    }
    if happened_at:
        record["happened_at"] = happened_at
    return record


def _named(record: Record, subject: str | None, title: str | None, text: str | None) -> Record:
    pointer = named(subject)
    if pointer is not None:
        record["subject"] = pointer
    if title:
        record["title"] = title
    if text:
        record["text"] = text
    return record


def _day(context: MapContext, item: FeedDay) -> Iterator[Record]:
    summary = item.summary
    if summary is not None:
        for card in summary.marks_cards or ():
            yield from _marks(context, card, item.date)
    for note in item.log_entries or ():
        entry = note.lesson_log_entry
        if entry is None or entry.lesson is None:
            continue
        happened_at = context.clock.moment(entry.created_date) or context.clock.moment(item.date)
        record = _line(
            context, NotificationKind.ATTENDANCE, "logEntries", happened_at, entry.lesson
        )
        record["about"] = context.keys.attendance(context.person, entry.lesson)
        yield _named(record, note.subject_name, entry.status, plain(entry.comment))


def _works(item: FeedDay) -> Iterator[tuple[FeedWork, NotificationKind, str, str | None]]:
    """Homework and control works of a day, and to come, with the day for which each is due."""
    for work in item.today_homeworks or ():
        yield work, NotificationKind.HOMEWORK, "homeworks", item.date
    for work in item.next_day_homeworks or ():
        due = work.work.target_date if work.work else None
        yield work, NotificationKind.HOMEWORK, "homeworks", item.next_working_day_date or due
    for work in (item.summary.important_works if item.summary else None) or ():
        due = work.work.target_date if work.work else None
        yield work, NotificationKind.IMPORTANT_WORK, "importantWorks", due


def _marks(context: MapContext, card: MarksCard, day: str | None) -> Iterator[Record]:
    for item in card.marks or ():
        mark = item.mark
        text = text_of(mark) if mark is not None else ""
        if mark is None or not text:
            continue
        happened_at = context.clock.moment(mark.date) or context.clock.moment(day)
        record = _line(context, NotificationKind.MARK, "marksCards", happened_at, mark.id)
        record["about"] = f"{context.keys.mark}{mark.id}"
        _named(record, card.subject_name, text, plain(card.work_type_name))
        if card.subject_id is not None:
            record["subject"] = reference(context.keys.subject, card.subject_id, card.subject_name)
        yield record


def _work(
    context: MapContext, item: FeedWork, kind: NotificationKind, word: str, day: str | None
) -> Iterator[Record]:
    work = item.work
    if work is None:
        return
    happened_at = context.clock.moment(work.sent_date) or context.clock.moment(day)
    record = _line(context, kind, word, happened_at, work.id)
    is_homework = kind is NotificationKind.HOMEWORK
    prefix = context.keys.homework if is_homework else context.keys.work
    record["about"] = f"{prefix}{work.id}"
    title = plain(item.work_type_name)
    _named(record, item.subject_name, title, rich(work.text)[0])
    if work.subject_id is not None:
        record["subject"] = reference(context.keys.subject, work.subject_id, item.subject_name)
    yield record


def _recent(context: MapContext, mark: RecentMark) -> Iterator[Record]:
    kind = NotificationKind.FINAL_GRADE if mark.is_final else NotificationKind.MARK
    for number, text in signs(mark.marks or ()):
        happened_at = context.clock.moment(mark.date)
        record = _line(context, kind, "recentMarks", happened_at, number)
        record["about"] = (
            context.keys.ids.of("final", number)
            if mark.is_final
            else f"{context.keys.mark}{number}"
        )
        record["title"] = text
        title = plain(mark.mark_type_text)
        if title:
            record["text"] = title
        subject = app_subject(context, mark.subject)
        if subject is not None:
            record["subject"] = subject
        if mark.is_new is not None:
            record["is_read"] = not mark.is_new
        yield record


def _app_line(context: MapContext, item: FeedItem) -> Iterator[Record]:
    word = item.type or ""
    content = item.content
    if content is None or not word or word.lower() in _SILENT:
        return
    kind = _APP_KINDS.get(word.lower(), NotificationKind.UNKNOWN)
    happened_at = context.clock.moment(item.time_stamp)
    if kind is NotificationKind.IMPORTANT_WORK:
        for work in content.works or ():
            subject = app_subject(context, work.subject)
            name = plain(work.work_type_name) or "—"
            record = _line(context, kind, word, happened_at, work.lesson_id or 0, name)
            _named(record, None, plain(work.work_type_name), None)
            if subject is not None:
                record["subject"] = subject
            if work.lesson_id is not None:
                record["about"] = f"{context.keys.lesson}{work.lesson_id}"
            yield record
        return
    comment = content.comment
    key = content.id if content.id is not None else content.event_key or item.time_stamp
    if key is None:
        context.note("$.feed", "a line without a number")
        return
    record = _line(context, kind, word, happened_at, key)
    text = plain(comment.text) if comment else rich(content.text)[0]
    author = author_of(context, comment) if comment else None
    title = plain(content.title) or (author.name if author else None)
    _named(record, None, title, text)
    if kind is NotificationKind.ANNOUNCEMENT and content.id is not None:
        record["about"] = context.keys.ids.of("announcement", content.id)
    if content.is_readed is not None:
        record["is_read"] = content.is_readed
    yield record
