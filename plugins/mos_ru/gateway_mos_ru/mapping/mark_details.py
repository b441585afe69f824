"""One mark with what only a look at it tells (protocol notes 4.4)."""

from collections.abc import Iterable
from datetime import date

from gateway.core.text.printed import printed
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.marks import MarkPlace, mark_records
from gateway_mos_ru.mapping.people import teacher_of
from gateway_mos_ru.wire.marks import MarkChange, MarkDetails, MarkShare, SharedValue


def details_record(context: MapContext, told: MarkDetails, today: date) -> Record | None:
    """The mark with lesson, teacher, history and the class's results; None without a sign."""
    activity = told.activity
    lesson = activity.schedule_item_id if activity is not None else None
    place = MarkPlace(lesson_id=None if lesson is None else f"{context.keys.lesson}{lesson}")
    marks = mark_records(context, [told], today=today, place=place)
    if not marks:
        return None
    mark = marks[0]
    teacher = teacher_of(context, told.teacher)
    if teacher is not None:
        mark["teacher"] = teacher
    mark["history"] = _history(context, told.history or ())
    record: Record = {"mark": mark}
    results = told.class_results
    shares = [_share(item) for item in (results.marks_distributions if results else None) or ()]
    if shares:
        record["distribution"] = [share for share in shares if share is not None]
    return record


def _history(context: MapContext, changes: Iterable[MarkChange]) -> list[Record]:
    records: list[Record] = []
    for change in changes:
        fields: Record = {
            "before": printed(change.before),
            "after": printed(change.after),
            "changed_at": context.clock.moment(change.date),
        }
        record = {key: value for key, value in fields.items() if value is not None}
        if record:
            records.append(record)
    return records


def _share(item: MarkShare) -> Record | None:
    value = item.mark_value
    if isinstance(value, SharedValue):
        value = value.origin if value.origin is not None else value.five
    text = printed(value)
    if text is None or item.number_of_students is None:
        return None
    record: Record = {"text": text.removesuffix(".0"), "students": item.number_of_students}
    share = item.percentage_of_students
    if share is not None and 0 <= share <= 100:  # noqa: PLR2004 - per cent
        record["share"] = share / 100
    return record
