"""Results of periods, years and exams."""

from collections.abc import Mapping, Sequence
from typing import Final

from gateway.core.model.grades import FinalGradeKind
from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.app_diary import signs
from gateway_dnevnik_ru.mapping.assignments import Category, bundle_categories
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.marks import sign_fields, text_of
from gateway_dnevnik_ru.mapping.periods import app_period_pointers
from gateway_dnevnik_ru.mapping.references import Subjects, app_subject
from gateway_dnevnik_ru.wire.finals import AllFinalMarks, PersonFinals
from gateway_dnevnik_ru.wire.marks import Mark
from gateway_dnevnik_ru.wire.mobile_marks import FinalMarks, SubjectFinalMarks
from gateway_dnevnik_ru.wire.works import PeriodWork

_STEMS: Final = (
    ("attest", FinalGradeKind.ATTESTATION),
    ("аттестац", FinalGradeKind.ATTESTATION),
    ("exam", FinalGradeKind.EXAM),
    ("экзамен", FinalGradeKind.EXAM),
    ("year", FinalGradeKind.YEAR),
    ("годов", FinalGradeKind.YEAR),
    ("за год", FinalGradeKind.YEAR),
    ("final", FinalGradeKind.FINAL),
    ("итог", FinalGradeKind.FINAL),
    ("period", FinalGradeKind.PERIOD),
    ("quarter", FinalGradeKind.PERIOD),
    ("четверт", FinalGradeKind.PERIOD),
    ("trimester", FinalGradeKind.PERIOD),
    ("триместр", FinalGradeKind.PERIOD),
    ("semester", FinalGradeKind.PERIOD),
    ("полугод", FinalGradeKind.PERIOD),
    ("module", FinalGradeKind.PERIOD),
    ("модул", FinalGradeKind.PERIOD),
)
"""Stems of words for what a result closes; the vocabulary of kinds is not known whole."""
_HALF_YEAR: Final = "halfyear"


def kind_of(*words: str | None) -> FinalGradeKind:
    """What a result closes, by the first word that says so."""
    for word in words:
        text = (word or "").casefold().replace(_HALF_YEAR, "semester")
        if text == "periodmark":  # the type of every such work, whatever it closes
            continue
        for stem, kind in _STEMS:
            if stem in text:
                return kind
    return FinalGradeKind.UNKNOWN


def final_records(
    context: MapContext,
    told: AllFinalMarks,
    periods: Mapping[int, Record],
    school_year: int | None,
) -> list[Record]:
    """Results of one class year; `periods` are pointers by the service's own number."""
    works = {work.id: work for work in told.works or ()}
    categories = bundle_categories(told.work_types or ())
    subjects = Subjects(context, told.subjects)
    records: list[Record] = []
    for mark in told.marks or ():
        work = works.get(mark.work) if mark.work is not None else None
        text = text_of(mark)
        subject = subjects.get(work.subject_id) if work else None
        if work is None or subject is None or not text:
            context.note(f"$.marks[id={mark.id}]", "no work, no subject or no sign")
            continue
        category = categories.get(work.work_type or mark.work_type or 0)
        record = _record(context, mark, work, category, text)
        record["subject"] = subject
        number = work.period_number
        if record["kind"] is FinalGradeKind.PERIOD and number is not None and number in periods:
            record["period"] = periods[number]
        if school_year is not None:
            record["school_year"] = school_year
        records.append(record)
    return records


def listed_final_records(
    context: MapContext,
    told: Sequence[PersonFinals],
    subjects: Subjects,
    periods: Mapping[int, Record],
    school_year: int | None,
) -> list[Record]:
    """Results as the plainer list tells them; `periods` are pointers by identifier."""
    records: list[Record] = []
    for listed in told:
        for item in (listed.subjects or ()) if context.is_own(listed.person) else ():
            mark = item.mark
            text = text_of(mark) if mark is not None else None
            if mark is None or not text:
                continue
            record: Record = {
                **sign_fields(text, None, mark.value),
                "id": context.keys.ids.of("final", mark.id),
                "kind": FinalGradeKind.PERIOD,
                "subject": subjects.get(item.subject),
            }
            period = periods.get(listed.reporting_period or 0)
            if period is not None:
                record["period"] = period
            given_on = context.clock.day(mark.date)
            if given_on:
                record["given_on"] = given_on
            if school_year is not None:
                record["school_year"] = school_year
            records.append(record)
    return records


def app_final_records(
    context: MapContext, told: FinalMarks, school_year: int | None
) -> list[Record]:
    """Results of one class year as the app's interface tells them."""
    subjects = told.final_marks or ()
    periods = app_period_pointers(
        context,
        (
            closed.period
            for item in subjects
            for closed in item.period_marks or ()
            if closed.period is not None
        ),
    )
    records: list[Record] = []
    for item in subjects:
        subject = app_subject(context, item.subject)
        if subject is None:
            context.note("$.finalMarks", "a result without its subject")
            continue
        for record in _app_records(context, item, periods):
            record["subject"] = subject
            if school_year is not None:
                record["school_year"] = school_year
            records.append(record)
    return records


def _record(
    context: MapContext, mark: Mark, work: PeriodWork, category: Category | None, text: str
) -> Record:
    record = sign_fields(text, work.mark_type, mark.value)
    record["id"] = context.keys.ids.of("final", mark.id)
    name = category.name if category else None
    word = category.word if category else None
    kind = kind_of(word, name, work.period_type)
    if kind is FinalGradeKind.UNKNOWN and work.period_type:
        kind = FinalGradeKind.PERIOD
    record["kind"] = kind
    record["kind_text"] = name or word or work.period_type or work.type
    given_on = context.clock.day(mark.date)
    if given_on:
        record["given_on"] = given_on
    return record


def _app_records(
    context: MapContext, item: SubjectFinalMarks, periods: Mapping[int, Record]
) -> list[Record]:
    records: list[Record] = []
    for closed in item.period_marks or ():
        period = closed.period
        for number, text in signs(closed.marks or ()):
            record = _app_record(context, number, text, FinalGradeKind.PERIOD)
            if period is not None:
                if period.type:
                    record["kind_text"] = period.type
                if period.id is not None and period.id in periods:
                    record["period"] = periods[period.id]
            records.append(record)
    for closing in item.period_final_marks or ():
        kind = kind_of(closing.work_type, closing.work_type_name)
        word = plain(closing.work_type_name) or closing.work_type
        for number, text in signs(closing.marks or ()):
            record = _app_record(context, number, text, kind)
            if word:
                record["kind_text"] = word
            records.append(record)
    return records


def _app_record(context: MapContext, number: int, text: str, kind: FinalGradeKind) -> Record:
    return {
        **sign_fields(text, None),
        "id": context.keys.ids.of("final", number),
        "kind": kind,
    }
