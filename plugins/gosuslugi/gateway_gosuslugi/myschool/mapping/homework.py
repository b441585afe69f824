"""Homework (notes 4.3)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from gateway.core.model.attachments import AttachmentKind
from gateway.core.model.base import Reference
from gateway.core.text import sets_something
from gateway_gosuslugi.myschool.mapping.context import MapContext, Record
from gateway_gosuslugi.myschool.mapping.references import NO_SUBJECT, subject_of
from gateway_gosuslugi.myschool.mapping.text import plain, rich
from gateway_gosuslugi.myschool.wire.homework import Homework, Material

_WEB: Final = frozenset({"http", "https"})


def due_between(
    context: MapContext, homework: Iterable[Homework], start: date, end: date
) -> list[Homework]:
    """Homework due in a range; what has no term counts for the day on which it was given."""
    first, last = start.isoformat(), end.isoformat()
    return [
        item
        for item in homework
        if first <= (_day(context, item.plan_ready_date, item.issue_date) or "") <= last
    ]


def homework_records(
    context: MapContext, homework: Iterable[Homework], subjects: Mapping[str, Reference]
) -> list[Record]:
    """Pieces of homework by their term, each once.

    Args:
        context: Where they belong.
        homework: The pieces.
        subjects: Subjects by the lesson's own identifier, for pieces that name none.
    """
    records: dict[str, Record] = {}
    for index, item in enumerate(homework):
        native = plain(item.homeworks_id) or plain(item.id)
        if native is None:
            context.note(f"$.student_homeworks_materials[{index}]", "no identifier")
            continue
        record = _record(context, item, native, subjects)
        if record is not None:
            records.setdefault(native, record)
    return sorted(records.values(), key=lambda item: (str(item.get("due_on", "")), str(item["id"])))


def names_no_subject(item: Homework) -> bool:
    """Whether only its lesson can tell the subject."""
    return plain(item.subject_name) is None


def _record(
    context: MapContext, item: Homework, native: str, subjects: Mapping[str, Reference]
) -> Record | None:
    text, html = rich(item.description)
    attachments = _attachments(context, item.materials or ())
    if not sets_something(text):
        if not attachments:
            return None
        text, html = "", None
    record: Record = {
        "id": context.keys.of("homework", native),
        "subject": _subject(context, item, subjects),
        "text": text,
        "attachments": attachments,
    }
    if html is not None:
        record["html"] = html
    for day_field, lesson_field, day, lesson in (
        ("due_on", "lesson_id", item.plan_ready_date, item.ready_lesson_id),
        ("assigned_on", "assigned_lesson_id", item.issue_date, item.issue_lesson_id),
    ):
        told, key = context.clock.day(day), plain(lesson)
        if told is not None:
            record[day_field] = told
            if key is not None:
                record[lesson_field] = context.keys.lesson(told, key)
    return record


def _subject(context: MapContext, item: Homework, subjects: Mapping[str, Reference]) -> Reference:
    if names_no_subject(item):
        for lesson in (plain(item.ready_lesson_id), plain(item.issue_lesson_id)):
            if lesson is not None and lesson in subjects:
                return subjects[lesson]
    return subject_of(context, item.subject_id, item.subject_name) or NO_SUBJECT


def _attachments(context: MapContext, materials: Iterable[Material]) -> list[Record]:
    found: dict[str, Record] = {}
    for material in materials:
        url = plain(material.link)
        host = _host(url)
        if url is None or host is None:
            context.note("$.materials[].link", "no address of a page")
        else:
            name = plain(material.name) or host
            found.setdefault(url, {"kind": AttachmentKind.LINK, "name": name, "url": url})
    return list(found.values())


def _host(url: str | None) -> str | None:
    """The host of a web address; None for anything else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return parts.hostname if parts.scheme in _WEB else None


def _day(context: MapContext, *values: str | None) -> str | None:
    return next((day for day in map(context.clock.day, values) if day is not None), None)
