"""Marks with what they were given for (notes 4.3)."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from gateway.core.marks import read_sign, work_kind
from gateway.core.model.base import Reference
from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import MarkStatus, WorkKind
from gateway_gosuslugi.myschool.mapping.context import MapContext, Record
from gateway_gosuslugi.myschool.mapping.references import subject_of
from gateway_gosuslugi.myschool.mapping.text import number, plain
from gateway_gosuslugi.myschool.wire.marks import Mark

_KINDS: Final = {"test": WorkKind.CONTROL}
"""Codes of kinds of work whose meaning is known; the words beside them are the school's."""


@lru_cache(maxsize=2048)
def _sign_fields(text: str) -> Record:
    """What a sign says, made once for each and never changed: there are few. No scale is told."""
    sign = read_sign(text, GradingScale.UNKNOWN)
    fields: Record = {"text": text, "counts": sign.value is not None}
    if sign.value is not None:
        fields["value"] = str(sign.value)
    if sign.normalized is not None:
        fields["normalized"] = sign.normalized
    if sign.status is not MarkStatus.GRADED:
        fields["status"] = sign.status
    if sign.status is MarkStatus.UNKNOWN:
        fields["status_text"] = text
    return fields


def mark_records(
    context: MapContext,
    marks: Iterable[Mark],
    start: date,
    end: date,
    subjects: Mapping[str, Reference] | None = None,
) -> list[Record]:
    """Values of the cells that stand in a range, by date; two values of a cell are two marks.

    Args:
        context: Where they belong.
        marks: Cells of the weeks in which they were filled.
        start: First date of the lessons.
        end: Last date.
        subjects: Subjects by the lesson's own identifier, for cells that name none.
    """
    first, last = start.isoformat(), end.isoformat()
    records: dict[str, Record] = {}
    for index, mark in enumerate(marks):
        native = plain(mark.marks_id) or plain(mark.id)
        day = context.clock.day(mark.mark_date)
        if native is None or day is None:
            context.note(f"$.student_marks[{index}]", "neither identifier nor date")
        elif first <= day <= last:
            for record in _cell(context, mark, native, day, subjects or {}):
                records.setdefault(str(record["id"]), record)
    return sorted(records.values(), key=lambda item: (str(item["date"]), str(item["id"])))


def _cell(
    context: MapContext, mark: Mark, native: str, day: str, subjects: Mapping[str, Reference]
) -> list[Record]:
    texts = [plain(mark.mark_value1), plain(mark.mark_value2)]
    if not any(texts):
        context.note("$.student_marks[].mark_value1", "no sign")
        return []
    common = _common(context, mark, day, subjects)
    if all(texts):
        common["cell"] = context.keys.of("cell", day, native)
        common["cell_text"] = "/".join(text for text in texts if text)
    return [
        {
            "id": context.keys.mark(day, native, second=place > 0),
            **_sign_fields(text),
            **common,
        }
        for place, text in enumerate(texts)
        if text is not None
    ]


def _common(context: MapContext, mark: Mark, day: str, subjects: Mapping[str, Reference]) -> Record:
    lesson = plain(mark.lesson_id)
    subject = subject_of(context, mark.subject_id, mark.subject_name)
    if plain(mark.subject_name) is None:
        subject = subjects.get(lesson or "", subject)
    record: Record = {"date": day, "subject": subject, "comment": plain(mark.comment)}
    weight = number(mark.weight)
    record["weight"] = weight
    if lesson is not None:
        record["lesson_id"] = context.keys.lesson(day, lesson)
    for field, told in (("given_at", mark.create_datetime), ("edited_at", mark.correction_date)):
        moment = context.clock.moment(told)
        if moment is not None:
            record[field] = moment
    assignment = _assignment(mark)
    if assignment:
        record["assignment"] = assignment
    return record


def _assignment(mark: Mark) -> Record:
    record: Record = {}
    category, code, title = map(
        plain, (mark.work_type_description, mark.work_type_code, mark.work_name)
    )
    if title is not None:
        record["title"] = title
    if category is not None:
        record["category"] = category
    word = code or category
    if word is not None:
        kind = work_kind(category or "") or _KINDS.get(word.lower())
        if kind is not None:
            record["kind"] = kind
        record["kind_text"] = word
    return record
