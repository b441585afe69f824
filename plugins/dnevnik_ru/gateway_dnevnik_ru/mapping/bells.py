"""Bells."""

from gateway.core.text.printed import plain
from gateway_dnevnik_ru.mapping.context import MapContext, Record
from gateway_dnevnik_ru.mapping.words import WEEKDAYS, known
from gateway_dnevnik_ru.wire.bells import BellItem, BellTable
from gateway_dnevnik_ru.wire.dates import moment_text


def bell_schedule_record(context: MapContext, table: BellTable) -> Record:
    """One schedule; of each bell only the clock of its ends matters."""
    bells: list[Record] = []
    for index, item in enumerate(table.items or ()):
        bell = _bell(item)
        if bell is None:
            context.note(f"$.Items[{index}]", "no clock times")
        else:
            bells.append(bell)
    bells.sort(key=lambda bell: (str(bell["starts"]), str(bell["ends"])))
    record: Record = {"bells": bells}
    name = plain(table.name)
    if name:
        record["name"] = name
    return record


def _bell(item: BellItem) -> Record | None:
    start, end = _clock(item.start), _clock(item.finish)
    if start is None or end is None:
        return None
    bell: Record = {"starts": start, "ends": end}
    if item.lesson_number is not None and item.lesson_number > 0:
        bell["number"] = item.lesson_number
    elif (item.type or "").lower() != "lesson":
        bell["is_break"] = True
    name = plain(item.name)
    if name:
        bell["name"] = name
    days = (known(WEEKDAYS, day, 0) for day in item.days_of_week or ())
    weekdays = sorted({day for day in days if day})
    if weekdays:
        bell["weekdays"] = weekdays
    return bell


def _clock(text: str | None) -> str | None:
    found = moment_text(text) if text else None
    return found[0][11:19] if found else None
