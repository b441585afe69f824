"""`getboardnotices` and `getboardnoticeinfo` (notes 4.11)."""

from datetime import timedelta
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.errors import invalid, not_found
from gateway_eljur.emulator.ids import NOTICE
from gateway_eljur.emulator.rules import Router, method
from gateway_eljur.emulator.shapes.files import file
from gateway_eljur.emulator.shapes.people import correspondent

_SHORT: Final = 150
_DOT: Final = "&nbsp;<span>&middot;</span> "
_FOREVER: Final = timedelta(days=365)


def register(router: Router) -> None:
    """Add the methods of this part."""
    method(router, "getboardnotices", notices)
    method(router, "getboardnoticeinfo", notice)


def notices(call: Call) -> object:
    """Announcements of the school and of the children's classes, newest first, in pages."""
    found = _mine(call)
    unread = [item for item in found if not _is_read(call, item)]
    shown = unread if call.yes("unreadonly") else found
    limit = call.number("limit", 0)
    first = max(call.number("page", 1) - 1, 0) * limit
    page = shown[first : first + limit] if limit else shown
    result: JsonObject = {
        "count": len(page),
        "total": len(shown),
        "total_unread": len(unread),
    }
    if page:
        result["notices"] = [_row(call, item) for item in page]
    return result


def notice(call: Call) -> object:
    """One announcement, which is read by that."""
    number = call.text("id").strip()
    if not number.isascii() or not number.isdigit():
        raise invalid("id")
    key = call.service.ids.key(NOTICE, number)
    found = next((item for item in _mine(call) if item.key == key), None)
    if found is None:
        raise not_found("Объявление")
    call.service.state.mark_read(call.user.person.key, found.key)
    return {
        "notice": {
            **_row(call, found),
            "text": found.html,
            "files": [file(call, item) for item in found.attachments],
            "resources": [],
        }
    }


def _mine(call: Call) -> list[m.Announcement]:
    schools = call.user.vendor.school_keys
    found: dict[str, m.Announcement] = {}
    for student in call.user.students:
        for item in call.service.world.announcements_of(student.key):
            if item.school_key in schools:
                found[item.key] = item
    return sorted(found.values(), key=lambda item: item.published_at, reverse=True)


def _is_read(call: Call, item: m.Announcement) -> bool:
    return call.service.state.is_read(call.user.person.key, item)


def _row(call: Call, item: m.Announcement) -> JsonObject:
    text = " ".join(item.text.split())
    author = call.service.world.person(item.author_person_key)
    ends = item.expires_on or (item.published_at + _FOREVER).date()
    return {
        "id": str(call.service.ids.of(NOTICE, item.key)),
        "subject": item.title,
        "short_text": text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()}...",
        "date": item.published_at.date().isoformat(),
        "date_actual_before": ends.isoformat(),
        "unread": not _is_read(call, item),
        "with_files": bool(item.attachments),
        "with_resources": False,
        "user_from": correspondent(call, item.author_person_key),
        "user_from_string": author.short_name,
        "users_to": _audience(call, item),
    }


def _audience(call: Call, item: m.Announcement) -> str:
    if item.class_key is None:
        return _DOT.join(("Родители", "Ученики", "Учителя"))
    name = call.service.world.class_group(item.class_key).name
    return _DOT.join((f"Родители {name}", f"Ученики {name}"))
