"""Homework, from its own list and as the timetable tells it (protocol notes 4.2, 4.3)."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from gateway.core.model.base import Reference
from gateway.core.model.homework import SubmissionStatus
from gateway.core.text import sets_something
from gateway.core.text.printed import plain, rich
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.files import attachment_records
from gateway_mos_ru.mapping.lessons import NO_SUBJECT, PlacedEvent
from gateway_mos_ru.mapping.references import subject_of
from gateway_mos_ru.wire.events import EventHomework
from gateway_mos_ru.wire.homework import Comment, Homework, WrittenAnswer

_OF_LESSON: Final = "lesson"


class Due(NamedTuple):
    """What the timetable tells of a piece of homework."""

    lesson_id: str
    duration: int | None = None


def homework_records(
    context: MapContext, homeworks: Iterable[Homework], due: Mapping[int, Due] | None = None
) -> list[Record]:
    """Pieces of homework by the day for which they are due.

    Args:
        context: Where they belong.
        homeworks: The list.
        due: By the number of an entry, what the timetable tells of it.
    """
    records: dict[str, Record] = {}
    for item in homeworks:
        told = due.get(item.homework_entry_id) if due and item.homework_entry_id else None
        record = _record(context, item, told)
        if record is not None:
            records.setdefault(str(record["id"]), record)
    return sorted(records.values(), key=lambda item: (str(item.get("due_on", "")), str(item["id"])))


def _record(context: MapContext, item: Homework, due: Due | None) -> Record | None:
    text, html = rich(item.homework or item.description)
    attachments = attachment_records(
        context,
        files=item.attachments,
        materials=[*(item.materials or ()), *(item.additional_materials or ())],
        entry=item.homework_entry_id,
    )
    if not sets_something(text):
        if not attachments:
            return None
        text, html = "", None
    record: Record = {
        "id": homework_key(context, item),
        "subject": subject_of(context.keys.subject, item.subject_id, item.subject_name)
        or NO_SUBJECT,
        "text": text,
        "is_done": item.is_done,
        "submission": _submission(item),
        "attachments": attachments,
    }
    optional: Record = {
        "html": html,
        "due_on": context.clock.day(item.date) or context.clock.day(item.date_prepared_for),
        "assigned_on": context.clock.day(item.date_assigned_on),
        "edited_at": context.clock.moment(item.homework_updated_at),
        "comment": _comments(item),
        "lesson_id": due.lesson_id if due else None,
        "duration": due.duration if due else None,
    }
    record.update({key: value for key, value in optional.items() if value is not None})
    return record


def homework_key(context: MapContext, item: Homework) -> str:
    """Identifier of a piece of homework; other lessons' has the kind that a tick must name."""
    kind = (item.type or "").lower()
    if not kind or kind == "oo":
        return f"{context.keys.homework}{item.homework_entry_student_id}"
    return context.keys.ids.of("homework", item.homework_entry_student_id, kind)


def _submission(item: Homework) -> SubmissionStatus | None:
    """How far the written answer has come."""
    if item.has_teacher_answer:
        return SubmissionStatus.RETURNED
    answer = item.written_answer
    if plain(answer.text if isinstance(answer, WrittenAnswer) else answer):
        return SubmissionStatus.SUBMITTED
    return SubmissionStatus.NOT_SUBMITTED if item.has_teacher_answer is False else None


def _comments(item: Homework) -> str | None:
    answer = item.written_answer
    told: list[Comment | str] = [*(item.comments or ())]
    if isinstance(answer, WrittenAnswer):
        told += answer.comments or ()
    texts = (plain(one if isinstance(one, str) else one.text) for one in told)
    return "\n".join(dict.fromkeys(text for text in texts if text)) or None


def due_of_events(events: Iterable[PlacedEvent]) -> dict[int, Due]:
    """What the timetable tells of the entries that it numbers."""
    found: dict[int, Due] = {}
    for event, lesson in events:
        for entry in _of(event.homework).entries or ():
            if entry.homework_entry_id is not None:
                found[entry.homework_entry_id] = Due(str(lesson["id"]), entry.duration or None)
    return found


def lesson_homework_records(
    context: MapContext, events: Iterable[PlacedEvent], listed: Iterable[Record]
) -> list[Record]:
    """Homework that only the timetable tells, all that is due at a lesson together.

    Args:
        context: Where it belongs.
        events: The lessons.
        listed: What the list of homework told: the timetable's texts are that list's.
    """
    known = {(record.get("due_on"), _subject(record)) for record in listed}
    records: list[Record] = []
    for event, lesson in events:
        told = _of(event.homework)
        texts = [*(told.descriptions or ()), *(item.description for item in told.entries or ())]
        read = dict.fromkeys(plain(text) for text in texts)
        given = [text for text in read if text and sets_something(text)]
        if not given or (lesson["date"], _subject(lesson)) in known:
            continue
        records.append(
            {
                "id": context.keys.ids.of("homework", _OF_LESSON, *_lesson_keys(context, lesson)),
                "subject": lesson["subject"],
                "text": "\n".join(given),
                "due_on": lesson["date"],
                "lesson_id": lesson["id"],
            }
        )
    return records


def with_lessons(records: Iterable[Record], events: Iterable[PlacedEvent]) -> None:
    """Adds to homework the lesson for which it is due, where its day has one of the subject."""
    lessons: dict[tuple[object, object], list[object]] = {}
    for _, lesson in events:
        lessons.setdefault((lesson["date"], _subject(lesson)), []).append(lesson["id"])
    for record in records:
        found = lessons.get((record.get("due_on"), _subject(record)), [])
        if len(found) == 1:
            record.setdefault("lesson_id", found[0])


def _subject(record: Record) -> object:
    """By what a subject is recognised: its number, else its name."""
    subject = record["subject"]
    return (subject.id or subject.name) if isinstance(subject, Reference) else subject


def _lesson_keys(context: MapContext, lesson: Record) -> tuple[str, ...]:
    return context.keys.ids.keys("lesson", str(lesson["id"]))


_NO_HOMEWORK: Final = EventHomework()


def _of(homework: EventHomework | None) -> EventHomework:
    return homework if homework is not None else _NO_HOMEWORK
