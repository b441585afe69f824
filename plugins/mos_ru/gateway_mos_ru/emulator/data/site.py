"""Small services of the site that clients ask: settings, roles, pictures (protocol notes 4.11)."""

from base64 import b64decode
from typing import Final

from starlette.responses import Response

from gateway.sandbox.web.encoding import JsonObject
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.access import PARENT_ROLE, STUDENT_ROLE
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data.cards import own_person
from gateway_mos_ru.emulator.rules import LEGACY, OPEN, Router

_STUDENT, _PARENT = 1, 2
_TITLES: Final = {_STUDENT: "Ученик", _PARENT: "Родитель"}
_BLANK: Final = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
_SETTINGS: Final[JsonObject] = {
    "goal": True,
    "theme": {"type": "light", "is_automatic": True, "color_pattern": "default"},
    "schedule_type": "regular",
    "estimation_type": "weighted",
}


def register(router: Router) -> None:
    """Routes of the site."""
    router.add("api/usersettings/v1", settings, dress=LEGACY)
    router.add("api/usersettings/v1", keep_settings, dress=LEGACY, methods=("PUT",))
    router.add("v1/roles/allGlobal", roles, dress=OPEN)
    router.add("acl/api/system_messages", system_messages, dress=LEGACY)
    router.add("acl/api/users", users, dress=LEGACY)
    router.add("api/avatarmanagement/v1/{person}", avatars, dress=LEGACY)
    router.add("avatars/{picture}", picture, dress=OPEN)


def settings(_: Call) -> JsonObject:
    """How the application looks; nobody in the world has changed it."""
    return _SETTINGS


def keep_settings(call: Call) -> JsonObject:
    """The settings as sent; they are not kept."""
    return dict(call.json)


def roles(_: Call) -> list[JsonObject]:
    """The family's roles."""
    tags = {_STUDENT: STUDENT_ROLE, _PARENT: PARENT_ROLE}
    return [
        {"id": number, "title": title, "globalRoleTag": tags[number]}
        for number, title in _TITLES.items()
    ]


def system_messages(_: Call) -> list[JsonObject]:
    """Announcements of the service itself."""
    return []


def users(call: Call) -> list[JsonObject]:
    """The caller's own account."""
    access = call.access
    return [
        {
            "id": access.user_id,
            "temporaryLocked": False,
            "fullCount": 1,
            "sessionsCount": 1,
            "updatedAt": f"{call.service.world.today.isoformat()}T00:00:00",
        }
        for number in call.many("ids")
        if number == str(access.user_id)
    ]


def avatars(call: Call) -> list[JsonObject]:
    """Pictures of a person of the own family."""
    number = ids.guid("avatar", own_person(call).key)
    return [{"id": number, "default": True, "url": f"{call.site.api}/avatars/{number}"}]


def picture(_: Call) -> Response:
    """A picture; all of them are one blank point."""
    return Response(_BLANK, media_type="image/png")
