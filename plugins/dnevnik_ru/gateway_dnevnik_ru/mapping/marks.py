"""Marks with what they were given for."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from gateway.core.marks import read_sign
from gateway.core.model.grading import GradingScale
from gateway.core.model.marks import MarkStatus
from gateway.core.text.printed import printed
from gateway_dnevnik_ru.mapping.assignments import ToldWork, Works
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.placing import PlacedLesson
from gateway_dnevnik_ru.mapping.references import Subjects
from gateway_dnevnik_ru.mapping.words import SCALES, known
from gateway_dnevnik_ru.wire.base import Printed
from gateway_dnevnik_ru.wire.marks import Mark


def sign_fields(text: str, word: str | None, value: Printed | None = None) -> Record:
    """The sign as printed with its scale, number, place and meaning.

    Args:
        text: What is printed.
        word: The provider's word for the scale, if it told one.
        value: What the provider stores, read where the printed sign says nothing.
    """
    return dict(_sign_fields(text, word, value))


@lru_cache(maxsize=2048, typed=True)
def _sign_fields(text: str, word: str | None, value: Printed | None) -> Record:
    """The same, made once for each sign and never changed: there are few signs."""
    scale = known(SCALES, word, GradingScale.UNKNOWN)
    sign = read_sign(text, scale)
    if sign.status is MarkStatus.UNKNOWN and value is not None:
        sign = read_sign(str(value), scale)
    fields: Record = {"text": text}
    if word:
        fields["scale"] = scale
        fields["scale_text"] = word
    if sign.value is not None:
        fields["value"] = str(sign.value)
    if sign.normalized is not None:
        fields["normalized"] = sign.normalized
    if sign.status is not MarkStatus.GRADED:
        fields["status"] = sign.status
    return fields


def text_of(mark: Mark) -> str:
    """The sign as printed."""
    return printed(mark.text_value) or printed(mark.value) or ""


def mark_records(
    context: MapContext,
    marks: Iterable[Mark],
    *,
    works: Works,
    subjects: Subjects,
    lessons: Mapping[int, PlacedLesson],
    day: str | None = None,
) -> list[Record]:
    """Marks by cell; results of periods are left to the final grades.

    Args:
        context: Where they belong.
        marks: The marks.
        works: What they were given for.
        subjects: Subjects by number.
        lessons: Lessons by number.
        day: Date of marks whose lesson and work tell none.
    """
    records: list[Record] = []
    cells: dict[int, list[tuple[int, Record]]] = {}
    for mark in marks:
        told = works.told(mark.work, mark.work_type)
        if told.is_final:
            continue
        text = text_of(mark)
        if not text:
            context.note(f"$.marks[id={mark.id}]", "no sign")
            continue
        record = _mark_record(context, mark, text, told)
        lesson = lessons.get(mark.lesson) if mark.lesson is not None else None
        on, subject = (lesson.day, lesson.subject) if lesson else (None, None)
        if told.work is not None and (on is None or subject is None):
            on = on or context.clock.day(told.work.target_date)
            subject = subject or subjects.get(told.work.subject_id)
        if on or day:
            record["date"] = on or day
        if subject is not None:
            record["subject"] = subject
        records.append(record)
        if mark.work is not None:
            cells.setdefault(mark.work, []).append((mark.number or 0, record))
    for number, cell in cells.items():
        if len(cell) > 1:
            _join(cell, f"{context.keys.work}{number}")
    return records


def _mark_record(context: MapContext, mark: Mark, text: str, told: ToldWork) -> Record:
    keys = context.keys
    record = sign_fields(text, told.scale_word, mark.value)
    record["id"] = f"{keys.mark}{mark.id}"
    if mark.use_avg_calc is not None:
        record["counts"] = mark.use_avg_calc
    if mark.lesson is not None:
        record["lesson_id"] = f"{keys.lesson}{mark.lesson}"
    if mark.date is not None:
        given_at = context.clock.moment(mark.date)
        if given_at is None:
            context.note(f"$.marks[id={mark.id}].date", "no moment")
        else:
            record["given_at"] = given_at
    if told.assignment is not None:
        record["assignment"] = told.assignment
    if told.weight is not None:
        record["weight"] = told.weight
    return record


def _join(cell: list[tuple[int, Record]], key: str) -> None:
    """Marks the values of one cell, in the order of their numbers."""
    cell.sort(key=lambda pair: (pair[0], str(pair[1]["id"])))
    text = "/".join(str(record["text"]) for _, record in cell)
    for _, record in cell:
        record["cell"] = key
        record["cell_text"] = text
