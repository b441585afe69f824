"""Teachers' comments on a pupil at a lesson.

The service has no behaviour notes; what comes nearest stands in the notes about attendance and,
in the app's diary, beside the lesson.
"""

from collections.abc import Iterable, Mapping

from gateway.core.model.base import Reference
from gateway.core.model.remarks import RemarkKind
from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.attendance import Note
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.references import app_teacher, named
from gateway_dnevnik_ru.wire.mobile import MobileComment
from gateway_dnevnik_ru.wire.mobile_diary import DiaryLesson


def log_remark_records(context: MapContext, notes: Iterable[Note]) -> list[Record]:
    """Comments that stand in the notes about attendance."""
    records: list[Record] = []
    for note in notes:
        text = plain(note.entry.comment)
        if text:
            records.append(_remark(context, note.number, note.lesson, text, source="log"))
    return records


def app_remark_records(
    context: MapContext,
    told: Mapping[int, DiaryLesson],
    placed: Mapping[int, PlacedLesson],
    known: Iterable[Record],
) -> list[Record]:
    """Comments on these lessons in the app's diary, but for those that are known already."""
    texts = {(record["lesson_id"], record["text"]) for record in known}
    records: list[Record] = []
    for number, lesson in placed.items():
        app = told.get(number)
        comment = app.comment if app else None
        text = plain(comment.text) if comment else None
        if comment is None or text is None:
            continue
        author = author_of(context, comment)
        record = _remark(context, number, lesson, text, source="lesson", author=author)
        if (record["lesson_id"], text) not in texts:
            records.append(record)
    return records


def author_of(context: MapContext, comment: MobileComment) -> Reference | None:
    """Who wrote a comment."""
    if isinstance(comment.author, str):
        return named(comment.author)
    return app_teacher(context, comment.author)


def _remark(
    context: MapContext,
    number: int,
    lesson: PlacedLesson,
    text: str,
    *,
    source: str,
    author: Reference | None = None,
) -> Record:
    record: Record = {
        "id": context.keys.remark(context.person, number, source),
        "kind": RemarkKind.COMMENT,
        "date": lesson.day,
        "text": text,
        "lesson_id": f"{context.keys.lesson}{number}",
    }
    if lesson.subject is not None:
        record["subject"] = lesson.subject
    if author is not None:
        record["author"] = author
    return record
