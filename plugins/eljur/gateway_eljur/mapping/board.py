"""Announcements of the board (notes 4.11)."""

from collections.abc import Iterable, Mapping

from gateway.core.model.base import Reference
from gateway_eljur.mapping.clock import day_of
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.files import attachment_records
from gateway_eljur.mapping.letters import person
from gateway_eljur.mapping.references import named
from gateway_eljur.mapping.text import label, plain, rich
from gateway_eljur.wire.base import Printed, key_text, several, switch
from gateway_eljur.wire.talk import Correspondent, Notice

_CUT = ("...", "…")
_MIDNIGHT = "00:00:00"


def is_unread(notice: Notice) -> bool:
    """Whether a look at it would take a mark away."""
    return switch(notice.unread) is True


def notice_records(
    context: MapContext, notices: Iterable[Notice], opened: Mapping[str, Notice]
) -> list[Record]:
    """Announcements, those with their texts that were looked at.

    Args:
        context: Where they belong.
        notices: A page of the board.
        opened: Announcements whole, by number.
    """
    records: list[Record] = []
    for listed in notices:
        number = key_text(listed.id)
        record: Record = {"id": f"{context.keys.announcement}{number}"}
        day = day_of(listed.date)
        unread = switch(listed.unread)
        fields = {
            "title": label(listed.subject),
            "author": _author(context, listed),
            "audience": audience(listed.users_to),
            "published_at": None if day is None else context.time.aware(day, _MIDNIGHT),
            "valid_until": day_of(listed.date_actual_before),
            "is_read": None if unread is None else not unread,
        }
        record.update({key: value for key, value in fields.items() if value is not None})
        record.update(_content(context, listed, opened.get(number)))
        records.append(record)
    return records


def audience(told: Printed | list[object] | None) -> str | None:
    """For whom, on one line: the service writes markup with dots between."""
    return None if isinstance(told, list) else label(told)


def _content(context: MapContext, listed: Notice, whole: Notice | None) -> Record:
    """Text and files: of a look at it, or of the list where that told the whole text."""
    if whole is not None:
        text, html = rich(None if whole.text is None else str(whole.text))
        files = attachment_records(context, several(whole.files), several(whole.resources))
        return {"text": text, "html": html, "attachments": files}
    short = plain(listed.short_text)
    if short is None or short.endswith(_CUT):
        return {}
    return {"text": short}


def _author(context: MapContext, notice: Notice) -> Reference | None:
    if isinstance(notice.user_from, Correspondent):
        told = person(context, notice.user_from)
        if told is not None:
            return told
    return named(label(notice.user_from_string))
