"""Where a pupil stands in each subject: the service's average and the gateway's own (notes 4.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gateway.core.marks import average, scored, weighted_average
from gateway.core.model.attendance import AttendanceStatus
from gateway.core.model.base import Reference
from gateway.core.model.marks import MarkStatus
from gateway_eljur.mapping.absence_page import AbsenceReport
from gateway_eljur.mapping.attendance import attendance_records
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.marks import mark_records, place_of_subject
from gateway_eljur.mapping.references import subject_of
from gateway_eljur.wire.base import Printed, number_text, several
from gateway_eljur.wire.marks import SubjectMarks

_NO_PERIOD: Final = "current"


@dataclass(frozen=True, slots=True)
class Term:
    """The period that averages are of.

    Attributes:
        code: The service's code; None where no list of periods could be read.
        year: Calendar year in which the school year began.
        pointer: Pointer to it.
    """

    code: str | None
    year: int
    pointer: Reference | None = None


def result_records(
    context: MapContext,
    told: Iterable[SubjectMarks],
    term: Term,
    missed: AbsenceReport | None = None,
    *,
    cells_weigh_once: bool,
) -> list[Record]:
    """Standing by subject in one period.

    The service's average is weighted: weights and marks that do not count are in it.

    Args:
        context: Where it belongs.
        told: Subjects with the marks of the period.
        term: The period.
        missed: The site's report of missed lessons, where it was asked.
        cells_weigh_once: Whether several values of one cell weigh like one.
    """
    records: list[Record] = []
    for index, item in enumerate(told):
        subject = subject_of(context.keys.subject, item.lesson_id, item.name)
        place = place_of_subject(item)
        key = place.subject_key or place.subject
        if key is None:
            context.note(f"$.lessons[{index}]", "no subject")
            continue
        scope = (_NO_PERIOD,) if term.code is None else (term.code, term.year)
        record: Record = {
            "id": context.keys.ids.of("result", context.student, key, *scope),
            "subject": subject,
        }
        if term.pointer is not None:
            record["period"] = term.pointer
        given = average_of(item.average)
        if given is not None:
            record["weighted_average"] = given
        marks = several(item.marks)
        own = mark_records(context, marks, place=place)
        record.update(_computed(own, cells_weigh_once=cells_weigh_once))
        letters = attendance_records(context, marks, place=place)
        absences = sum(it["status"] is not AttendanceStatus.TARDY for it in letters)
        record["absences"] = absences
        counts = None if missed is None else missed.of(place.subject_key, absences)
        if counts is not None:
            record["absences_by_reason"] = counts
        records.append(record)
    return records


def average_of(told: Printed | None) -> str | None:
    """An average; None for what stands for none."""
    text = number_text(told)
    return text if text is not None and Decimal(text) else None


def _computed(own: Sequence[Record], *, cells_weigh_once: bool) -> Record:
    entering = scored(own)
    simple = average(entering, cells_weigh_once=cells_weigh_once)
    weighted = weighted_average(entering, cells_weigh_once=cells_weigh_once)
    return {
        "computed_average": None if simple is None else str(simple),
        "computed_weighted_average": None if weighted is None else str(weighted),
        "marks": sum(not _is_letter(record) for record in own),
    }


def _is_letter(record: Record) -> bool:
    """Whether a sign is a letter of absence or lateness, which is no mark."""
    return record.get("status") in {MarkStatus.ABSENT, MarkStatus.TARDY}
