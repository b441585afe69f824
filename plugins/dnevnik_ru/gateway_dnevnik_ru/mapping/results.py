"""Where a pupil stands: averages, places and the class's distribution."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gateway.core.errors import SubscriptionRequired
from gateway.core.marks import average, scored, weighted_average
from gateway.core.model.base import Reference
from gateway.core.model.marks import Trend
from gateway_dnevnik_ru.mapping.app_diary import signs
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.references import Subjects, app_subject
from gateway_dnevnik_ru.mapping.text import is_sold, number, printed
from gateway_dnevnik_ru.mapping.words import TRENDS, known
from gateway_dnevnik_ru.wire.averages import PersonAverages, WeightedAverages
from gateway_dnevnik_ru.wire.base import Printed
from gateway_dnevnik_ru.wire.errors import Metadata
from gateway_dnevnik_ru.wire.marks import Histogram
from gateway_dnevnik_ru.wire.mobile_marks import (
    MarkCategory,
    PeriodMarks,
    Rating,
    SubjectPeriodMarks,
)


@dataclass(frozen=True, slots=True)
class Computed:
    """Averages of one subject computed from its marks."""

    plain: str | None
    weighted: str | None
    marks: int


def computed_by_subject(
    marks: Iterable[Record], *, cells_weigh_once: bool
) -> dict[str, tuple[Reference, Computed]]:
    """Own averages by the subject's identifier, with the subject."""
    by_subject: dict[str, tuple[Reference, list[Record]]] = {}
    for mark in marks:
        subject = mark.get("subject")
        if isinstance(subject, Reference) and subject.id is not None:
            by_subject.setdefault(subject.id, (subject, []))[1].append(mark)
    found: dict[str, tuple[Reference, Computed]] = {}
    for key, (subject, own) in by_subject.items():
        entering = scored(own)
        simple = average(entering, cells_weigh_once=cells_weigh_once)
        weighted = weighted_average(entering, cells_weigh_once=cells_weigh_once)
        has_weights = any("weight" in mark for mark in own)
        found[key] = (
            subject,
            Computed(
                None if simple is None else str(simple),
                str(weighted) if has_weights and weighted is not None else None,
                len(own),
            ),
        )
    return found


def app_result_records(
    context: MapContext, told: PeriodMarks, period: Record | None
) -> list[Record]:
    """Standing by subject as the app's interface tells it."""
    records: list[Record] = []
    for index, item in enumerate(told.period_marks or ()):
        subject = app_subject(context, item.subject)
        if subject is None or item.subject is None or item.subject.id is None:
            context.note(f"$.periodMarks[{index}].subject", "no subject")
            continue
        record = _result(context, item.subject.id, subject, period)
        record.update(_app_averages(item))
        if item.average_marks is not None and is_sold(item.average_marks.metadata):
            context.note(f"$.periodMarks[{index}].averageMarks", "shown to subscribers only")
        records.append(record)
    return records


def result_records(
    context: MapContext,
    told: Iterable[PersonAverages],
    weighted: WeightedAverages | None,
    subjects: Subjects,
    period: Record | None,
) -> list[Record]:
    """Standing by subject as the partner interface tells it of a whole class."""
    heavy = {
        item.subject: number(mark.value)
        for item in (weighted.subject_marks if weighted else None) or ()
        for mark in item.marks or ()
        if context.is_own(mark.person)
    }
    records: list[Record] = []
    for person in told:
        if not context.is_own(person.person):
            continue
        for item in person.subjects or ():
            subject = subjects.get(item.subject)
            if subject is None:
                continue
            record = _result(context, item.subject, subject, period)
            for key, value in (
                ("average", number(item.value)),
                ("weighted_average", heavy.get(item.subject)),
            ):
                if value is not None:
                    record[key] = value
            records.append(record)
    return records


def with_computed(
    context: MapContext,
    records: list[Record],
    computed: Mapping[str, tuple[Reference, Computed]],
    period: Record | None,
) -> list[Record]:
    """The records with own averages; subjects that only the marks know are added."""
    known_subjects = set()
    for record in records:
        subject = record["subject"]
        key = str(subject.id) if isinstance(subject, Reference) else ""
        known_subjects.add(key)
        found = computed.get(key)
        own = found[1] if found else Computed(None, None, 0)
        record.update(_computed_fields(own))
    for key, (subject, own) in computed.items():
        if key not in known_subjects:
            native = int(context.keys.ids.key("subject", key))
            added = _result(context, native, subject, period)
            added.update(_computed_fields(own))
            records.append(added)
    return records


def rank_records(context: MapContext, rating: Rating, group: str) -> list[Record]:
    """The pupil's places in the class now, overall and by subject.

    Raises:
        SubscriptionRequired: The service sells them to this account.
    """
    ranking = rating.rating
    if ranking is not None:
        refuse_if_sold(ranking.metadata)
    records: list[Record] = []
    for place in (ranking.ranking_places if ranking else None) or ():
        if place.is_context_user:
            refuse_if_sold(place.metadata)
            record: Record = {"id": context.keys.rank(context.person, group, None)}
            record.update(_place(place.place, place.average_mark, place.trend))
            records.append(record)
            break
    for item in (rating.subject_top.subjects if rating.subject_top else None) or ():
        subject = app_subject(context, item.subject)
        if subject is None or item.subject is None:
            continue
        record = {"id": context.keys.rank(context.person, group, item.subject.id)}
        record["subject"] = subject
        record.update(_place(item.place, item.average_mark, item.trend))
        records.append(record)
    return records


def period_rank_records(
    context: MapContext, told: PeriodMarks, period: Record | None
) -> list[Record]:
    """The pupil's places by subject in one period.

    Raises:
        SubscriptionRequired: The service sells them to this account.
    """
    records: list[Record] = []
    scope = _scope(context, period)
    for item in told.period_marks or ():
        subject = app_subject(context, item.subject)
        if item.ranking_place is None or subject is None or item.subject is None:
            continue
        averages = item.average_marks
        record: Record = {
            "id": context.keys.rank(context.person, scope, item.subject.id),
            "subject": subject,
        }
        if period is not None:
            record["period"] = period
        average_mark = averages.average_mark if averages else None
        record.update(_place(item.ranking_place, average_mark, None))
        records.append(record)
    return records


def refuse_if_sold(metadata: Metadata | None) -> None:
    """Raises SubscriptionRequired for an object whose values are hidden."""
    if is_sold(metadata):
        raise SubscriptionRequired("the values are shown to subscribers only")


def share_records(categories: Sequence[MarkCategory], number_in_cell: int) -> list[Record]:
    """The class's results for one value of a cell, from the app's interface."""
    numbers = {item.mark_number or 0 for item in categories}
    wanted = number_in_cell if number_in_cell in numbers else min(numbers, default=0)
    return _shares(
        (printed(item.value), item.student_count)
        for item in categories
        if (item.mark_number or 0) == wanted
    )


def histogram_records(histogram: Histogram, number_in_cell: int) -> list[Record]:
    """The class's results for one value of a cell, from the partner interface."""
    tables = {item.mark_number or 0: item.marks or [] for item in histogram.mark_numbers or ()}
    wanted = number_in_cell if number_in_cell in tables else min(tables, default=0)
    return _shares((printed(item.value), item.count) for item in tables.get(wanted, ()))


def _shares(counts: Iterable[tuple[str | None, int | None]]) -> list[Record]:
    told = [(text, count) for text, count in counts if text and count is not None and count >= 0]
    total = sum(count for _, count in told)
    return [
        {"text": text, "students": count, "share": count / total if total else None}
        for text, count in told
    ]


def _result(context: MapContext, native: int, subject: Reference, period: Record | None) -> Record:
    record: Record = {
        "id": context.keys.result(context.person, native, _scope(context, period)),
        "subject": subject,
    }
    if period is not None:
        record["period"] = period
    return record


def _scope(context: MapContext, period: Record | None) -> str:
    """The native number of a period; the running one has no number where none was read."""
    return "current" if period is None else context.keys.ids.key("period", str(period["id"]))


def _app_averages(item: SubjectPeriodMarks) -> Record:
    fields: Record = {}
    averages = item.average_marks
    if averages is not None and not is_sold(averages.metadata):
        for key, value in (
            ("average", number(averages.average_mark)),
            ("weighted_average", number(averages.weighted_average_mark)),
        ):
            if value is not None:
                fields[key] = value
        if averages.average_mark_trend:
            fields["trend"] = known(TRENDS, averages.average_mark_trend, Trend.UNKNOWN)
            fields["trend_text"] = averages.average_mark_trend
    final = signs((item.final_mark.marks or ()) if item.final_mark else ())
    if final:
        fields["final"] = "/".join(text for _, text in final)
    if item.ranking_place is not None:
        fields["rank"] = item.ranking_place
    return fields


def _computed_fields(own: Computed) -> Record:
    fields: Record = {"computed_average": own.plain, "marks": own.marks}
    fields["computed_weighted_average"] = own.weighted
    return fields


def _place(place: int | None, average_mark: Printed | None, trend: str | None) -> Record:
    fields: Record = {}
    if place is not None:
        fields["place"] = place
    value = number(average_mark)
    if value is not None:
        fields["average"] = value
    if trend:
        fields["trend"] = known(TRENDS, trend, Trend.UNKNOWN)
        fields["trend_text"] = trend
    return fields
