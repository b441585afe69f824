"""Stays in the building into passages through the turnstile (protocol notes 4.10)."""

from collections.abc import Iterable

from gateway.core.model.life import EntryDirection
from gateway.core.text.printed import plain
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.wire.visits import Visit, VisitDay


def entry_records(context: MapContext, days: Iterable[VisitDay]) -> list[Record]:
    """Passages by time; what the turnstile did not note (`-`) is no passage."""
    records: dict[str, Record] = {}
    for index, item in enumerate(days):
        day = context.clock.day(item.date)
        if day is None:
            context.note(f"$.payload[{index}].date", "no date")
            continue
        for visit in item.visits or ():
            for direction, clock in (
                (EntryDirection.IN, visit.came_in),
                (EntryDirection.OUT, visit.went_out),
            ):
                at = context.clock.at(day, clock)
                if at is not None:
                    record = _entry(context, visit, direction, at)
                    records.setdefault(str(record["id"]), record)
    return sorted(records.values(), key=lambda record: (str(record["at"]), str(record["id"])))


def _entry(context: MapContext, visit: Visit, direction: EntryDirection, at: str) -> Record:
    minute = at[:16]
    record: Record = {
        "id": context.keys.ids.of("entry", context.person, minute, direction.value),
        "at": at,
        "direction": direction,
    }
    place = plain(
        visit.organization_short_name
        or visit.organization_name
        or visit.short_name
        or visit.organization_address
        or visit.address
    )
    if place:
        record["place"] = place
    return record
