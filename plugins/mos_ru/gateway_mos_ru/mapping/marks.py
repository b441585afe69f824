"""Marks with what they were given for (protocol notes 4.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from gateway.core.marks import read_sign, work_kind
from gateway.core.model.base import Reference
from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import MarkStatus
from gateway.core.text.printed import number, plain, printed
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.references import subject_of
from gateway_mos_ru.wire.marks import Criterion, Mark

SCALES: Final = {
    "five": GradingScale.FIVE_POINT,
    "six": GradingScale.SIX_POINT,
    "seven": GradingScale.SEVEN_POINT,
    "ten": GradingScale.TEN_POINT,
    "twelve": GradingScale.TWELVE_POINT,
    "hundred": GradingScale.HUNDRED_POINT,
}
"""Words of the service for its scales; a word that is not here is none that we know."""

_SEE_COMMENT: Final = "см"
"""A mark whose points stand in the comment: given, and no number of its own."""


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """What the place of a mark in the answer tells, where the mark itself does not.

    Attributes:
        day: Local date of the lesson.
        subject: Its subject.
        lesson_id: Unified identifier of the lesson.
    """

    day: str | None = None
    subject: Reference | None = None
    lesson_id: str | None = None


NOWHERE: Final = MarkPlace()


def sign_fields(text: str, word: str | None) -> Record:
    """The sign as printed with its scale, number, place and meaning.

    Args:
        text: What is printed.
        word: The service's word for the scale, if it told one.
    """
    return dict(_sign_fields(text, word))


@lru_cache(maxsize=2048)
def _sign_fields(text: str, word: str | None) -> Record:
    """The same, made once for each sign and never changed: there are few signs."""
    scale = SCALES.get(word.strip().lower(), GradingScale.UNKNOWN) if word else None
    sign = read_sign(text, scale or GradingScale.UNKNOWN)
    fields: Record = {"text": text}
    if scale is not None:
        fields["scale"] = scale
        fields["scale_text"] = word
    if sign.value is not None:
        fields["value"] = str(sign.value)
    if sign.normalized is not None:
        fields["normalized"] = sign.normalized
    if sign.status is not MarkStatus.GRADED and text.casefold().rstrip(".") != _SEE_COMMENT:
        fields["status"] = sign.status
    return fields


def mark_records(
    context: MapContext, marks: Iterable[Mark] | None, *, today: date, place: MarkPlace = NOWHERE
) -> list[Record]:
    """Marks, by cell.

    Args:
        context: Where they belong.
        marks: The marks, whole or in the timetable's short form.
        today: Today at the school: until its term has passed, a debt is no mark yet.
        place: Where they stand, for marks that do not tell it themselves.
    """
    records: list[Record] = []
    cells: dict[tuple[object, ...], list[tuple[int, Record]]] = {}
    for index, mark in enumerate(marks or ()):
        text = printed(mark.value)
        if text is None:
            context.note(f"$.marks[{index}].value", "no sign")
            continue
        record = _mark_record(context, mark, text, today.isoformat())
        _put(context, record, mark, place)
        if mark.id is None:
            record["id"] = _natural_id(context, record, index)
            if not record["id"]:
                context.note(f"$.marks[{index}]", "neither number nor place")
                continue
        else:
            record["id"] = f"{context.keys.mark}{mark.id}"
            work = (mark.control_form_name, mark.weight, mark.is_exam)
            cell = (record.get("date"), record.get("subject"), record.get("lesson_id"), *work)
            cells.setdefault(cell, []).append((mark.id, record))
        records.append(record)
    for values in cells.values():
        if len(values) > 1:
            _join(context, values)
    return records


def _mark_record(context: MapContext, mark: Mark, text: str, today: str) -> Record:
    record = sign_fields(text, _scale_word(mark, text))
    if mark.is_point:
        until = context.clock.day(mark.point_date)
        if until is not None:
            record["debt_until"] = until
        if until is None or today <= until:
            record["status"] = MarkStatus.DEBT
    if record.get("status") is MarkStatus.UNKNOWN:
        record["status_text"] = text
    record["counts"] = "value" in record and "status" not in record
    weight = number(mark.weight)
    if weight is not None:
        record["weight"] = weight
    if mark.comment is not None or mark.comment_exists is False:
        record["comment"] = plain(mark.comment)
    given_at = context.clock.moment(mark.created_at)
    if given_at is not None:
        record["given_at"] = given_at
        edited_at = _edited_at(context, mark, given_at)
        if edited_at is not None:
            record["edited_at"] = edited_at
    assignment = _assignment(mark)
    if assignment:
        record["assignment"] = assignment
    criteria = [_criterion(item) for item in mark.criteria or () if plain(item.name)]
    if criteria:
        record["criteria"] = criteria
    return record


def _edited_at(context: MapContext, mark: Mark, given_at: str) -> str | None:
    """When it was changed; every mark has been saved once, which is no change."""
    if mark.updated_at == mark.created_at:
        return None
    saved = context.clock.moment(mark.updated_at)
    if saved is None or datetime.fromisoformat(saved) <= datetime.fromisoformat(given_at):
        return None
    return saved


def _scale_word(mark: Mark, text: str) -> str | None:
    """The word for the scale of the printed sign: the one on which it is the original."""
    for value in mark.values or ():
        if value.grade is not None and printed(value.grade.origin) == text:
            return value.grade_system_type or mark.original_grade_system_type
    return mark.original_grade_system_type


def _put(context: MapContext, record: Record, mark: Mark, place: MarkPlace) -> None:
    """Adds date, subject and lesson."""
    day = context.clock.day(mark.date) or place.day
    subject = subject_of(context.keys.subject, mark.subject_id, mark.subject_name) or place.subject
    for key, value in (("date", day), ("subject", subject), ("lesson_id", place.lesson_id)):
        if value is not None:
            record[key] = value


def _natural_id(context: MapContext, record: Record, index: int) -> str | None:
    """The timetable's short form may lack the number: lesson and order then stand for it."""
    where = record.get("lesson_id") or record.get("date")
    if where is None:
        return None
    return context.keys.ids.of("mark", context.person, str(where).rpartition(":")[2], index)


def _assignment(mark: Mark) -> Record:
    record: Record = {}
    form = plain(mark.control_form_name)
    if form:
        record["category"] = form
        kind = work_kind(form)
        if kind is not None:
            record["kind"] = kind
        record["kind_text"] = form
    if mark.is_exam is not None:
        record["is_important"] = mark.is_exam
    return record


def _criterion(item: Criterion) -> Record:
    text = printed(item.value) or ""
    record: Record = {"name": plain(item.name), "text": text}
    value = number(text)
    if value is not None:
        record["value"] = value
    return record


def _join(context: MapContext, cell: list[tuple[int, Record]]) -> None:
    """Marks the values of one cell: one kind of work of one subject on one date, by number."""
    cell.sort(key=lambda pair: pair[0])
    key = context.keys.ids.of("cell", context.person, cell[0][0])
    text = "/".join(str(record["text"]) for _, record in cell)
    for _, record in cell:
        record["cell"] = key
        record["cell_text"] = text
