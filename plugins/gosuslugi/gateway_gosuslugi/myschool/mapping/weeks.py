"""The diary week: what stands on which day."""

from collections.abc import Iterable
from datetime import date

from gateway_gosuslugi.myschool.mapping.context import Record


def within(records: Iterable[Record], start: date, end: date) -> list[Record]:
    """The records whose date lies in a range, both days included."""
    first, last = start.isoformat(), end.isoformat()
    return [record for record in records if first <= str(record["date"]) <= last]


def day_records(
    *,
    lessons: Iterable[Record],
    homework: Iterable[Record],
    marks: Iterable[Record],
    attendance: Iterable[Record],
) -> list[Record]:
    """Days that have anything, by date."""
    days: dict[str, dict[str, list[Record]]] = {}
    for field, day_field, records in (
        ("lessons", "date", lessons),
        ("homework", "due_on", homework),
        ("marks", "date", marks),
        ("attendance", "date", attendance),
    ):
        for record in records:
            # Homework without a term stands on the day on which it was given.
            day = str(record.get(day_field) or record.get("assigned_on"))
            days.setdefault(day, {}).setdefault(field, []).append(record)
    return [{"date": day, **days[day]} for day in sorted(days)]
