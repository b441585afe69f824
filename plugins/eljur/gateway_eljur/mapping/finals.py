"""Final results of periods, years and exams (notes 4.6)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from gateway.core.model.base import Reference
from gateway.core.model.calendar import PeriodKind
from gateway.core.model.grades import FinalGradeKind
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.periods import ToldPeriod, kind_of_period, period_key
from gateway_eljur.mapping.references import named
from gateway_eljur.mapping.signs import Cell, sign_fields
from gateway_eljur.mapping.text import label, plain
from gateway_eljur.wire.base import number_text, several
from gateway_eljur.wire.finals import Final as FinalMark
from gateway_eljur.wire.finals import SubjectFinals

_KINDS: Final = (
    ("экзам", FinalGradeKind.EXAM),
    ("exam", FinalGradeKind.EXAM),
    ("огэ", FinalGradeKind.EXAM),
    ("егэ", FinalGradeKind.EXAM),
    ("аттестац", FinalGradeKind.ATTESTATION),
    ("attestation", FinalGradeKind.ATTESTATION),
    ("годов", FinalGradeKind.YEAR),
    ("итог", FinalGradeKind.FINAL),
    ("final", FinalGradeKind.FINAL),
)
"""Parts of codes and names that belong to no period; the telling ones first."""

_YEARS: Final = frozenset({"year", "год", "y", "г"})
_ROMAN: Final = frozenset("ivxlc")


def final_records(
    context: MapContext,
    subjects: Iterable[SubjectFinals],
    periods: Mapping[str, ToldPeriod],
    year: int,
) -> list[Record]:
    """Results of one school year.

    Args:
        context: Where they belong.
        subjects: Subjects with their results.
        periods: Periods of the year by code, as far as they are known.
        year: Calendar year in which the school year began.
    """
    records: dict[str, Record] = {}
    for index, subject in enumerate(subjects):
        pointer = named(label(subject.name))
        if pointer is None:
            context.note(f"$.items[{index}].name", "no subject")
            continue
        for told in several(subject.assessments):
            record = _record(context, told, periods, year)
            if record is None:
                continue
            code = str(record["kind_text"])
            key = context.keys.ids.of("final", context.student, year, pointer.name, code)
            records.setdefault(key, {**record, "id": key, "subject": pointer})
    return list(records.values())


def kind_of_final(code: str, period: ToldPeriod | None) -> FinalGradeKind:
    """What a result closes, by its code and the period of that code."""
    words = f"{code} {period.name if period else ''}".casefold()
    found = next((kind for part, kind in _KINDS if part in words), None)
    if found is not None:
        return found
    kind = period.kind if period is not None else kind_of_period(code)
    if kind is PeriodKind.YEAR or code.casefold() in _YEARS:
        return FinalGradeKind.YEAR
    is_number = code.isdigit() or set(code.casefold()) <= _ROMAN
    is_period = period is not None or kind is not PeriodKind.UNKNOWN or is_number
    return FinalGradeKind.PERIOD if is_period else FinalGradeKind.UNKNOWN


def _record(
    context: MapContext, told: FinalMark, periods: Mapping[str, ToldPeriod], year: int
) -> Record | None:
    """A result without its subject; None for one that was not set, or that closes nothing."""
    text, code = label(told.value), label(told.period)
    if text is None:
        return None
    if code is None:
        context.note("$.items[].assessments[].period", "no period")
        return None
    period = periods.get(code)
    kind = kind_of_final(code, period)
    convert = number_text(told.convert)
    worth = None if convert is None else Decimal(convert)
    record = sign_fields(text, Cell(text, context.highest, bool(worth), worth))
    record["kind"] = kind
    record["kind_text"] = code
    record["school_year"] = year
    if kind is FinalGradeKind.PERIOD:
        record["period"] = (
            Reference(id=period_key(context, period, year), name=period.name)
            if period is not None
            else Reference(id=context.keys.period(context.student, code, year), name=code)
        )
    comment = plain(told.comment)
    if comment:
        record["comment"] = comment
    return record
