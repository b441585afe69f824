"""Announcements of class and school in the app's interface (protocol notes 4.9)."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import offset_text
from gateway_dnevnik_ru.emulator.mobile.envelope import MobileRoutes
from gateway_dnevnik_ru.emulator.mobile.parts import avatar
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.wire.people import roles_of
from gateway_dnevnik_ru.emulator.wire.works import extension, file_address


def register(router: Router) -> None:
    """Add the paths of this part."""
    routes = MobileRoutes(router)
    routes.get("persons/{person}/schools/{school}/notifications", notifications)
    routes.get("thread/{event}", thread)
    routes.get("thread/{event}/comment/{comment}", thread)


def topic_key(call: Call, item: m.Announcement) -> str:
    """Key of the board that an announcement hangs on."""
    numbers = call.service.ids
    key = f"school_{numbers.of(ids.SCHOOL, item.school_key)}"
    if item.class_key is not None:
        key += f"_group_{numbers.of(ids.GROUP, item.class_key)}"
    return key


def post_json(call: Call, item: m.Announcement) -> JsonObject:
    """An announcement."""
    service, site = call.service, call.site
    author = service.world.person(item.author_person_key)
    number = service.ids.of(ids.POST, item.key)
    topic = topic_key(call, item)
    read = service.state.is_read(call.access.person.key, item)
    zone = service.world.zone_of(item.school_key)
    return {
        "id": number,
        "eventKey": f"post_{number}",
        "topicEventKey": topic,
        "topicLogoUrl": avatar(call),
        "eventUrl": f"{site.web}/feed/post/{number}",
        "eventSign": "Post",
        "title": item.title,
        "subtitle": _audience(call, item),
        "text": item.html,
        "createdDateTime": offset_text(item.published_at.astimezone(zone)),
        "isReaded": read,
        "isNew": not read,
        "commentsCount": 0,
        "previewUrl": None,
        "authorImageUrl": avatar(call),
        "authorFirstName": author.given_name,
        "authorMiddleName": author.patronymic or "",
        "authorLastName": author.surname,
        "authorName": author.short_name,
        "files": [
            {
                "extension": extension(file.name),
                "fileId": str(service.ids.of(ids.FILE, file.key)),
                "fileLink": file_address(service, site, file),
                "fileName": file.name,
            }
            for file in item.attachments
        ],
        "attachmentFiles": [],
    }


def _audience(call: Call, item: m.Announcement) -> str:
    world = call.service.world
    if item.class_key is None:
        return world.school(item.school_key).short_name
    return world.class_group(item.class_key).name


def notifications(call: Call) -> object:
    """`…/schools/{s}/notifications`: the board of a school, the newest first."""
    student = call.access.student(call.params["person"])
    school = call.access.school(call.params["school"])
    shown = [
        item
        for item in call.service.world.announcements_of(student.key)
        if item.school_key == school.key
    ]
    shown.sort(key=lambda item: item.published_at, reverse=True)
    posts = [post_json(call, item) for item in shown]
    unread = sum(1 for post in posts if not post["isReaded"])
    return {"unreadCount": unread, "postList": posts}


def thread(call: Call) -> object:
    """`thread/{eventKey}`: nobody comments in the sandbox."""
    person = call.access.person
    service = call.service
    return {
        "eventKey": call.params["event"],
        "currentUser": {
            "id": service.ids.of(ids.USER, call.access.account.key),
            "firstName": person.given_name,
            "middleName": person.patronymic or "",
            "lastName": person.surname,
            "roles": roles_of(service, person, call.access.account),
            "avatarUrl": avatar(call),
            "redirectUrl": None,
        },
        "hasPrevious": False,
        "comments": [],
        "participants": [],
    }
