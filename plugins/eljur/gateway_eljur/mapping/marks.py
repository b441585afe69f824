"""Marks with what they were given for (notes 4.2, 4.5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from gateway.core.marks import work_kind
from gateway.core.model.base import Reference
from gateway_eljur.mapping.clock import day_of
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.references import subject_of
from gateway_eljur.mapping.signs import Cell, sign_fields, values_of
from gateway_eljur.mapping.text import label, plain
from gateway_eljur.wire.base import key_text, number_text, switch
from gateway_eljur.wire.marks import Mark, MarkKind, SubjectMarks


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """What the place of a mark in the answer tells, where the mark itself does not.

    Attributes:
        day: Local date of the lesson.
        subject: Name of its subject.
        subject_key: The service's number of the subject.
        lesson_id: Unified identifier of the lesson.
        lesson_number: Its number on the day.
    """

    day: str | None = None
    subject: str | None = None
    subject_key: str = ""
    lesson_id: str | None = None
    lesson_number: int | None = None


NOWHERE: Final = MarkPlace()


def place_of_subject(subject: SubjectMarks) -> MarkPlace:
    """What a subject of the list tells of its marks."""
    return MarkPlace(subject=label(subject.name), subject_key=key_text(subject.lesson_id))


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark of the wire with its place.

    Attributes:
        mark: The mark.
        cell: What stands in its cell.
        day: Local date.
        subject: Subject.
        keys: The rest of its natural key: subject, date, index on the day.
        lesson_id: Unified identifier of the lesson, where it is known.
    """

    mark: Mark
    cell: Cell
    day: str
    subject: Reference
    keys: tuple[str, str, str]
    lesson_id: str | None


def mark_records(
    context: MapContext, marks: Iterable[Mark], *, place: MarkPlace = NOWHERE
) -> list[Record]:
    """Marks of one subject or lesson; a cell with two values is two marks.

    The first value of a cell keeps the cell's own identifier, so that a mark which is bettered
    later (`3`, then `3/5`) stays the mark that it was.

    Args:
        context: Where they belong.
        marks: The marks.
        place: Where they stand.
    """
    records: list[Record] = []
    for placed in placed_marks(context, marks, place=place):
        key = context.keys.mark(context.student, *placed.keys)
        values = values_of(placed.cell)
        for number, text in enumerate(values, start=1):
            record = _record(placed, text)
            record["id"] = key if number == 1 else f"{key}/{number}"
            if len(values) > 1:
                record["cell"] = context.keys.ids.of("cell", context.student, *placed.keys)
                record["cell_text"] = placed.cell.text
            records.append(record)
    return records


def placed_marks(
    context: MapContext, marks: Iterable[Mark], *, place: MarkPlace = NOWHERE
) -> Iterator[PlacedMark]:
    """Marks of one subject or lesson with their natural keys; empty cells are left out."""
    counted: defaultdict[tuple[str, str], int] = defaultdict(int)
    for index, mark in enumerate(marks):
        text = label(mark.value)
        if text is None:
            continue
        day = day_of(mark.date) or place.day
        if day is None:
            context.note(f"$.marks[{index}].date", "no date")
            continue
        number = key_text(mark.lesson_id) or place.subject_key
        subject = subject_of(context.keys.subject, number, place.subject)
        scope = number or subject.name, day
        yield PlacedMark(
            mark,
            cell_of(mark, text, context.highest),
            day,
            subject,
            (*scope, key_text(mark.nm) or str(counted[scope])),
            place.lesson_id,
        )
        counted[scope] += 1


def cell_of(mark: Mark, text: str, highest: str | None) -> Cell:
    """What stands in the cell of a mark.

    Args:
        mark: The mark.
        text: Its sign.
        highest: Highest mark of the class's scale.
    """
    convert = number_text(mark.convert)
    told = Decimal(number_text(mark.max_mark) or 0)
    return Cell(
        text,
        format(told.normalize(), "f") if told else highest,
        switch(mark.count),
        None if convert is None else Decimal(convert),
    )


def _record(placed: PlacedMark, text: str) -> Record:
    mark = placed.mark
    record = sign_fields(text, placed.cell)
    record["date"] = placed.day
    record["subject"] = placed.subject
    record["comment"] = plain(mark.comment)
    weight = number_text(mark.weight_float)
    record["weight"] = number_text(mark.weight) if weight is None else weight
    if placed.cell.counts is not None:
        record["counts"] = placed.cell.counts and "status" not in record
    if placed.lesson_id is not None:
        record["lesson_id"] = placed.lesson_id
    assignment = _assignment(mark)
    if assignment:
        record["assignment"] = assignment
    return record


def _assignment(mark: Mark) -> Record:
    """The work: what the teacher wrote for the whole class names it."""
    kind = mark.mtype if isinstance(mark.mtype, MarkKind) else None
    names = (kind.type, kind.short) if kind else (mark.control_type, mark.control_type_short)
    record = dict(_kind_fields(*(label(name) for name in names)))
    title = plain(mark.lesson_comment)
    if title:
        record["title"] = title
    return record


@lru_cache(maxsize=512)
def _kind_fields(*names: str | None) -> Record:
    """Name and abbreviation of a kind of work, whichever of the two fields holds which."""
    told = sorted({name for name in names if name}, key=len, reverse=True)
    if not told:
        return {}
    record: Record = {"category": told[0], "kind_text": told[0]}
    if len(told) > 1:
        record["category_short"] = told[1]
    kind = work_kind(told[0])
    if kind is not None:
        record["kind"] = kind
    return record
