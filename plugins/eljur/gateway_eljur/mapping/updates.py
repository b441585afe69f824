"""Lines of the feed of updates, as far as they are about marks (notes 4.8)."""

from collections.abc import Iterable

from gateway.core.model.talk import NotificationKind
from gateway_eljur.mapping.clock import day_of
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.references import subject_of
from gateway_eljur.mapping.text import label, plain
from gateway_eljur.wire.base import key_text
from gateway_eljur.wire.updates import Update


def update_records(context: MapContext, updates: Iterable[Update]) -> list[Record]:
    """Lines about a mark, each once; what a line of another kind means is not known."""
    records: dict[str, Record] = {}
    for index, update in enumerate(updates):
        day, value = day_of(update.date), label(update.value)
        number, name = key_text(update.lesson_id), label(update.name)
        if day is None or value is None or not (number or name):
            context.note(f"$.updates[{index}]", "a line of unknown meaning")
            continue
        keys = (context.student, number or name or "", day, key_text(update.nm) or "0")
        record: Record = {
            "id": context.keys.ids.of("notification", *keys, value),
            "kind": NotificationKind.MARK,
            "subject": subject_of(context.keys.subject, update.lesson_id, name),
            "about": context.keys.mark(*keys),
            "text": ". ".join(part for part in (value, plain(update.comment)) if part),
        }
        if name:
            record["title"] = name
        records.setdefault(str(record["id"]), record)
    return list(records.values())
