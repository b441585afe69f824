"""Places in the class; other pupils' places have no names and are not told."""

from gateway.core.errors import SubscriptionRequired
from gateway.core.model.marks import Trend
from gateway.core.text.printed import number
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.references import app_subject
from gateway_dnevnik_ru.mapping.results import period_key
from gateway_dnevnik_ru.mapping.sold import is_sold
from gateway_dnevnik_ru.mapping.words import TRENDS, known
from gateway_dnevnik_ru.wire.base import Printed
from gateway_dnevnik_ru.wire.errors import Metadata
from gateway_dnevnik_ru.wire.mobile_marks import PeriodMarks, Rating


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
    scope = period_key(context, period)
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
