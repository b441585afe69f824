"""`getmessages` and `getmessageinfo` (notes 4.9)."""

from html import escape
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.errors import invalid, not_found
from gateway_eljur.emulator.ids import MESSAGE
from gateway_eljur.emulator.rules import Router, method
from gateway_eljur.emulator.shapes.files import file
from gateway_eljur.emulator.shapes.people import correspondent

_SHORT: Final = 100


def register(router: Router) -> None:
    """Add the methods of this part."""
    method(router, "getmessages", messages)
    method(router, "getmessageinfo", message)


def messages(call: Call) -> object:
    """A folder, newest first, in pages; `total` is a text and `messages` absent when empty."""
    folder = _folder(call)
    found = [item for item in mailbox(call, folder) if _matches(call, item)]
    if call.yes("unreadonly"):
        found = [item for item in found if not _is_read(call, item)]
    limit = call.number("limit", 0)
    first = max(call.number("page", 1) - 1, 0) * limit
    shown = found[first : first + limit] if limit else found
    result: JsonObject = {"total": str(len(found)), "count": len(shown)}
    if shown:
        result["messages"] = [_row(call, item, folder) for item in shown]
    return result


def mailbox(call: Call, folder: m.Folder) -> list[m.Message]:
    """The user's letters of this school in a folder, newest first."""
    found = call.service.state.messages_of(call.user.person.key, folder)
    schools = call.user.vendor.school_keys
    own = [item for item in found if item.school_key in schools]
    return sorted(own, key=lambda item: item.sent_at, reverse=True)


def find(call: Call, number: str) -> m.Message:
    """One of the user's letters by its number.

    Raises:
        ApiError: There is none.
    """
    if not number.isascii() or not number.isdigit():
        raise invalid("id")
    ids = call.service.ids
    for folder in m.Folder:
        for item in mailbox(call, folder):
            if ids.of(MESSAGE, item.key) == int(number):
                return item
    raise not_found("Сообщение")


def message(call: Call) -> object:
    """One letter, which is read by that."""
    found = find(call, call.text("id").strip())
    call.service.state.mark_read(call.user.person.key, found.key)
    row: JsonObject = {
        **_head(call, found),
        "text": found.html or _paragraphs(found.text),
        "user_from": correspondent(call, found.sender_person_key),
        "user_to": [correspondent(call, key) for key in found.recipient_person_keys],
    }
    if found.attachments:
        row["files"] = [file(call, item) for item in found.attachments]
    return {"message": row}


def _folder(call: Call) -> m.Folder:
    try:
        return m.Folder(call.text("folder").strip().lower() or m.Folder.INBOX)
    except ValueError:
        raise invalid("folder") from None


def _head(call: Call, item: m.Message) -> JsonObject:
    text = " ".join(item.text.split())
    return {
        "id": str(call.service.ids.of(MESSAGE, item.key)),
        "subject": item.subject,
        "short_text": text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()}...",
        "date": f"{item.sent_at:%Y-%m-%d %H:%M:%S}",
    }


def _row(call: Call, item: m.Message, folder: m.Folder) -> JsonObject:
    people: JsonObject = (
        {"user_from": correspondent(call, item.sender_person_key)}
        if folder is m.Folder.INBOX
        else {"users_to": [correspondent(call, key) for key in item.recipient_person_keys]}
    )
    return {
        **_head(call, item),
        "unread": not _is_read(call, item),
        "with_files": bool(item.attachments),
        "with_resources": False,
        **people,
    }


def _is_read(call: Call, item: m.Message) -> bool:
    person = call.user.person.key
    return item.sender_person_key == person or call.service.state.is_read(person, item)


def _matches(call: Call, item: m.Message) -> bool:
    wanted = call.text("filter").strip().casefold()
    if not wanted:
        return True
    world = call.service.world
    people = (item.sender_person_key, *item.recipient_person_keys)
    texts = (item.subject, item.text, *(world.person(key).full_name for key in people))
    return any(wanted in text.casefold() for text in texts)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n") if line)
