"""Lines of both feeds (protocol notes 4.8)."""

import hashlib
from collections.abc import Collection, Iterable
from typing import Final

from gateway.core.model.talk import NotificationKind
from gateway.core.text.printed import plain, printed
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.references import named
from gateway_mos_ru.wire.feed import FeedItem, Happening

_TITLES: Final = {
    "create_mark": "Новая оценка",
    "update_mark": "Оценка изменена",
    "delete_mark": "Оценка удалена",
    "create_mark_comment": "Комментарий к оценке",
    "update_mark_comment": "Комментарий к оценке изменён",
    "create_homework": "Новое домашнее задание",
    "update_homework": "Домашнее задание изменено",
}
"""The older feed has events, not sentences."""

_STEMS: Final = (
    ("итог", NotificationKind.FINAL_GRADE),
    ("оцен", NotificationKind.MARK),
    ("отмет", NotificationKind.MARK),
    ("домашн", NotificationKind.HOMEWORK),
    ("дз", NotificationKind.HOMEWORK),
    ("замечан", NotificationKind.REMARK),
    ("комментар", NotificationKind.REMARK),
    ("расписан", NotificationKind.TIMETABLE),
    ("замен", NotificationKind.TIMETABLE),
    ("пропуск", NotificationKind.ATTENDANCE),
    ("посещаем", NotificationKind.ATTENDANCE),
    ("отсутств", NotificationKind.ATTENDANCE),
    ("объявлен", NotificationKind.ANNOUNCEMENT),
    ("новост", NotificationKind.ANNOUNCEMENT),
    ("сообщен", NotificationKind.MESSAGE),
    ("питан", NotificationKind.OTHER),
    ("проход", NotificationKind.OTHER),
)
"""Parts of the names of sections and events of the newer feed, which are free text."""

_DIGEST: Final = 24

TOLD_BY_EVENTS: Final = frozenset({NotificationKind.MARK, NotificationKind.HOMEWORK})
"""What the older feed tells with all its parts."""


def happening_records(
    context: MapContext, student: str, events: Iterable[Happening]
) -> list[Record]:
    """Lines of the older feed about one student, newest first."""
    records: dict[str, Record] = {}
    for index, item in enumerate(events):
        if item.student_profile_id is not None and str(item.student_profile_id) != student:
            continue
        word = item.event_type
        if not word:
            context.note(f"$[{index}].event_type", "no event")
            continue
        record = _happening(context, item, word)
        records.setdefault(str(record["id"]), record)
    return newest_first(records.values())


def feed_records(
    context: MapContext, items: Iterable[FeedItem], others: Collection[str]
) -> list[Record]:
    """Lines of the newer feed about one student or the whole family, newest first.

    Args:
        context: Where they belong.
        items: The lines.
        others: Numbers of the account's other students, whose lines are left out.
    """
    records: dict[str, Record] = {}
    for item in items:
        child = printed(item.child_id)
        if child is not None and child.lower() in others:
            continue
        told = item.context
        words = (told.event_name, told.setting_group_name, told.source_name) if told else ()
        word = next((text for text in map(plain, words) if text), None)
        record: Record = {
            "id": context.keys.ids.of("notification", item.id),
            "kind": _meant(*words, item.title),
        }
        fields = {
            "kind_text": word or plain(item.title),
            "happened_at": context.clock.moment(item.created_at) or _unix(context, item.timestamp),
            "title": plain(item.title),
            "text": plain(item.description),
            "is_read": None if item.is_new is None else not item.is_new,
        }
        record.update({key: value for key, value in fields.items() if value is not None})
        records.setdefault(str(record["id"]), record)
    return newest_first(records.values())


def newest_first(records: Iterable[Record]) -> list[Record]:
    """Lines by time, the newest first."""
    return sorted(records, key=lambda record: str(record.get("happened_at", "")), reverse=True)


def _happening(context: MapContext, item: Happening, word: str) -> Record:
    kind = NotificationKind.HOMEWORK if "homework" in word else NotificationKind.MARK
    known = word in _TITLES
    moment = context.clock.moment(item.datetime or item.created_at)
    subject = named(item.subject_name)
    record: Record = {
        "id": context.keys.ids.of("notification", context.person, word, _digest(item)),
        "kind": kind if known else NotificationKind.UNKNOWN,
        "kind_text": word,
    }
    text = _homework(context, item) if kind is NotificationKind.HOMEWORK else _mark(context, item)
    fields = {
        "happened_at": moment,
        "title": _TITLES.get(word),
        "text": text,
        "subject": subject,
    }
    record.update({key: value for key, value in fields.items() if value is not None})
    return record


def _digest(item: Happening) -> str:
    """What tells events apart, none of which has a number; identifiers stand in logs."""
    parts = (
        item.datetime or item.created_at,
        item.subject_name,
        item.lesson_date or item.new_date_prepared_for,
        item.new_mark_value or item.old_mark_value,
        item.control_form_name or item.new_hw_description,
    )
    text = "\n".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]


def _mark(context: MapContext, item: Happening) -> str | None:
    """The sign, the one before it, the kind of work and the date of the lesson."""
    new, old = printed(item.new_mark_value), printed(item.old_mark_value)
    signs = f"{old} → {new}" if new and old and new != old else new or old
    return _sentence(signs, plain(item.control_form_name), context.clock.day(item.lesson_date))


def _homework(context: MapContext, item: Happening) -> str | None:
    due = context.clock.day(item.new_date_prepared_for)
    return _sentence(plain(item.new_hw_description or item.old_hw_description), None, due)


def _sentence(what: str | None, kind: str | None, day: str | None) -> str | None:
    told = ", ".join(part for part in (what, kind) if part)
    if day is None:
        return told or None
    year, month, date = day.split("-")
    when = f"{date}.{month}.{year}"
    return f"{told} ({when})" if told else when


def _meant(*words: str | None) -> NotificationKind:
    """What a line is about, by the first name that says it."""
    for word in words:
        lower = (word or "").casefold()
        for stem, kind in _STEMS:
            if stem in lower:
                return kind
    return NotificationKind.UNKNOWN if any(words) else NotificationKind.OTHER


def _unix(context: MapContext, timestamp: int | None) -> str | None:
    """The moment of unix seconds or milliseconds."""
    if timestamp is None:
        return None
    return context.clock.unix(timestamp / 1000 if timestamp > _MILLISECONDS else timestamp)


_MILLISECONDS: Final = 100_000_000_000
"""Seconds of the year 5138: a larger number counts milliseconds."""
