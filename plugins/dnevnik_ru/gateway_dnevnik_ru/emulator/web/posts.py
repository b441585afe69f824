"""Announcements and chat doors of the web pages (protocol notes 4.9, 4.10)."""

from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Access
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import unix
from gateway_dnevnik_ru.emulator.errors import invalid
from gateway_dnevnik_ru.emulator.mobile import chat
from gateway_dnevnik_ru.emulator.mobile.notifications import topic_key
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.works import file_address

_PAGE: Final = 20
_MOST: Final = 100


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("api/posts/topic/{topic}", of_topic, dress=Dress.WEB_JSON)
    router.add("api/userfeed/posts", of_feed, dress=Dress.WEB_JSON)
    both = ("GET", "POST")
    router.add("chat/api/auth/credentials", credentials, dress=Dress.WEB_JSON, methods=both)
    router.add("chat/api/closecontacts", close_contacts, dress=Dress.WEB_JSON)
    router.add("chat/api/enrich", enrich, dress=Dress.WEB_JSON, methods=("POST",))


def _shown(access: Access) -> list[m.Announcement]:
    """Everything on the boards of the children, the newest first."""
    found = {
        item.key: item
        for student in access.students
        for item in access.world.announcements_of(student.key)
    }
    return sorted(found.values(), key=lambda item: item.published_at, reverse=True)


def _number(call: Call, name: str, default: int | None) -> int | None:
    text = call.text(name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit():
        raise invalid(name)
    return int(text)


def _page(call: Call, items: list[m.Announcement], size_name: str) -> JsonObject:
    before, size = _number(call, "date", None), _number(call, size_name, _PAGE)
    older = [item for item in items if not before or unix(item.published_at) < before]
    shown = older[: min(size or _PAGE, _MOST)]
    return {"posts": [_post(call, item) for item in shown]}


def of_topic(call: Call) -> object:
    """`/api/posts/topic/school_{s}[_group_{g}]?date&take`: older than `date`, the newest first."""
    access = call.sign_in()
    topic = call.params["topic"].lower()
    boards = {topic_key(call, item): item for item in access.world.announcements}
    if topic not in boards:
        raise invalid("topic")
    shown = [item for item in _shown(access) if topic_key(call, item) == topic]
    return _page(call, shown, "take")


def of_feed(call: Call) -> object:
    """`/api/userfeed/posts/?limit`: all boards together."""
    return _page(call, _shown(call.sign_in()), "limit")


def _post(call: Call, item: m.Announcement) -> JsonObject:
    service, world = call.service, call.service.world
    topic = world.school(item.school_key).short_name
    if item.class_key is not None:
        topic = world.class_group(item.class_key).name
    return {
        "id": str(service.ids.of(ids.POST, item.key)),
        "title": item.title,
        "text": item.html,
        "createdDate": unix(item.published_at),
        "topicName": topic,
        "author": {"name": world.person(item.author_person_key).short_name},
        "attachmentsContainer": {
            "files": [
                {
                    "fileId": str(service.ids.of(ids.FILE, file.key)),
                    "url": f"{call.site.web}/files/{service.ids.of(ids.FILE, file.key)}",
                    "downloadUrl": file_address(service, call.site, file),
                    "name": file.name,
                }
                for file in item.attachments
            ]
        },
        "likes": {"countWithoutUser": 0, "userVote": None},
    }


def credentials(call: Call) -> object:
    """`/chat/api/auth/credentials`."""
    call.sign_in()
    return chat.credentials(call)


def close_contacts(call: Call) -> object:
    """`/chat/api/closecontacts`."""
    call.sign_in()
    return chat.close_contacts(call)


def enrich(call: Call) -> object:
    """`/chat/api/enrich`."""
    call.sign_in()
    return chat.enrich(call)
