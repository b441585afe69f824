"""Contests, olympiads and other events of eventcalendar (protocol notes 4.2)."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from gateway.core.model.life import EventStatus
from gateway.core.text.printed import plain
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.references import subject_of
from gateway_mos_ru.wire.events import Event

EVENT_SOURCES: Final = ("EVENTS", "AFISHA", "ORGANIZER", "OLYMPIAD", "PROF")
"""Words of the timetable for what is no lesson."""


def event_records(
    context: MapContext, events: Iterable[Event], start: date, end: date
) -> list[Record]:
    """The events of a range that are no lessons, by time.

    One that lasts belongs to each of its days and has no date of its own.
    """
    records: list[Record] = []
    for index, event in enumerate(events):
        if (event.source or "").upper() not in EVENT_SOURCES:
            continue
        record = _record(context, event)
        if record is None:
            context.note(f"$.response[{index}]", "an event without title and subject")
            continue
        first = str(record.get("date") or record.get("starts_at", start.isoformat()))[:10]
        last = str(record.get("ends_at", first))[:10]
        if first <= end.isoformat() and last >= start.isoformat():
            records.append(record)
    return sorted(records, key=lambda item: (str(item.get("starts_at", "")), str(item["id"])))


def _record(context: MapContext, event: Event) -> Record | None:
    title = plain(event.title) or plain(event.subject_name)
    if title is None:
        return None
    record: Record = {
        "id": context.keys.ids.of("event", (event.source or "").upper(), str(event.id)),
        "title": title,
    }
    start, end = context.clock.local(event.start_at), context.clock.local(event.finish_at)
    day = start[:10] if start else context.clock.day(event.start_at)
    optional: Record = {
        "description": _description(event),
        "starts_at": start,
        "ends_at": end,
        "date": day if end is None or end[:10] == day else None,
        "place": plain(event.place_name) or plain(event.place) or plain(event.address),
        "organizer": plain(event.author_name),
        "url": _web_address(event.url),
        "subject": subject_of(context.keys.subject, event.subject_id, _subject(event, title)),
    }
    record.update({key: value for key, value in optional.items() if value is not None})
    if event.cancelled is not None:
        record["status"] = EventStatus.CANCELLED if event.cancelled else EventStatus.CONFIRMED
    return record


def _subject(event: Event, title: str) -> str | None:
    """Name of the subject; some events have their title in its place."""
    told = next((name for item in event.subjects or () if (name := plain(item.name))), None)
    name = told or plain(event.subject_name)
    return name if name != title else None


def _description(event: Event) -> str | None:
    """What is said of an event, with its stage and its form, each on its own line.

    So is a page that has no whole address.
    """
    page = None if _web_address(event.url) else event.url
    told = (event.description, event.stage, event.format_name, page)
    return "\n".join(dict.fromkeys(text for text in map(plain, told) if text)) or None


def _web_address(text: str | None) -> str | None:
    """A whole address of the web; None for anything else."""
    address = (text or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None
