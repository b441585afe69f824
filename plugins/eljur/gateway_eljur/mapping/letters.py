"""Letters and those who may be written to (notes 4.9)."""

from collections.abc import Iterable
from typing import Final

from gateway.core.model.base import Reference
from gateway.core.model.talk import MessageFolder
from gateway_eljur.mapping.clock import moment_of
from gateway_eljur.mapping.context import MapContext, Record
from gateway_eljur.mapping.files import attachment_records
from gateway_eljur.mapping.people import full_name
from gateway_eljur.mapping.text import label, plain, rich
from gateway_eljur.wire.base import key_text, several, switch
from gateway_eljur.wire.talk import (
    Correspondent,
    Letter,
    ListedLetter,
    ReceiverGroup,
    ReceiverSubgroup,
)

_NO_MOMENT: Final = "0-: "
"""What a moment is written with that there is none."""


def letter_records(
    context: MapContext, letters: Iterable[ListedLetter], folder: MessageFolder
) -> list[Record]:
    """Letters of a folder, without what only a look at one tells."""
    records: list[Record] = []
    for letter in letters:
        record = _head(context, letter)
        record["folder"] = folder
        record["folder_text"] = str(folder)
        unread = switch(letter.unread)
        if unread is not None:
            record["is_read"] = not unread
        hung = [switch(letter.with_files), switch(letter.with_resources)]
        if any(flag is not None for flag in hung):
            record["has_attachments"] = any(hung)
        if letter.users_to is not None:
            record["recipients"] = people(context, several(letter.users_to))
        records.append(record)
    return records


def letter_record(context: MapContext, letter: Letter, user: str) -> Record:
    """One letter whole, which has been read by that.

    Args:
        context: Where it belongs.
        letter: The letter.
        user: Number of the account: what it wrote lies among the letters sent.
    """
    record = _head(context, letter)
    sender = letter.user_from if isinstance(letter.user_from, Correspondent) else None
    mine = sender is not None and bool(user) and key_text(sender.name) == user
    record["folder"] = MessageFolder.SENT if mine else MessageFolder.INBOX
    record["is_read"] = True
    text, html = rich(None if letter.text is None else str(letter.text))
    record["text"] = text or None
    record["html"] = html
    record["recipients"] = people(context, several(letter.user_to))
    hung = attachment_records(context, several(letter.files), several(letter.resources))
    record["attachments"] = hung
    record["has_attachments"] = bool(hung)
    return record


def recipient_records(context: MapContext, groups: Iterable[ReceiverGroup]) -> list[Record]:
    """Everybody once, with all groups and posts that they are listed with."""
    found: dict[str, tuple[str, dict[str, None], dict[str, None]]] = {}
    for group in groups:
        title = label(group.name) or label(group.key) or ""
        listed: list[tuple[str, ReceiverGroup | ReceiverSubgroup]] = [(title, group)]
        listed += [
            (" ".join(part for part in (title, label(item.name)) if part), item)
            for item in several(group.subgroups)
        ]
        for name, holder in listed:
            for user in several(holder.users):
                pointer = person(context, user)
                if pointer is None or pointer.id is None:
                    continue
                _, names, notes = found.setdefault(pointer.id, (pointer.name, {}, {}))
                names[name] = None
                notes[label(user.info) or ""] = None
    return [
        {
            "id": key,
            "name": name,
            "group": ", ".join(filter(None, names)) or None,
            "note": "; ".join(filter(None, notes)) or None,
        }
        for key, (name, names, notes) in found.items()
    ]


def people(context: MapContext, told: Iterable[Correspondent]) -> list[Reference]:
    """Pointers to people; nobody without number and name."""
    pointers = (person(context, item) for item in told)
    return [pointer for pointer in pointers if pointer is not None]


def person(context: MapContext, told: Correspondent | list[object] | None) -> Reference | None:
    """A pointer to somebody; None for nobody."""
    if not isinstance(told, Correspondent):
        return None
    number = key_text(told.name)
    is_known = number.isascii() and number.isdigit() and number != "0"
    name = full_name(told.lastname, told.firstname, told.middlename)
    if not name:
        name = f"№ {number}" if is_known else ""
    if not name:
        return None
    return Reference(id=f"{context.keys.person}{number}" if is_known else None, name=name)


def _head(context: MapContext, letter: ListedLetter | Letter) -> Record:
    number = key_text(letter.id)
    record: Record = {"id": f"{context.keys.message}{number}"}
    sent_at = moment_of(context.time, letter.date)
    if sent_at is None and (letter.date or "").strip(_NO_MOMENT):
        context.note(f"$.messages[id={number}].date", "no moment")
    fields = {
        "subject": label(letter.subject),
        "preview": plain(letter.short_text),
        "sender": person(context, letter.user_from),
        "sent_at": sent_at,
    }
    record.update({key: value for key, value in fields.items() if value is not None})
    return record
