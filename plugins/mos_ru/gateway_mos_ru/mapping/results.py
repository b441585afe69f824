"""Where a pupil stands in each subject: the service's average and the gateway's own."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from gateway.core.marks import average, scored, weighted_average
from gateway.core.text.printed import number, printed
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.marks import MarkPlace, mark_records
from gateway_mos_ru.mapping.periods import Period, period_key, period_of, period_pointer
from gateway_mos_ru.mapping.ranks import trend_fields
from gateway_mos_ru.mapping.references import subject_of
from gateway_mos_ru.wire.subject_marks import PeriodMarks, SubjectMarks

_NO_PERIOD: Final = "current"


def result_records(
    context: MapContext,
    told: Iterable[SubjectMarks],
    today: date,
    *,
    period_id: str | None = None,
    cells_weigh_once: bool,
) -> list[Record]:
    """Standing by subject in one period.

    Args:
        context: Where it belongs.
        told: All subjects with all their periods.
        today: Today at the school.
        period_id: The period that is meant; for None each subject's current one.
        cells_weigh_once: Whether several values of one cell weigh like one.
    """
    records: list[Record] = []
    for index, item in enumerate(told):
        subject = subject_of(context.keys.subject, item.subject_id, item.subject_name)
        if subject is None:
            context.note(f"$.payload[{index}]", "no subject")
            continue
        found = _chosen(context, item, today, period_id)
        if found is None and period_id is not None:
            continue
        period, marks = found or (None, None)
        key = str(item.subject_id) if item.subject_id else subject.name
        record = _standing(context, key, period)
        record["subject"] = subject
        if marks is not None:
            record.update(_given(marks))
        place = MarkPlace(subject=subject)
        own = mark_records(context, marks.marks if marks else (), today=today, place=place)
        record.update(_computed(own, cells_weigh_once=cells_weigh_once))
        records.append(record)
    return records


def periods_of(context: MapContext, told: Iterable[SubjectMarks]) -> Iterator[Period]:
    """The periods that the subjects tell, with repetitions."""
    for item in told:
        for marks in item.periods or ():
            period = period_of(context, marks.title, marks.start_iso, marks.end_iso)
            if period is not None:
                yield period


def current_period(periods: Sequence[Period], today: date) -> Period | None:
    """The period that contains today, else the last one that has begun, else the first.

    Of two that contain it the shorter is meant: a year beside its quarters.
    """
    day = today.isoformat()
    ordered = sorted(periods, key=lambda item: (item.start, item.end))
    running = [item for item in ordered if item.start <= day <= item.end]
    if running:
        return min(running, key=_days)
    begun = [item for item in ordered if item.start <= day]
    return begun[-1] if begun else next(iter(ordered), None)


def _days(period: Period) -> int:
    return (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days


def _chosen(
    context: MapContext, item: SubjectMarks, today: date, period_id: str | None
) -> tuple[Period, PeriodMarks] | None:
    """The period of one subject that is meant."""
    periods: dict[Period, PeriodMarks] = {}
    for marks in item.periods or ():
        period = period_of(context, marks.title, marks.start_iso, marks.end_iso)
        if period is not None:
            periods.setdefault(period, marks)
    if period_id is None:
        wanted = current_period(tuple(periods), today)
    else:
        wanted = next((it for it in periods if period_key(context, it) == period_id), None)
    return (wanted, periods[wanted]) if wanted is not None else None


def _standing(context: MapContext, subject: str, period: Period | None) -> Record:
    scope = f"{period.start}..{period.end}" if period else _NO_PERIOD
    record: Record = {"id": context.keys.ids.of("result", context.person, subject, scope)}
    if period is not None:
        record["period"] = period_pointer(context, period)
    return record


def _given(marks: PeriodMarks) -> Record:
    """What the service says: its average is weighted, and without marks it is no average."""
    record: Record = {}
    if marks.count or marks.marks:
        value = number(marks.value)
        if value is not None:
            record["weighted_average"] = value
        record.update(trend_fields(marks.dynamic))
    final = printed(marks.fixed_value)
    if final is not None:
        record["final"] = final
    return record


def _computed(own: Sequence[Record], *, cells_weigh_once: bool) -> Record:
    entering = scored(own)
    simple = average(entering, cells_weigh_once=cells_weigh_once)
    weighted = weighted_average(entering, cells_weigh_once=cells_weigh_once)
    return {
        "computed_average": None if simple is None else str(simple),
        "computed_weighted_average": None if weighted is None else str(weighted),
        "marks": len(own),
    }
