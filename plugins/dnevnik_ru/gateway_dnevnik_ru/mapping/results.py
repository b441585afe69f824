"""Where a pupil stands in each subject: the service's averages and the gateway's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gateway.core.marks import average, scored, weighted_average
from gateway.core.model.base import Reference
from gateway.core.model.marks import Trend
from gateway.core.text.printed import number
from gateway_dnevnik_ru.mapping.app_diary import signs
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.references import Subjects, app_subject
from gateway_dnevnik_ru.mapping.sold import is_sold
from gateway_dnevnik_ru.mapping.words import TRENDS, known
from gateway_dnevnik_ru.wire.averages import PersonAverages, WeightedAverages
from gateway_dnevnik_ru.wire.mobile_marks import PeriodMarks, SubjectPeriodMarks


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


def _result(context: MapContext, native: int, subject: Reference, period: Record | None) -> Record:
    record: Record = {
        "id": context.keys.result(context.person, native, period_key(context, period)),
        "subject": subject,
    }
    if period is not None:
        record["period"] = period
    return record


def period_key(context: MapContext, period: Record | None) -> str:
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
