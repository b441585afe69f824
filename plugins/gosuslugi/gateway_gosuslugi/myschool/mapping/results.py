"""Where a pupil stands in each subject: averages that the gateway computes from the marks.

The service has averages of its own, whose fields nobody knows.
"""

from collections.abc import Iterable, Mapping

from gateway.core.marks import average, scored, weighted_average
from gateway.core.model.base import Reference
from gateway_gosuslugi.myschool.mapping.context import MapContext, Record
from gateway_gosuslugi.myschool.mapping.references import subject_keys


def result_records(
    context: MapContext,
    marks: Iterable[Record],
    period: Mapping[str, object],
    *,
    cells_weigh_once: bool,
) -> list[Record]:
    """Standing by subject, by the subject's name.

    Args:
        context: Where they belong.
        marks: Marks of the period.
        period: The period.
        cells_weigh_once: Whether two values of one cell weigh like one.
    """
    by_subject: dict[str, tuple[Reference, list[Record]]] = {}
    for mark in marks:
        subject = mark["subject"]
        if isinstance(subject, Reference) and subject.id is not None:
            by_subject.setdefault(subject.id, (subject, []))[1].append(mark)
    pointer = Reference(id=str(period["id"]), name=str(period["name"]))
    start, end = str(period["start"]), str(period["end"])
    records: list[Record] = []
    for subject, own in by_subject.values():
        entering = scored(own)
        simple = average(entering, cells_weigh_once=cells_weigh_once)
        weighted = weighted_average(entering, cells_weigh_once=cells_weigh_once)
        has_weights = any(mark.get("weight") is not None for mark in own)
        records.append(
            {
                "id": context.keys.of("result", *subject_keys(context, subject), start, end),
                "subject": subject,
                "period": pointer,
                "computed_average": None if simple is None else str(simple),
                "computed_weighted_average": (
                    str(weighted) if has_weights and weighted is not None else None
                ),
                "marks": len(own),
            }
        )
    return sorted(records, key=lambda item: str(item["id"]))
