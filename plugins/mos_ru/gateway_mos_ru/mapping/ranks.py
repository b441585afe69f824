"""Places in the class (protocol notes 4.7); classmates are nameless and are not told."""

from collections.abc import Iterable, Sequence
from typing import Final

from gateway.core.model.marks import Trend
from gateway.core.text.printed import number
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.references import subject_of
from gateway_mos_ru.wire.ranks import ClassPlace, Rank, SubjectPlace

TRENDS: Final = {
    "up": Trend.UP,
    "down": Trend.DOWN,
    "stable": Trend.EQUAL,
    "none": Trend.EQUAL,
}
"""Words of the averages and of the places, in any letter case."""


def trend_fields(word: str | None) -> Record:
    """Where something is going, with the service's own word."""
    if not word:
        return {}
    return {"trend": TRENDS.get(word.strip().lower(), Trend.UNKNOWN), "trend_text": word}


def rank_records(
    context: MapContext,
    places: Sequence[ClassPlace],
    subjects: Iterable[SubjectPlace],
    scope: str,
) -> list[Record]:
    """The pupil's place overall, then by subject; nothing before the first marks of a year.

    Args:
        context: Where they belong.
        places: The whole class.
        subjects: The pupil's places by subject.
        scope: What the places are of: a period's key, or another word.
    """
    records: list[Record] = []
    own = next((item for item in places if _is_own(context, item)), None)
    if own is not None and own.rank is not None:
        record: Record = {"id": _id(context, scope), "students": len(places)}
        record.update(_place(own.rank, own.previous_rank))
        records.append(record)
    for item in subjects:
        subject = subject_of(context.keys.subject, item.subject_id, item.subject_name)
        if subject is None or item.rank is None:
            continue
        key = str(item.subject_id) if item.subject_id else subject.name
        records.append(
            {"id": _id(context, scope, key), "subject": subject, **_place(item.rank, None)}
        )
    return records


def _is_own(context: MapContext, place: ClassPlace) -> bool:
    return (place.person_id or "").lower() == context.person.lower()


def _id(context: MapContext, scope: str, *subject: str) -> str:
    return context.keys.ids.of("rank", context.person, scope, *subject)


def _place(rank: Rank, previous: Rank | None) -> Record:
    record: Record = {}
    if rank.rank_place is not None:
        record["place"] = rank.rank_place
    average = number(rank.average_mark_five)
    if average is not None:
        record["average"] = average
    trend = trend_fields(rank.rank_status)
    before = previous.rank_place if previous is not None else None
    if not trend and rank.rank_place is not None and before is not None:
        trend = {"trend": _moved(before, rank.rank_place)}
    return {**record, **trend}


def _moved(before: int, now: int) -> Trend:
    """The way from one place to another: the first place is the best."""
    if before == now:
        return Trend.EQUAL
    return Trend.UP if now < before else Trend.DOWN
